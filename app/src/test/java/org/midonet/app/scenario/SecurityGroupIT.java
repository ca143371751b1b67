package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;

/** What security groups let in, of new connections, answers and fragments. */
@Scenario
final class SecurityGroupIT {
  private static final String SUBNET = "10.0.1.0/24";
  private static final int TIMES = 5;

  /** Generous, as the machine may have much else to do; what is promised is 100 ms. */
  private static final Duration SOON = Duration.ofSeconds(2);

  @Test
  void nothingGetsInButAnswers(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine other = cloud.openMachineAt(network, "10.0.1.200");
    other.serveHttp(80);
    one.serveHttp(80);
    assertThat(other.isCutOffFrom(one)).isTrue();
    assertThat(one.reaches(other)).isTrue();
    assertThat(one.curl(other.address()).succeeded()).isTrue();
    assertThat(other.isCutOffFrom(one)).isTrue();
    assertThat(other.cannotCurl(one.address())).isTrue();
  }

  @Test
  void membersOfARemoteGroupGetIn(Cloud cloud) {
    String network = cloud.network(SUBNET);
    String clients = cloud.group();
    String servers = cloud.group();
    cloud.allow(servers, Map.of("remote_group_id", clients));
    Machine server = cloud.machine(network, Cloud.groups(servers));
    Machine client = cloud.machine(network, Cloud.groups(clients));
    Machine stranger = cloud.machine(network, Cloud.groups(servers));
    assertThat(client.reaches(server)).isTrue();
    assertThat(stranger.isCutOffFrom(server)).isTrue();
    assertThat(server.isCutOffFrom(client)).isTrue();
    cloud.update("port", stranger.port(), Cloud.groups(servers, clients));
    assertThat(stranger.reaches(server)).isTrue();
    cloud.update("port", client.port(), Cloud.groups(servers));
    assertThat(client.isCutOffFrom(server)).isTrue();
  }

  @Test
  void onlyTheTypesOfIcmpThatAreAllowedGetIn(Cloud cloud) {
    String network = cloud.network(SUBNET);
    String group = cloud.group();
    Machine one = cloud.machine(network, Cloud.groups(group));
    Machine two = cloud.machine(network, Cloud.groups(group));
    String timestamps =
        cloud.allow(group, Map.of("protocol", "icmp", "port_range_min", 13, "port_range_max", 0));
    assertThat(two.isCutOffFrom(one)).isTrue();
    cloud.removeRule(timestamps);
    cloud.allow(group, Map.of("protocol", "icmp", "port_range_min", 8));
    assertThat(two.reaches(one)).isTrue();
  }

  @Test
  void portsOfARangeGetIn(Cloud cloud) {
    String network = cloud.network(SUBNET);
    String group = cloud.group();
    cloud.allow(group, Map.of("protocol", "tcp", "port_range_min", 8000, "port_range_max", 8002));
    cloud.allow(
        group, Cloud.with(Map.of("remote_ip_prefix", "10.0.1.48/28"), Map.of("protocol", "udp")));
    Machine one = cloud.machine(network, Cloud.groups(group));
    Machine inside = cloud.machineAt(network, "10.0.1.50");
    Machine outside = cloud.machineAt(network, "10.0.1.70");
    for (int port = 7999; port <= 8003; port++) {
      one.serveHttp(port);
    }
    for (int port = 7999; port <= 8003; port++) {
      String to = one.address() + ":" + port;
      boolean let = port >= 8000 && port <= 8002;
      assertThat(let ? inside.curl(to).succeeded() : inside.cannotCurl(to)).as(to).isTrue();
    }
    one.echoUdp(7);
    assertThat(inside.udpEchoes(one.address(), 7, 50)).isTrue();
    assertThat(outside.udpEchoes(one.address(), 7, 50)).isFalse();
  }

  @Test
  void fragmentsOfWhatIsAllowedGetInAndOfNothingElse(Cloud cloud) {
    String network = cloud.network(SUBNET);
    String group = cloud.group();
    cloud.allow(group, "udp", 7);
    cloud.allow(group, Map.of("protocol", "icmp"));
    Machine one = cloud.machine(network, Cloud.groups(group));
    Machine two = cloud.openMachineAt(network, "10.0.1.200");
    one.echoUdp(7);
    one.echoUdp(8);
    assertThat(two.udpEchoes(one.address(), 7, 9_000)).isTrue();
    assertThat(two.udpEchoes(one.address(), 8, 9_000)).isFalse();
    two.inside("ping -n -c 1 -W 3 -s 9000 " + one.address());

    Capture answers = two.capture("icmp[icmptype] == icmp-echoreply");
    List<Ethernet> fragments = new ArrayList<>(fragments(two, one));
    Collections.reverse(fragments);
    two.send(fragments.toArray(Ethernet[]::new));
    answers.await(one.address() + " > " + two.address() + ": ICMP echo reply, id 4711");
  }

  /** A ping in three fragments. */
  private static List<Ethernet> fragments(Machine from, Machine to) {
    IcmpMessage echo =
        IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, 4711, 1, Octets.wrap(new byte[2_000]));
    Ipv4Packet whole =
        Ipv4Packet.of(Ipv4Address.parse(from.address()), Ipv4Address.parse(to.address()), 1, echo);
    byte[] octets = Ethernet.of(to.mac(), from.mac(), whole).toBytes();
    int header = 14 + 20;
    List<Ethernet> fragments = new ArrayList<>();
    for (int at = 0; header + at < octets.length; at += 800) {
      int end = Math.min(octets.length, header + at + 800);
      boolean more = end < octets.length;
      Octets part = Octets.wrap(Arrays.copyOfRange(octets, header + at, end));
      Ipv4Packet fragment =
          new Ipv4Packet(
              0,
              0x1234,
              false,
              more,
              at,
              64,
              1,
              whole.source(),
              whole.destination(),
              Octets.EMPTY,
              part);
      fragments.add(Ethernet.of(to.mac(), from.mac(), fragment));
    }
    return fragments;
  }

  @Test
  void aRulesEndAndBeginningAreFeltByRunningTrafficAtOnce(Cloud cloud) throws IOException {
    String network = cloud.network(SUBNET);
    String group = cloud.group();
    Machine one = cloud.machine(network, Cloud.groups(group));
    Machine two = cloud.machine(network);
    one.echoUdp(7);
    one.echoTcp(9);
    String tcp = cloud.allow(group, "tcp", 9);
    try (Traffic traffic = Traffic.udp(two, one.address(), 7);
        Traffic connection = Traffic.tcp(two, one.address(), 9).awaitAnswers()) {
      List<Duration> restored = new ArrayList<>();
      List<Duration> cut = new ArrayList<>();
      for (int i = 0; i < TIMES; i++) {
        List<String> rule = new ArrayList<>();
        restored.add(traffic.restoredBy(() -> rule.add(cloud.allow(group, "udp", 7))));
        cut.add(traffic.cutBy(() -> cloud.removeRule(rule.getFirst())));
      }
      System.out.printf(
          "a rule is in force after %d ms, its end after %d ms (medians of %d)%n",
          median(restored), median(cut), TIMES);
      assertThat(restored).allMatch(time -> time.compareTo(SOON) < 0);
      assertThat(cut).allMatch(time -> time.compareTo(SOON) < 0);

      assertThat(connection.goesOn()).isTrue();
      assertThat(connection.cutBy(() -> cloud.removeRule(tcp))).isLessThan(SOON);
    }
  }

  private static long median(List<Duration> times) {
    return times.stream().sorted().toList().get(times.size() / 2).toMillis();
  }

  @Test
  void whereEgressIsNotAllowedNothingGetsOut(Cloud cloud) {
    String network = cloud.network(SUBNET);
    String group = cloud.group();
    Machine one = cloud.machine(network, Cloud.groups(group));
    Machine other = cloud.openMachineAt(network, "10.0.1.200");
    assertThat(one.reaches(other)).isTrue();
    cloud
        .get("security-group-rules?direction=egress&security_group_id=" + group)
        .path("security_group_rules")
        .forEach(rule -> cloud.removeRule(Cloud.id(rule)));
    assertThat(one.isCutOffFrom(other)).isTrue();
  }
}
