package org.midonet.agent.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.agent.sim.Net.id;
import static org.midonet.agent.sim.Net.mac;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.topology.Condition;
import org.midonet.topology.NextHop;
import org.midonet.topology.RuleAction;

/** What a router does with packets, spec/midonet.md 5.4 and 5.5. */
final class RoutingTest {
  private final Net net =
      new Net()
          .router(1)
          .uplink(11, 1, "10.0.0.1/24")
          .uplink(12, 1, "10.1.0.1/24")
          .uplink(13, 1, "10.2.0.1/24")
          .route(101, "10.0.0.0/24", NextHop.NORMAL, 11, 100)
          .route(102, "10.1.0.0/24", NextHop.NORMAL, 12, 100)
          .route(103, "10.2.0.0/24", NextHop.NORMAL, 13, 100);

  RoutingTest() {
    hear(12, "10.1.0.9", 0x99);
    hear(13, "10.2.0.9", 0x98);
  }

  /** A neighbour tells of itself. */
  private void hear(int port, String address, int mac) {
    Ipv4Address ip = Ipv4Address.parse(address);
    net.send(port, Ethernet.of(Mac.BROADCAST, mac(mac), Arp.request(mac(mac), ip, ip)));
  }

  private static Ethernet udp(String from, String to, int port) {
    return Ethernet.of(
        mac(11),
        mac(1),
        Ipv4Packet.of(
            Ipv4Address.parse(from),
            Ipv4Address.parse(to),
            17,
            new UdpDatagram(port, 53, Octets.EMPTY)));
  }

  private Verdict send(String to) {
    return net.send(11, udp("10.0.0.9", to, 1));
  }

  private static int icmpType(Verdict verdict) {
    Ipv4Packet packet = (Ipv4Packet) verdict.generated().getFirst().frame().payload();
    IcmpMessage icmp = (IcmpMessage) packet.payload();
    return icmp.type() * 100 + icmp.code();
  }

  @Test
  void packetsArePassedOnWithNewMacsAndLowerTtl() {
    Verdict verdict = send("10.1.0.9");
    assertThat(verdict.outputs())
        .singleElement()
        .satisfies(output -> {
          assertThat(output.port()).isEqualTo(id(12));
          assertThat(output.rewrite().source()).isEqualTo(mac(12));
          assertThat(output.rewrite().destination()).isEqualTo(mac(0x99));
          assertThat(output.rewrite().decrementTtl()).isEqualTo(1);
        });
    assertThat(verdict.isFlow()).isTrue();
  }

  @Test
  void theLongestPrefixWinsThenTheLowestWeight() {
    net.route(104, "10.1.0.9/32", NextHop.BLACKHOLE, 12, 100);
    assertThat(send("10.1.0.9").reason()).isEqualTo(DropReason.BLACKHOLE);
    net.route(105, "10.1.0.9/32", NextHop.NORMAL, 12, 50);
    assertThat(send("10.1.0.9").kind()).isEqualTo(Verdict.Kind.FORWARD);
  }

  @Test
  void aRouteMayAskForTheSource() {
    net.route(104, "10.0.0.9/32", "10.1.0.0/24", NextHop.REJECT, 12, 10);
    Verdict rejected = send("10.1.0.9");
    assertThat(rejected.reason()).isEqualTo(DropReason.REJECTED);
    assertThat(icmpType(rejected)).isEqualTo(313);
    assertThat(net.send(11, udp("10.0.0.8", "10.1.0.9", 1)).kind()).isEqualTo(Verdict.Kind.FORWARD);
  }

  @Test
  void connectionsShareEqualRoutesAndStickToOne() {
    net.route(104, "172.16.0.9/32", NextHop.NORMAL, 12, 100)
        .route(105, "172.16.0.9/32", NextHop.NORMAL, 13, 100);
    Set<UUID> used = new HashSet<>();
    for (int port = 2; port < 50; port += 2) { // as Linux chooses ports for connections
      Verdict first = net.send(11, udp("10.0.0.9", "172.16.0.9", port));
      Verdict again = net.send(11, udp("10.0.0.9", "172.16.0.9", port));
      assertThat(again.reason()).isEqualTo(first.reason());
      first.trace().stream()
          .filter(Step.FindRoute.class::isInstance)
          .map(step -> ((Step.FindRoute) step).route())
          .forEach(route -> used.add(route == null ? id(0) : route.id()));
    }
    assertThat(used).containsExactlyInAnyOrder(id(104), id(105));
  }

  @Test
  void withoutRouteTheSenderIsTold() {
    assertThat(icmpType(send("172.16.0.1"))).isEqualTo(300);
  }

  @Test
  void aPortThatIsNotActiveHasNoRoutes() {
    net.port(
            14,
            it ->
                it.routerId(id(1))
                    .hostId(id(0xb057))
                    .interfaceName("x")
                    .portMac(mac(14))
                    .portAddress(Ipv4Address.parse("10.3.0.1")))
        .route(106, "10.3.0.0/24", NextHop.NORMAL, 14, 100);
    assertThat(send("10.3.0.9").reason()).isEqualTo(DropReason.NO_ROUTE);
  }

  @Test
  void aSpoofedArpReplyIsNotBelieved() {
    Ipv4Address foreign = Ipv4Address.parse("10.9.0.9");
    Arp reply = new Arp(Arp.REPLY, mac(5), foreign, mac(12), Ipv4Address.parse("10.1.0.1"));
    Verdict verdict = net.send(12, Ethernet.of(mac(12), mac(5), reply));
    assertThat(verdict.effects()).isEmpty();
  }

  @Test
  void errorsAreNotSentAboutErrorsNorAboutBroadcasts() {
    IcmpMessage error = new IcmpMessage(3, 1, 0, Octets.EMPTY);
    Ethernet frame =
        Ethernet.of(
            mac(11),
            mac(1),
            Ipv4Packet.of(
                Ipv4Address.parse("10.0.0.9"), Ipv4Address.parse("172.16.0.1"), 1, error));
    assertThat(net.send(11, frame).generated()).isEmpty();
    assertThat(net.send(11, udp("10.0.0.9", "10.0.0.255", 1)).generated())
        .noneMatch(made -> made.frame().payload() instanceof Ipv4Packet);
  }

  @Test
  void routersThatPointAtEachOtherDoNotTurnForever() {
    net.router(2)
        .port(31, it -> it.routerId(id(1)).portMac(mac(31)).portAddress(ip("192.168.0.1")))
        .port(
            32,
            it -> it.routerId(id(2)).portMac(mac(32)).portAddress(ip("192.168.0.2")).peerId(id(31)))
        .route(107, "0.0.0.0/0", NextHop.NORMAL, 31, 100)
        .route(108, "0.0.0.0/0", NextHop.NORMAL, 32, 100);
    assertThat(send("8.8.8.8").reason()).isEqualTo(DropReason.LOOP);
  }

  private static Ipv4Address ip(String text) {
    return Ipv4Address.parse(text);
  }

  @Test
  void tooLargePacketsAreReportedWithTheMtu() {
    Verdict verdict =
        net.simulation().tooBig(Simulation.Input.of(udp("10.0.0.9", "10.1.0.9", 1), id(11)), 1400);
    assertThat(icmpType(verdict)).isEqualTo(304);
    Ipv4Packet packet = (Ipv4Packet) verdict.generated().getFirst().frame().payload();
    assertThat(((IcmpMessage) packet.payload()).rest()).isEqualTo(1400);
  }

  @Test
  void chainsJumpReturnAndNeverTurnInCircles() {
    RuleAction toTwo = new RuleAction.Jump(id(302), null);
    RuleAction toOne = new RuleAction.Jump(id(301), null);
    RuleAction nowhere = new RuleAction.Jump(id(399), null);
    Condition udp = Condition.builder().nwProto(17).build();
    net.chain(302, Condition.ALL, toOne, udp, RuleAction.RETURN, Condition.ALL, RuleAction.ACCEPT)
        .chain(301, Condition.ALL, nowhere, Condition.ALL, toTwo, udp, RuleAction.DROP)
        .update(11, port -> port.withInboundFilterId(id(301)));
    assertThat(send("10.1.0.9").reason()).isEqualTo(DropReason.FILTERED);
  }
}
