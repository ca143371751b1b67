package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.UdpDatagram;

/** What a machine may say that it is: itself, and what its allowed address pairs name. */
@Scenario
final class AntiSpoofingIT {
  private static final String SUBNET = "10.0.1.0/24";
  private static final String SHARED = "10.0.1.99";

  @Test
  void anotherAddressIsNotLetOut(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.openMachineAt(network, "10.0.1.200");
    assertThat(one.reaches(two)).isTrue();
    Capture seen = two.capture("icmp or arp");
    one.inside("ip address add 10.0.1.66/24 dev eth0");
    one.run("ping", "-n", "-I", "10.0.1.66", "-c", "2", "-i", "0.2", "-W", "1", two.address());
    one.run("arping", "-U", "-c", "2", "-w", "1", "-I", "eth0", "-s", "10.0.1.66", "10.0.1.66");
    assertThat(seen.sees("10.0.1.66")).isFalse();
    one.inside("ip link set eth0 address 02:00:00:00:00:66");
    assertThat(one.isCutOffFrom(two)).isTrue();
    assertThat(seen.sees("02:00:00:00:00:66")).isFalse();
    one.inside("ip link set eth0 address " + one.mac());
    assertThat(one.reaches(two)).isTrue();
  }

  @Test
  void aMachineCannotPoseAsDhcpServer(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.openMachineAt(network, "10.0.1.200");
    Capture seen = two.capture("udp");
    one.send(udp(one, 67, 68), udp(one, 1067, 1068));
    seen.await(".1067 > ");
    assertThat(seen.sees(".67 > ")).isFalse();
  }

  private static Ethernet udp(Machine from, int fromPort, int toPort) {
    return Ethernet.of(
        Mac.BROADCAST,
        from.mac(),
        Ipv4Packet.of(
            Ipv4Address.parse(from.address()),
            Ipv4Address.BROADCAST,
            17,
            new UdpDatagram(fromPort, toPort, Octets.ascii("hello"))));
  }

  @Test
  void withoutPortSecurityAMachineMayBeAnybody(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.openMachineAt(network, "10.0.1.200");
    one.inside("ip address replace 10.0.1.66/24 dev eth0");
    String other = "ping -n -I 10.0.1.66 -c 1 -W 1 " + two.address();
    assertThat(one.run(other.split(" ", -1)).succeeded()).isFalse();
    cloud.update(
        "port", one.port(), Map.of("security_groups", List.of(), "port_security_enabled", false));
    Until.within(10, other, () -> one.run(other.split(" ", -1)).succeeded());
    cloud.update("port", one.port(), Map.of("port_security_enabled", true));
    Until.within(10, "not " + other, () -> !one.run(other.split(" ", -1)).succeeded());
  }

  /** Two machines that may both have the shared address. */
  private record Pair(Machine first, Machine second) {
    static Pair of(Cloud cloud, String network, List<Map<String, String>> pairs) {
      String group = cloud.group();
      cloud.allow(group, Map.of());
      Map<String, Object> more =
          Cloud.with(Cloud.groups(group), Map.of("allowed_address_pairs", pairs));
      return new Pair(cloud.machine(network, more), cloud.machine(network, more));
    }
  }

  private static void take(Machine machine, String device) {
    machine.inside("ip address add " + SHARED + "/24 dev " + device);
    machine.inside("arping -U -c 1 -I " + device + " -s " + SHARED + " " + SHARED);
  }

  private static void release(Machine machine, String device) {
    machine.inside("ip address del " + SHARED + "/24 dev " + device);
  }

  @Test
  void aSharedAddressIsFollowedFromMachineToMachineOnANetworkAndBehindARouter(Cloud cloud) {
    String network = cloud.network(SUBNET);
    String back = cloud.network("10.0.2.0/24");
    cloud.router(network, back);
    Machine near = cloud.machine(network);
    Machine far = cloud.machine(back);
    Pair pair = Pair.of(cloud, network, List.of(Map.of("ip_address", SHARED)));
    take(pair.first(), "eth0");
    answersTo(pair.first(), near, far);
    release(pair.first(), "eth0");
    take(pair.second(), "eth0");
    answersTo(pair.second(), near, far);
    release(pair.second(), "eth0");
    take(pair.first(), "eth0");
    answersTo(pair.first(), near, far);
  }

  @Test
  void aSharedAddressMovesWithItsVirtualMac(Cloud cloud) {
    String network = cloud.network(SUBNET);
    String back = cloud.network("10.0.2.0/24");
    cloud.router(network, back);
    Machine near = cloud.machine(network);
    Machine far = cloud.machine(back);
    String mac = "00:00:5e:00:01:01";
    Pair pair =
        Pair.of(
            cloud,
            network,
            List.of(
                Map.of("ip_address", SHARED), Map.of("ip_address", SHARED, "mac_address", mac)));
    for (Machine machine : List.of(pair.first(), pair.second())) {
      // The kernel may answer by eth0, and has to name the right MAC.
      machine.inside("sysctl -qw net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.rp_filter=0");
      machine.inside("ip link add name vrrp link eth0 type macvlan mode bridge");
      machine.inside("ip link set vrrp address " + mac);
    }
    pair.first().inside("ip link set vrrp up");
    take(pair.first(), "vrrp");
    answersTo(pair.first(), near, far);
    pair.first().inside("ip link set vrrp down");
    pair.second().inside("ip link set vrrp up");
    take(pair.second(), "vrrp");
    answersTo(pair.second(), near, far);
  }

  private static void answersTo(Machine owner, Machine... clients) {
    for (Machine client : clients) {
      try (Capture seen = owner.capture("icmp and dst " + SHARED)) {
        assertThat(client.reaches(SHARED)).as("from %s", client.address()).isTrue();
        seen.await(client.address() + " > " + SHARED);
      }
    }
  }
}
