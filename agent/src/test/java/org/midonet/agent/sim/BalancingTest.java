package org.midonet.agent.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.agent.sim.Net.id;
import static org.midonet.agent.sim.Net.mac;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.StateKey;
import org.midonet.nsdb.Commit;
import org.midonet.nsdb.Operation;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.Payload;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.topology.Condition;
import org.midonet.topology.LbStatus;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.NextHop;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.PoolBuilder;
import org.midonet.topology.PoolMember;
import org.midonet.topology.RuleAction;
import org.midonet.topology.SessionPersistence;
import org.midonet.topology.TopologyObject;
import org.midonet.topology.Vip;

/** What the load balancer of a router does with packets, spec/midonet.md 5.7 and 7.2 item 22. */
final class BalancingTest {
  private static final String VIP = "10.0.0.100";
  private static final String CLIENT = "10.0.0.9";
  private static final UUID BALANCER = id(500);
  private static final UUID POOL = id(501);
  private static final UUID SERVICE = id(502);

  private final Net net =
      new Net()
          .router(1)
          .uplink(11, 1, "10.0.0.1/24")
          .uplink(12, 1, "10.1.0.1/24")
          .route(101, "10.0.0.0/24", NextHop.NORMAL, 11, 100)
          .route(102, "10.1.0.0/24", NextHop.NORMAL, 12, 100)
          .create(new LoadBalancer(BALANCER, id(1), true))
          .create(
              PoolBuilder.builder()
                  .id(POOL)
                  .loadBalancerId(BALANCER)
                  .adminStateUp(true)
                  .protocol("TCP")
                  .lbMethod("ROUND_ROBIN")
                  .build());

  BalancingTest() {
    net.create(vip(502, 80, null));
    hear(11, CLIENT);
    hear(11, "10.0.0.8");
  }

  private static Vip vip(int id, int port, @Nullable SessionPersistence persistence) {
    return new Vip(id(id), null, POOL, true, ip(VIP), port, persistence, null);
  }

  private static Ipv4Address ip(String text) {
    return Ipv4Address.parse(text);
  }

  /** A member of a weight, whose MAC the router knows. */
  private BalancingTest member(int number, int weight) {
    String address = "10.1.0." + number;
    hear(12, address);
    net.create(
        new PoolMember(id(600 + number), POOL, true, LbStatus.ACTIVE, ip(address), 8080, weight));
    return this;
  }

  private void hear(int port, String address) {
    Mac mac = macOf(address);
    net.send(port, Ethernet.of(Mac.BROADCAST, mac, Arp.request(mac, ip(address), ip(address))));
  }

  private static Mac macOf(String address) {
    return mac(0x10000 + (ip(address).bits() & 0xffff));
  }

  private <T extends TopologyObject> void change(
      ObjectType<T> type, UUID id, UnaryOperator<T> how) {
    net.commit(new Operation.Update(how.apply(net.nsdb.topology().get(type, id))));
  }

  private void change(int member, UnaryOperator<PoolMember> how) {
    change(ObjectType.POOL_MEMBER, id(600 + member), how);
  }

  private static Ethernet packet(int inPort, String from, String to, int protocol, Payload what) {
    return Ethernet.of(mac(inPort), macOf(from), Ipv4Packet.of(ip(from), ip(to), protocol, what));
  }

  private static TcpSegment segment(int from, int to) {
    return TcpSegment.of(0, 0, TcpSegment.SYN, Octets.EMPTY).withPorts(from, to);
  }

  private Verdict connect(String client, int port, int vipPort) {
    return net.send(11, packet(11, client, VIP, 6, segment(port, vipPort)));
  }

  private Verdict connect(int port) {
    return connect(CLIENT, port, 80);
  }

  private Verdict answer(String member, int port) {
    return net.send(12, packet(12, member, CLIENT, 6, segment(8080, port)));
  }

  private static @Nullable String memberOf(Verdict verdict) {
    return verdict.kind() == Verdict.Kind.FORWARD
        ? String.valueOf(verdict.outputs().getFirst().rewrite().nwDestination())
        : null;
  }

  private Map<String, Integer> connections(int count) {
    Map<String, Integer> served = new TreeMap<>();
    for (int port = 10_000; port < 10_000 + count; port++) {
      served.merge(String.valueOf(memberOf(connect(port))), 1, Integer::sum);
    }
    return served;
  }

  @Test
  void aConnectionToTheVipReachesAMemberAndItsAnswerComesFromTheVip() {
    member(2, 1);
    Verdict there = connect(5000);
    assertThat(memberOf(there)).isEqualTo("10.1.0.2");
    assertThat(there.outputs().getFirst().rewrite().destinationPort()).isEqualTo(8080);
    assertThat(there.isFlow()).isTrue();
    Verdict back = answer("10.1.0.2", 5000);
    assertThat(back.outputs().getFirst().rewrite().nwSource()).isEqualTo(ip(VIP));
    assertThat(back.outputs().getFirst().rewrite().sourcePort()).isEqualTo(80);
  }

  @Test
  void theFlowOfTheAnswerIsKnownAtOnce() {
    member(2, 1);
    Ethernet first = packet(11, CLIENT, VIP, 6, segment(5000, 80));
    Verdict verdict = net.simulation().decide(Simulation.Input.of(first, id(11)));
    Simulation.Reply reply = net.simulation().reply(first, verdict);
    assertThat(Objects.requireNonNull(reply).verdict().outputs().getFirst().rewrite().nwSource())
        .isEqualTo(ip(VIP));
  }

  @Test
  void membersServesAsTheirWeightsSay() {
    member(2, 1).member(3, 2).member(4, 3);
    assertThat(connections(3_000))
        .containsExactly(
            Map.entry("10.1.0.2", 500), Map.entry("10.1.0.3", 1_000), Map.entry("10.1.0.4", 1_500));
  }

  @Test
  void membersOfOneWeightAreServedOneAfterTheOther() {
    member(2, 10).member(3, 10).member(4, 10);
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      order.add(String.valueOf(memberOf(connect(5000 + i))));
    }
    assertThat(order.subList(0, 3)).doesNotHaveDuplicates().isEqualTo(order.subList(3, 6));
  }

  @Test
  void hugeWeightsCostNoMore() {
    member(2, Integer.MAX_VALUE).member(3, Integer.MAX_VALUE - 1);
    Map<String, Integer> served = connections(1_000);
    assertThat(Collections.min(served.values())).isBetween(499, 501);
  }

  @Test
  void aConnectionStaysWithItsMember() {
    member(2, 1).member(3, 1).member(4, 1);
    String first = memberOf(connect(5000));
    connections(7);
    assertThat(memberOf(connect(5000))).isEqualTo(first);
  }

  @Test
  void deadAndDisabledMembersAndThoseOfNoWeightGetNoConnections() {
    member(2, 1).member(3, 1).member(4, 1).member(5, 0);
    change(3, it -> it.withAdminStateUp(false));
    change(4, it -> it.withStatus(LbStatus.INACTIVE));
    assertThat(connections(10)).containsExactly(Map.entry("10.1.0.2", 10));
  }

  @Test
  void whatIsNotMonitoredTakesConnections() {
    member(2, 1);
    change(2, it -> it.withStatus(LbStatus.NO_MONITOR));
    assertThat(memberOf(connect(5000))).isEqualTo("10.1.0.2");
  }

  @Test
  void theConnectionsOfADisabledMemberGoOn() {
    member(2, 1);
    connect(5000);
    change(2, it -> it.withAdminStateUp(false));
    assertThat(memberOf(connect(5000))).isEqualTo("10.1.0.2");
    assertThat(answer("10.1.0.2", 5000).kind()).isEqualTo(Verdict.Kind.FORWARD);
    assertThat(connect(5001).reason()).isEqualTo(DropReason.NO_MEMBER);
    change(2, it -> it.withAdminStateUp(true).withWeight(0));
    assertThat(memberOf(connect(5000))).isEqualTo("10.1.0.2");
  }

  @Test
  void theConnectionsOfADeadMemberGoToAnother() {
    member(2, 1);
    connect(5000);
    member(3, 1);
    change(2, it -> it.withStatus(LbStatus.INACTIVE));
    assertThat(answer("10.1.0.2", 5000).reason()).isEqualTo(DropReason.BALANCER_DOWN);
    assertThat(memberOf(connect(5000))).isEqualTo("10.1.0.3");
    net.commit(new Operation.Delete(ObjectType.POOL_MEMBER, id(603)));
    assertThat(connect(5000).reason()).isEqualTo(DropReason.NO_MEMBER);
  }

  @Test
  void whatIsAdministrativelyDownServesNobody() {
    member(2, 1);
    connect(5000);
    change(ObjectType.POOL, POOL, it -> it.withAdminStateUp(false));
    assertThat(connect(5000).reason()).isEqualTo(DropReason.NO_MEMBER);
    assertThat(answer("10.1.0.2", 5000).reason()).isEqualTo(DropReason.BALANCER_DOWN);
    change(ObjectType.POOL, POOL, it -> it.withAdminStateUp(true));
    assertThat(memberOf(connect(5000))).isEqualTo("10.1.0.2");
    change(ObjectType.VIP, SERVICE, it -> it.withAdminStateUp(false));
    assertThat(connect(5000).reason()).isEqualTo(DropReason.BALANCER_DOWN);
    assertThat(answer("10.1.0.2", 5000).reason()).isEqualTo(DropReason.BALANCER_DOWN);
    change(ObjectType.VIP, SERVICE, it -> it.withAdminStateUp(true));
    change(ObjectType.LOAD_BALANCER, BALANCER, it -> it.withAdminStateUp(false));
    assertThat(connect(5000).reason()).isEqualTo(DropReason.BALANCER_DOWN);
    assertThat(answer("10.1.0.2", 5000).reason()).isEqualTo(DropReason.BALANCER_DOWN);
  }

  @Test
  void aStickyClientStaysWithOneMember() {
    member(2, 1).member(3, 1).member(4, 1);
    change(ObjectType.VIP, SERVICE, it -> it.withSessionPersistence(SessionPersistence.SOURCE_IP));
    assertThat(connections(20)).hasSize(1);
    String first = String.valueOf(memberOf(connect(5000)));
    assertThat(memberOf(connect("10.0.0.8", 5000, 80))).isNotEqualTo(first);
  }

  @Test
  void aStickyClientGetsAnotherMemberWhenItsOwnTakesNoMore() {
    member(2, 1);
    change(ObjectType.POOL, POOL, it -> it.withSessionPersistence(SessionPersistence.SOURCE_IP));
    connect(5000);
    member(3, 1);
    change(2, it -> it.withAdminStateUp(false));
    assertThat(memberOf(connect(5001))).isEqualTo("10.1.0.3");
    assertThat(memberOf(connect(5000))).isEqualTo("10.1.0.2");
    change(2, it -> it.withAdminStateUp(true));
    assertThat(connections(5)).containsOnlyKeys("10.1.0.3");
  }

  @Test
  void aClientIsForgottenTenMinutesAfterItsLastPacket() {
    member(2, 1);
    change(ObjectType.VIP, SERVICE, it -> it.withSessionPersistence(SessionPersistence.SOURCE_IP));
    connect(5000);
    assertThat(net.state.expire(599_000)).noneMatch(BalancingTest::isSticky);
    assertThat(net.state.expire(601_000)).anyMatch(BalancingTest::isSticky);
  }

  private static boolean isSticky(StateKey key) {
    return key.toString().startsWith("STICKY");
  }

  @Test
  void onePortOfAClientReachesTwoVipsByTwoMembers() {
    member(2, 1).member(3, 1);
    net.create(vip(503, 443, null));
    for (int port = 5000; port < 5010; port++) {
      assertThat(memberOf(connect(CLIENT, port, 443)))
          .isNotEqualTo(memberOf(connect(CLIENT, port, 80)));
    }
    net.create(vip(504, 444, null));
    assertThat(connect(CLIENT, 5000, 444).reason()).isEqualTo(DropReason.NO_MEMBER);
  }

  @Test
  void aMemberThatDoesNotAnswerIsPassedOver() {
    member(2, 1);
    net.create(new PoolMember(id(650), POOL, true, LbStatus.ACTIVE, ip("10.1.0.50"), 8080, 1));
    List<String> reached = new ArrayList<>();
    for (int port = 5000; port < 5004; port++) {
      Ethernet frame = packet(11, CLIENT, VIP, 6, segment(port, 80));
      Verdict verdict = net.send(11, frame);
      if (verdict.waitingFor() != null) {
        Verdict given =
            net.simulation()
                .decide(
                    Simulation.Input.of(frame, id(11))
                        .without(new org.midonet.agent.state.NeighbourKey(id(1), ip("10.1.0.50"))));
        given.effects().forEach(effect -> net.state.apply(effect, 0));
        assertThat(given.reason()).isEqualTo(DropReason.NO_NEIGHBOUR);
      } else {
        reached.add(String.valueOf(memberOf(verdict)));
      }
    }
    assertThat(reached).containsExactly("10.1.0.2", "10.1.0.2");
  }

  @Test
  void theVipAnswersPingsAndDropsWhatItDoesNotServe() {
    member(2, 1);
    IcmpMessage echo = new IcmpMessage(IcmpMessage.ECHO_REQUEST, 0, 7, Octets.EMPTY);
    Verdict ping = net.send(11, packet(11, CLIENT, VIP, 1, echo));
    assertThat(ping.kind()).isEqualTo(Verdict.Kind.CONSUMED);
    assertThat(((Ipv4Packet) ping.generated().getFirst().frame().payload()).source())
        .isEqualTo(ip(VIP));
    Verdict udp = net.send(11, packet(11, CLIENT, VIP, 17, new UdpDatagram(5, 80, Octets.EMPTY)));
    assertThat(udp.reason()).isEqualTo(DropReason.NOT_SERVED);
    assertThat(connect(CLIENT, 5000, 81).reason()).isEqualTo(DropReason.NOT_SERVED);
  }

  @Test
  void theRouterAnswersArpForTheVip() {
    Verdict verdict =
        net.send(
            11,
            Ethernet.of(
                Mac.BROADCAST, macOf(CLIENT), Arp.request(macOf(CLIENT), ip(CLIENT), ip(VIP))));
    assertThat(verdict.generated())
        .singleElement()
        .satisfies(made -> assertThat(made.frame().source()).isEqualTo(mac(11)));
  }

  @Test
  void aBridgeAnswersArpForTheVipOfItsRouter() {
    net.bridge(2).bound(21, 2).port(22, it -> it.bridgeId(id(2)));
    net.routerPort(13, 1, "10.2.0.1/24", 22);
    Verdict before = net.send(21, who("10.2.0.100"));
    assertThat(before.generated()).isEmpty();
    Operation create =
        new Operation.Create(new Vip(id(505), null, POOL, true, ip("10.2.0.100"), 80, null, null));
    Commit commit = net.nsdb.commit(List.of(create));
    assertThat(
            Net.sharesTag(
                before, Invalidation.of(commit.changes(), commit.before(), commit.after()).tags()))
        .isTrue();
    net.topology = net.topology.after(commit.after(), commit.changes());
    assertThat(net.send(21, who("10.2.0.100")).generated())
        .singleElement()
        .satisfies(made -> assertThat(made.frame().source()).isEqualTo(mac(13)));
  }

  private static Ethernet who(String address) {
    return Ethernet.of(
        Mac.BROADCAST, mac(0x77), Arp.request(mac(0x77), ip("10.2.0.7"), ip(address)));
  }

  @Test
  void filtersOfTheRouterAreAskedOnTheWayToTheMemberAlone() {
    member(2, 1);
    net.chain(301, Condition.ALL, RuleAction.DROP);
    change(ObjectType.ROUTER, id(1), it -> it.withInboundFilterId(id(301)));
    assertThat(memberOf(connect(5000))).isEqualTo("10.1.0.2");
    change(
        ObjectType.ROUTER, id(1), it -> it.withInboundFilterId(null).withForwardChainId(id(301)));
    assertThat(connect(5000).reason()).isEqualTo(DropReason.FILTERED);
    assertThat(answer("10.1.0.2", 5000).kind()).isEqualTo(Verdict.Kind.FORWARD);
  }

  @Test
  void aPathThatIsTooNarrowIsToldToTheMember() {
    member(2, 1);
    connect(5000);
    Ipv4Packet tooLarge = Ipv4Packet.of(ip(VIP), ip(CLIENT), 6, segment(80, 5000));
    IcmpMessage error = new IcmpMessage(3, 4, 1400, Octets.wrap(octets(tooLarge)));
    Verdict verdict = net.send(11, packet(11, CLIENT, VIP, 1, error));
    assertThat(memberOf(verdict)).isEqualTo("10.1.0.2");
    assertThat(verdict.outputs().getFirst().rewrite().quoted()).isNotNull();
  }

  @Test
  void whatAMemberComplainsOfComesFromTheVip() {
    member(2, 1);
    connect(5000);
    Ipv4Packet refused = Ipv4Packet.of(ip(CLIENT), ip("10.1.0.2"), 6, segment(5000, 8080));
    IcmpMessage error = new IcmpMessage(3, 3, 0, Octets.wrap(octets(refused)));
    Verdict verdict = net.send(12, packet(12, "10.1.0.2", CLIENT, 1, error));
    assertThat(verdict.outputs().getFirst().rewrite().nwSource()).isEqualTo(ip(VIP));
  }

  private static byte[] octets(Ipv4Packet packet) {
    byte[] frame = Ethernet.of(mac(1), mac(2), packet).toBytes();
    return java.util.Arrays.copyOfRange(frame, 14, frame.length);
  }

  @Test
  void changesOfMembersTouchTheFlowsOfThePoolAlone() {
    member(2, 1).member(3, 1);
    Verdict balanced = connect(5000);
    Verdict other = net.send(11, packet(11, CLIENT, "10.1.0.2", 6, segment(5000, 22)));
    PoolMember before = net.nsdb.topology().get(ObjectType.POOL_MEMBER, id(603));
    Commit commit = net.nsdb.commit(List.of(new Operation.Update(before.withAdminStateUp(false))));
    Iterable<FlowTag> tags =
        Invalidation.of(commit.changes(), commit.before(), commit.after()).tags();
    assertThat(Net.sharesTag(balanced, tags)).isTrue();
    assertThat(Net.sharesTag(other, tags)).isFalse();
  }

  @Test
  void aNewVipIsServedWhereItsAddressWasRoutedBefore() {
    Verdict before = net.send(11, packet(11, CLIENT, "10.1.0.77", 6, segment(5000, 80)));
    Commit commit =
        net.nsdb.commit(
            List.of(
                new Operation.Create(
                    new Vip(id(506), null, POOL, true, ip("10.1.0.77"), 80, null, null))));
    Iterable<FlowTag> tags =
        Invalidation.of(commit.changes(), commit.before(), commit.after()).tags();
    assertThat(Net.sharesTag(before, tags)).isTrue();
  }

  @Test
  void theTraceNamesVipPoolAndMember() {
    member(2, 1);
    Verdict verdict = connect(5000);
    assertThat(new Explanation(net.nsdb.topology(), false).lines(verdict.trace()))
        .anyMatch(line ->
            line.contains("VIP " + SERVICE)
                && line.contains("pool " + POOL)
                && line.contains("member 10.1.0.2:8080 (" + id(602) + "): it is its turn"));
  }

  @Test
  void whatIsOnlyTracedTakesNoTurn() {
    member(2, 1);
    Verdict verdict =
        net.simulation()
            .decide(Simulation.Input.of(packet(11, CLIENT, VIP, 6, segment(5000, 80)), id(11)));
    assertThat(verdict.effects()).anyMatch(Effect.Serve.class::isInstance);
    assertThat(net.state.turn(POOL)).isZero();
    connect(5000);
    connect(5000);
    assertThat(net.state.turn(POOL)).isEqualTo(1);
  }

  @Test
  void aPoolWithoutMembersDropsUntilThereIsOne() {
    Verdict dropped = connect(5000);
    assertThat(dropped.reason()).isEqualTo(DropReason.NO_MEMBER);
    assertThat(dropped.isFlow()).isTrue();
    assertThat(dropped.tags()).contains(new Tag.OfPool(POOL));
    member(2, 1);
    assertThat(memberOf(connect(5000))).isEqualTo("10.1.0.2");
  }

  @Test
  void aPoolThatIsDeletedTakesItsVipsWithIt() {
    member(2, 1);
    connect(5000);
    Pool pool = net.nsdb.topology().get(ObjectType.POOL, POOL);
    net.commit(new Operation.Delete(ObjectType.POOL, pool.id()));
    assertThat(memberOf(connect(5000))).isNotEqualTo("10.1.0.2");
  }
}
