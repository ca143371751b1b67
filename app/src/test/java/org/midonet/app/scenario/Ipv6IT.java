package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.NeighbourMessage;

/** IPv6: autoconfiguration, neighbours, routing, security groups. */
@Scenario
final class Ipv6IT {
  static final Map<String, String> SLAAC =
      Map.of("ipv6_ra_mode", "slaac", "ipv6_address_mode", "slaac");

  private static String network(Cloud cloud, String cidr) {
    String network = cloud.network(Map.of());
    cloud.subnet(network, cidr, SLAAC);
    return network;
  }

  /** A machine whose kernel makes itself an address of what the router says. */
  private static Machine autoconfigured(Cloud cloud, String network, Map<String, ?> more) {
    Machine machine = cloud.bareMachine(network, more);
    machine.configure("accept_ra", "2");
    machine.inside("ip link set eth0 down");
    machine.inside("ip link set eth0 up");
    Until.within(
        20,
        "an address by the router's advertisement",
        () -> machine.inside("ip -6 address show dev eth0").contains(machine.address() + "/64"));
    return machine;
  }

  @Test
  void machinesConfigureThemselvesAndReachEachOther(Cloud cloud) {
    String front = network(cloud, "2001:db8:1::/64");
    String back = network(cloud, "2001:db8:2::/64");
    cloud.router(front, back);
    Machine one = autoconfigured(cloud, front, Map.of());
    Machine two = autoconfigured(cloud, front, Map.of());
    Machine three = autoconfigured(cloud, back, Map.of());
    assertThat(one.inside("ip -6 route show default")).contains("via fe80:");
    assertThat(one.reaches(two)).isTrue();
    assertThat(one.reaches(three)).isTrue();
    assertThat(three.reaches(one)).isTrue();
    assertThat(one.reaches("2001:db8:1::")).isTrue();
    one.inside("ping -n -c 2 -i 0.2 -W 3 -s 5000 " + three.address());
    assertThat(
            one.inside("traceroute -6 -n -q 1 -w 3 " + three.address())
                .lines()
                .skip(1)
                .map(line -> line.strip().split("\\s+", -1)[1]))
        .containsExactly("2001:db8:1::", three.address());
  }

  @Test
  void neighboursAreToldWithoutBotheringOthers(Cloud cloud) {
    String network = network(cloud, "2001:db8:1::/64");
    cloud.router(network);
    Machine one = cloud.machine(network);
    Machine two = cloud.machine(network);
    Machine three = cloud.machine(network);
    Capture seen = three.capture("icmp6[icmp6type] == icmp6-neighborsolicit");
    assertThat(one.reaches(two)).isTrue();
    assertThat(one.inside("ip -6 neighbour show " + two.address())).contains(two.mac().toString());
    assertThat(seen.sees("who has " + two.address())).isFalse();
  }

  @Test
  void securityGroupsHoldForIpv6(Cloud cloud) {
    String network = network(cloud, "2001:db8:1::/64");
    cloud.router(network);
    String group = cloud.group();
    Machine one = cloud.machine(network, Cloud.groups(group));
    Machine two = cloud.machine(network);
    one.serveHttp(80);
    two.serveHttp(80);
    assertThat(two.isCutOffFrom(one)).isTrue();
    assertThat(one.isCutOffFrom(two)).isTrue();
    cloud.allow(group, Map.of("ethertype", "IPv6", "protocol", "ipv6-icmp"));
    assertThat(two.reaches(one)).isTrue();
    String url = "[" + one.address() + "]";
    assertThat(two.cannotCurl(url)).isTrue();
    cloud.allow(
        group,
        Map.of("ethertype", "IPv6", "protocol", "tcp", "port_range_min", 80, "port_range_max", 80));
    assertThat(two.curl(url).text()).contains("sees " + expanded(two.address()));
  }

  /** As Java writes it. */
  private static String expanded(String address) {
    return InetAddress.ofLiteral(address).getHostAddress();
  }

  @Test
  void nobodyMayHaveAnothersAddressOrPoseAsRouter(Cloud cloud) {
    String network = network(cloud, "2001:db8:1::/64");
    cloud.router(network);
    Machine one = cloud.machine(network);
    Machine two = cloud.machine(network);
    assertThat(one.reaches(two)).isTrue();
    Capture seen =
        two.capture(
            "icmp6[icmp6type] == icmp6-routeradvert and ether src %s or host 2001:db8:1::66"
                .formatted(one.mac()));
    NeighbourMessage router =
        new NeighbourMessage.RouterAdvertisement(
            64, false, false, 1800, one.mac(), 0, List.of(), List.of());
    one.send(
        Ethernet.of(
            NeighbourMessage.multicastMac(NeighbourMessage.ALL_NODES),
            one.mac(),
            router.packet(NeighbourMessage.linkLocal(one.mac()), NeighbourMessage.ALL_NODES)));
    one.inside("ip address add 2001:db8:1::66/64 dev eth0");
    one.run("ping", "-n", "-I", "2001:db8:1::66", "-c", "2", "-W", "1", two.address());
    assertThat(one.run("ping", "-n", "-I", one.address(), "-c", "1", "-W", "3", two.address()))
        .asString()
        .contains(" 0% packet loss");
    assertThat(seen.lines()).isEmpty();
  }

  @Test
  void bothVersionsOfIpLiveOnOneNetwork(Cloud cloud) {
    String network = cloud.network("10.0.1.0/24");
    cloud.subnet(network, "2001:db8:1::/64", SLAAC);
    cloud.router(network);
    Machine one = cloud.machine(network);
    Machine two = cloud.machine(network);
    assertThat(one.addresses()).hasSize(2);
    for (String address : two.addresses()) {
      assertThat(one.reaches(address)).as(address).isTrue();
    }
  }
}
