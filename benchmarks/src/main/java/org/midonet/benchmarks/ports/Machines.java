package org.midonet.benchmarks.ports;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.midonet.packets.IpProtocol;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;

/**
 * Any number of machines with one mind: it answers echo requests on their devices, sends them, and
 * knows who got an answer. Safe to share.
 */
final class Machines implements AutoCloseable {
  private static final Octets CONTENT = Octets.ascii("one of many");
  private static final int IDENTIFIER = 1;

  private final AllDevices devices = new AllDevices();
  private final Map<Integer, Integer> machines = new ConcurrentHashMap<>();
  private final Set<Integer> answered = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofPlatform().daemon().name("machines").unstarted(this::run);
  private volatile boolean closed;

  /** Where a machine is and by what addresses. */
  record Machine(int ifindex, Mac mac, Ipv4Address address) {}

  Machines() {
    thread.start();
  }

  /** From now on these are the machines, and nobody has had an answer. */
  void are(List<Machine> all) {
    machines.clear();
    for (int i = 0; i < all.size(); i++) {
      machines.put(all.get(i).ifindex, i);
    }
    answered.clear();
  }

  /** How many had an answer. */
  int answered() {
    return answered.size();
  }

  /** Each that had no answer asks the next one. */
  void ask(List<Machine> all) {
    for (int i = 0; i < all.size(); i++) {
      if (!answered.contains(i)) {
        Machine one = all.get(i);
        Machine next = all.get((i + 1) % all.size());
        IcmpMessage request = IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, IDENTIFIER, 1, CONTENT);
        Ipv4Packet packet =
            Ipv4Packet.of(one.address, next.address, IpProtocol.ICMP.number(), request);
        devices.send(one.ifindex, Ethernet.of(next.mac, one.mac, packet).toBytes());
      }
    }
  }

  private void run() {
    while (!closed) {
      AllDevices.Received received = devices.receive();
      Integer machine = received == null ? null : machines.get(received.ifindex());
      Ethernet frame = received == null ? null : Ethernet.parse(received.frame());
      if (received != null
          && machine != null
          && frame != null
          && frame.payload() instanceof Ipv4Packet packet
          && packet.payload() instanceof IcmpMessage icmp) {
        heard(received.ifindex(), machine, frame, packet, icmp);
      }
    }
  }

  private void heard(
      int ifindex, int machine, Ethernet frame, Ipv4Packet packet, IcmpMessage icmp) {
    if (icmp.type() == IcmpMessage.ECHO_REPLY) {
      answered.add(machine);
    } else if (icmp.type() == IcmpMessage.ECHO_REQUEST) {
      IcmpMessage reply = new IcmpMessage(IcmpMessage.ECHO_REPLY, 0, icmp.rest(), icmp.body());
      Ipv4Packet back =
          Ipv4Packet.of(
              /* source= */ packet.destination(),
              /* destination= */ packet.source(),
              IpProtocol.ICMP.number(),
              reply);
      devices.send(
          ifindex,
          Ethernet.of(/* destination= */ frame.source(), /* source= */ frame.destination(), back)
              .toBytes());
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    devices.close();
  }
}
