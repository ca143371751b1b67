package org.midonet.agent.datapath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.ebpf.EbpfDatapath;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.agent.linux.PacketSocket;
import org.midonet.packets.Ipv4Address;

/** Two hosts as network namespaces, and machines as more of them. Needs root. */
final class EbpfBench implements Bench {
  private static final long PATIENCE_MILLIS = 300;
  private static int sequence;

  private final List<Host> hosts = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final String prefix = "t" + ProcessHandle.current().pid() % 10_000 + "-";

  private record Host(NetworkNamespace namespace, Links links, Datapath datapath) {}

  EbpfBench(DatapathConfig config, List<Ipv4Address> underlay) {
    for (int i = 0; i < underlay.size(); i++) {
      hosts.add(host(config));
    }
    join(hosts.get(0), hosts.get(1), underlay);
  }

  private Host host(DatapathConfig config) {
    NetworkNamespace namespace = NetworkNamespace.create();
    String name = prefix + (++sequence % 100);
    DatapathConfig own =
        new DatapathConfig(
            name,
            config.flows(),
            config.ringBytes(),
            config.missesPerSecond(),
            config.missBurst(),
            Optional.of(new DatapathConfig.Overlay("overlay", 6677)));
    return namespace.call(() -> {
      silence();
      Links links = new Links();
      links.setUp(links.get("lo").index());
      return new Host(namespace, links, EbpfDatapath.open(own));
    });
  }

  /** Without IPv6 the kernel sends nothing of its own on devices that are up. */
  private static void silence() throws IOException {
    for (String which : List.of("all", "default")) {
      Path path = Path.of("/proc/sys/net/ipv6/conf", which, "disable_ipv6");
      Files.writeString(path, "1");
    }
  }

  private static void join(Host first, Host second, List<Ipv4Address> underlay) {
    first.links.createVeth("underlay", "underlay2");
    first.links.move(first.links.get("underlay2").index(), second.namespace);
    setUp(first.links, "underlay", underlay.get(0));
    setUp(second.links, "underlay2", underlay.get(1));
  }

  private static void setUp(Links links, String name, Ipv4Address address) {
    int index = links.get(name).index();
    links.addAddress(index, address, 24);
    links.setUp(index);
  }

  @Override
  public List<Datapath> hosts() {
    return hosts.stream().map(Host::datapath).toList();
  }

  @Override
  public Cable plug(int number) {
    Host host = hosts.get(number);
    String name = "tap" + ++sequence;
    NetworkNamespace machine = NetworkNamespace.create();
    host.links.createVeth(name, "eth0");
    Link far = host.links.get("eth0");
    host.links.move(far.index(), machine);
    host.links.setUp(host.links.get(name).index());
    PacketSocket socket =
        machine.call(() -> {
          try (Links links = new Links()) {
            silence();
            int index = links.get("eth0").index();
            links.setUp(index);
            return new PacketSocket(index, true);
          }
        });
    open.add(socket);
    open.add(machine);
    int port = host.namespace.call(() -> host.datapath.attach(name));
    return new Plugged(port, socket);
  }

  private record Plugged(int port, PacketSocket socket) implements Cable {
    @Override
    public void send(byte[] frame) {
      socket.send(frame);
    }

    @Override
    public byte @Nullable [] receive() {
      byte[] frame = socket.receive(PATIENCE_MILLIS);
      while (frame != null && !isOfTheTest(frame)) {
        frame = socket.receive(PATIENCE_MILLIS);
      }
      return frame;
    }

    /** The kernel of either end speaks for itself too, from an address of its own. */
    private static boolean isOfTheTest(byte[] frame) {
      return frame[6] == 2 && frame[7] == 0 && frame[8] == 0 && frame[9] == 0;
    }
  }

  @Override
  public void close() {
    for (Host host : hosts) {
      host.datapath.close();
      host.links.close();
    }
    for (AutoCloseable closeable : open) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
    hosts.forEach(host -> host.namespace.close());
  }
}
