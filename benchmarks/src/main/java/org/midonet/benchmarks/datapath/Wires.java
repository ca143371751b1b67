package org.midonet.benchmarks.datapath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.packets.Ipv4Address;

/** Ways that the kernel makes by itself. Stateless. */
final class Wires {
  private static final Ipv4Address ONE = Ipv4Address.parse("10.9.0.1");
  private static final Ipv4Address TWO = Ipv4Address.parse("10.9.0.2");
  private static final Path BRIDGE_FILTERS =
      Path.of("/proc/sys/net/bridge/bridge-nf-call-iptables");

  /** What a firewall with connection tracking has at least. */
  private static final String RULES =
      """
      table ip filter {
        chain forward {
          type filter hook forward priority 0; policy drop;
          ct state established,related accept
          ct state new meta l4proto { tcp, udp, icmp } accept
        }
      }
      """;

  private static final String VETH = "veth";

  private Wires() {}

  /** A machine without a cable. */
  static NetworkNamespace machine() {
    NetworkNamespace machine = NetworkNamespace.create();
    Endpoint.ip(machine, "link set lo up");
    machine.call(() -> {
      // Those of servers that end connections, in the millions otherwise.
      write(Path.of("/proc/sys/net/ipv4/tcp_max_tw_buckets"), "4096");
      for (String which : new String[] {"all", "default"}) {
        write(Path.of("/proc/sys/net/ipv6/conf", which, "disable_ipv6"), "1");
      }
      return true;
    });
    return machine;
  }

  private static void write(Path path, String value) throws IOException {
    Files.writeString(path, value);
  }

  /** A cable alone: what all else is compared with. */
  static Way veth() {
    NetworkNamespace one = machine();
    NetworkNamespace two = machine();
    cable(one, "eth0", two, "eth0");
    return way(VETH, address(one, ONE), address(two, TWO));
  }

  /** A bridge with nftables' connection tracking for what it forwards. */
  static Way bridge() {
    NetworkNamespace host = machine();
    NetworkNamespace one = machine();
    NetworkNamespace two = machine();
    host.call(() -> {
      write(BRIDGE_FILTERS, "1");
      Path rules = Files.createTempFile("midonet-benchmark", ".nft");
      write(rules, RULES);
      Endpoint.run(host, "nft", "-f", rules.toString());
      Files.delete(rules);
      return true;
    });
    Endpoint.ip(host, "link add br0 type bridge");
    for (NetworkNamespace machine : new NetworkNamespace[] {one, two}) {
      String tap = machine == one ? "tap1" : "tap2";
      cable(host, tap, machine, "eth0");
      Endpoint.ip(host, "link set " + tap + " master br0");
    }
    Endpoint.ip(host, "link set br0 up");
    return new Way("bridge with nftables", address(one, ONE), address(two, TWO), VETH);
  }

  /** Two hosts with a bridge and VXLAN each. */
  static Way vxlan() {
    NetworkNamespace[] hosts = {machine(), machine()};
    underlay(hosts[0], hosts[1]);
    Endpoint[] machines = new Endpoint[2];
    for (int i = 0; i < 2; i++) {
      NetworkNamespace machine = machine();
      Endpoint.ip(
          hosts[i],
          """
          link add br0 type bridge
          link add vx0 type vxlan id 7 remote 10.77.0.%d dstport 4789 dev underlay
          link set vx0 master br0
          link set vx0 up
          link set br0 up
          """
              .formatted(2 - i));
      cable(hosts[i], "tap1", machine, "eth0");
      Endpoint.ip(hosts[i], "link set tap1 master br0");
      Endpoint.ip(machine, "link set eth0 mtu 1450");
      machines[i] = address(machine, i == 0 ? ONE : TWO);
    }
    return way("two hosts, bridges and VXLAN", machines[0], machines[1]);
  }

  /** Joins two hosts, at 10.77.0.1 and .2. */
  static void underlay(NetworkNamespace first, NetworkNamespace second) {
    cable(first, "underlay", second, "underlay");
    Endpoint.ip(first, "address add 10.77.0.1/24 dev underlay");
    Endpoint.ip(second, "address add 10.77.0.2/24 dev underlay");
  }

  /** A veth pair that is up. */
  static void cable(NetworkNamespace one, String end, NetworkNamespace two, String otherEnd) {
    // Both ends must have names of their own where they are made.
    String far = "far" + end;
    Endpoint.ip(
        one,
        """
        link add %1$s type veth peer name %2$s
        link set %2$s netns %3$s
        link set %1$s up
        """
            .formatted(end, far, two.path()));
    Endpoint.ip(
        two,
        """
        link set %1$s name %2$s
        link set %2$s up
        """
            .formatted(far, otherEnd));
  }

  private static Endpoint address(NetworkNamespace machine, Ipv4Address address) {
    Endpoint.ip(machine, "address add " + address + "/24 dev eth0");
    return new Endpoint(machine, address);
  }

  private static Way way(String name, Endpoint client, Endpoint server) {
    return new Way(name, client, server, name);
  }
}
