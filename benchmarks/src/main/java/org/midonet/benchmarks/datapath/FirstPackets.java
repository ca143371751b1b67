package org.midonet.benchmarks.datapath;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.PacketSocket;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.UdpDatagram;

/** Packets that each begin a flow. For one thread. */
final class FirstPackets {
  private static final int PORT = 7002;
  private static final int SOURCE_PORT_AT = 34;
  private static final int FIRST_PORT = 1024;
  private static final long PACE_NANOS = 500_000;

  private final double seconds;
  private int next = FIRST_PORT;

  FirstPackets(double seconds) {
    this.seconds = seconds;
  }

  /** A machine that sends with many source ports. */
  private static final class Source {
    private final PacketSocket socket;
    private final byte[] frame;

    Source(PacketSocket socket, byte[] frame) {
      this.socket = socket;
      this.frame = frame;
    }

    void send(int port) {
      frame[SOURCE_PORT_AT] = (byte) (port >> 8);
      frame[SOURCE_PORT_AT + 1] = (byte) port;
      socket.send(frame);
    }
  }

  /**
   * How many arrive in a second of as many as machines may send, one after the other.
   *
   * @param clients as many as it takes, for each has a share of what the agent decides
   */
  double rate(List<Endpoint> clients, Endpoint server) {
    List<Source> sources = new ArrayList<>();
    for (Endpoint client : clients) {
      sources.add(source(client, server));
    }
    flood(sources, 1); // the agent's code is compiled
    long before = received(server);
    long begun = System.nanoTime();
    flood(sources, seconds);
    double taken = (System.nanoTime() - begun) / 1e9;
    long after = received(server);
    sources.forEach(source -> source.socket.close());
    return (after - before) / taken;
  }

  private void flood(List<Source> sources, double time) {
    long until = System.nanoTime() + (long) (time * 1e9);
    while (System.nanoTime() < until) {
      next = next == 0xffff ? FIRST_PORT : next + 1;
      for (Source source : sources) {
        source.send(next);
      }
    }
  }

  private static Source source(Endpoint client, Endpoint server) {
    client.run("ping", "-c", "2", "-i", "0.2", server.address().toString());
    Mac to = mac(server);
    Mac from = mac(client);
    UdpDatagram datagram = new UdpDatagram(1, PORT, Octets.of(new byte[22]));
    Ipv4Packet packet = Ipv4Packet.of(client.address(), server.address(), 17, datagram);
    byte[] frame = Ethernet.of(to, from, packet).toBytes();
    frame[40] = 0; // no checksum, so that the port may change
    frame[41] = 0;
    PacketSocket socket =
        client
            .namespace()
            .call(() -> {
              try (Links links = new Links()) {
                return new PacketSocket(links.get("eth0").index(), false);
              }
            });
    return new Source(socket, frame);
  }

  private static Mac mac(Endpoint machine) {
    return Mac.parse(read(machine, "/sys/class/net/eth0/address"));
  }

  private static long received(Endpoint machine) {
    return Long.parseLong(read(machine, "/sys/class/net/eth0/statistics/rx_packets"));
  }

  /** What sysfs shows depends on who mounted it. */
  private static String read(Endpoint machine, String path) {
    String mounting = "mount -t sysfs sysfs /sys && cat " + path;
    return machine.run("unshare", "--mount", "sh", "-c", mounting).strip();
  }

  /** How long first packets take from one machine to the other, in microseconds, sorted. */
  long[] latencies(Way way) {
    int count = (int) (seconds * 1e9 / PACE_NANOS);
    long[] nanos = new long[count];
    Talk talk = new Talk(seconds + 1);
    talk.serve(way.server(), () -> receive(nanos, talk));
    talk.ask(way.client(), () -> sendPaced(way, count));
    talk.end();
    int arrived = (int) Arrays.stream(nanos).filter(each -> each > 0).count();
    if (arrived < count * 0.99) {
      throw new IllegalStateException(way.name() + ": " + arrived + " of " + count + " arrived");
    }
    return Arrays.stream(nanos)
        .filter(each -> each > 0)
        .map(each -> each / 1000)
        .sorted()
        .toArray();
  }

  private static long receive(long[] nanos, Talk talk) {
    int fd = Sockets.open(Sockets.DATAGRAM, PORT, 200);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(64, 8);
      talk.ready();
      int count = 0;
      while (count < nanos.length && !talk.isOver()) {
        // Those of a flood before, which are late, do not say when they were sent.
        if (Sockets.receive(fd, buffer) > 0 && buffer.get(JAVA_LONG_UNALIGNED, 0) != 0) {
          nanos[count++] = System.nanoTime() - buffer.get(JAVA_LONG_UNALIGNED, 0);
        }
      }
      return count;
    } finally {
      Sockets.close(fd);
    }
  }

  /** Each from a socket, and so a port, of its own. */
  private long sendPaced(Way way, int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = Sockets.address(arena, way.server().address(), PORT);
      MemorySegment data = arena.allocate(22, 8);
      long due = System.nanoTime();
      for (int i = 0; i < count; i++) {
        next = next >= 0xfffe ? FIRST_PORT : next + 1;
        int fd = Sockets.open(Sockets.DATAGRAM, next == PORT ? ++next : next, 200);
        Sockets.connect(fd, address);
        due += PACE_NANOS;
        LockSupport.parkNanos(due - System.nanoTime());
        data.set(JAVA_LONG_UNALIGNED, 0, System.nanoTime());
        Sockets.send(fd, data);
        Sockets.close(fd);
      }
      return count;
    }
  }
}
