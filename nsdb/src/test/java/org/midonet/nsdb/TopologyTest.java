package org.midonet.nsdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.midonet.nsdb.Fixtures.bridge;
import static org.midonet.nsdb.Fixtures.chain;
import static org.midonet.nsdb.Fixtures.creation;
import static org.midonet.nsdb.Fixtures.id;
import static org.midonet.nsdb.Fixtures.port;
import static org.midonet.nsdb.Fixtures.router;
import static org.midonet.nsdb.Fixtures.rule;
import static org.midonet.topology.ObjectType.BRIDGE;
import static org.midonet.topology.ObjectType.CHAIN;
import static org.midonet.topology.ObjectType.IP_ADDR_GROUP_MEMBER;
import static org.midonet.topology.ObjectType.LOAD_BALANCER;
import static org.midonet.topology.ObjectType.PORT;
import static org.midonet.topology.ObjectType.PORT_GROUP;
import static org.midonet.topology.ObjectType.ROUTER;
import static org.midonet.topology.ObjectType.RULE;

import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.NsdbException.Kind;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.Bridge;
import org.midonet.topology.Chain;
import org.midonet.topology.IpAddrGroup;
import org.midonet.topology.IpAddrGroupMember;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortGroup;
import org.midonet.topology.References;
import org.midonet.topology.Router;
import org.midonet.topology.Rule;

final class TopologyTest {
  private static final Mac MAC = Mac.parse("fa:16:3e:00:00:01");
  private static final Ipv4Address IP = Ipv4Address.parse("10.0.0.1");

  private final Bridge bridge = bridge("net");
  private final Router router = router("rtr");
  private final Topology start = Topology.EMPTY.apply(List.of(creation(bridge), creation(router)));

  @Test
  void objectsAreFoundByKindAndId() {
    assertThat(start.get(BRIDGE, bridge.id())).isEqualTo(bridge);
    assertThat(start.list(BRIDGE)).containsExactly(bridge);
    assertThat(start.find(ROUTER, bridge.id())).isNull();
    assertRefused(
        Kind.NOT_FOUND,
        "There is no Network with ID " + router.id() + ".",
        () -> start.get(BRIDGE, router.id()));
  }

  @Test
  void creatingTwiceIsRefused() {
    assertRefused(
        Kind.EXISTS,
        "A(n) Network with ID " + bridge.id() + " already exists.",
        () -> start.apply(List.of(creation(bridge))));
  }

  @Test
  void changingOrDeletingWhatIsNotThereIsRefused() {
    Bridge other = bridge("other");
    String message = "There is no Network with ID " + other.id() + ".";
    assertRefused(Kind.NOT_FOUND, message, () -> start.apply(List.of(new Operation.Update(other))));
    assertRefused(Kind.NOT_FOUND, message, () -> start.apply(List.of(delete(BRIDGE, other.id()))));
  }

  @Test
  void aRefusedOperationLeavesTheSnapshotAsItWas() {
    Bridge other = bridge("other");
    assertThatThrownBy(() -> start.apply(List.of(creation(other), creation(bridge))))
        .isInstanceOf(NsdbException.class);
    assertThat(start.has(BRIDGE, other.id())).isFalse();
  }

  @Test
  void whatIsReferredToMustExist() {
    Port port = port(bridge("never stored"));
    assertRefused(
        Kind.NOT_FOUND,
        "There is no Network with ID " + port.bridgeId() + ".",
        () -> start.apply(List.of(creation(port))));
  }

  @Test
  void portsAreFoundFromTheirBridge() {
    Port port = port(bridge);
    Topology topology = start.apply(List.of(creation(port)));
    assertThat(topology.references(References.BRIDGE_PORTS, bridge.id()))
        .containsExactly(port.id());
    assertThat(topology.related(References.BRIDGE_PORTS, bridge.id(), PORT)).containsExactly(port);
    Topology moved = topology.apply(List.of(new Operation.Update(port.withBridgeId(null))));
    assertThat(moved.references(References.BRIDGE_PORTS, bridge.id())).isEmpty();
  }

  @Test
  void rulesGoToTheEndOfTheirChain() {
    Chain chain = chain("c");
    Rule first = rule(chain);
    Rule second = rule(chain);
    Topology topology = start.apply(List.of(creation(chain), creation(first), creation(second)));
    assertThat(topology.get(CHAIN, chain.id()).ruleIds()).containsExactly(first.id(), second.id());

    Chain reordered = topology.get(CHAIN, chain.id()).withRuleIds(List.of(second.id(), first.id()));
    Topology after = topology.apply(List.of(new Operation.Update(reordered)));
    assertThat(after.get(CHAIN, chain.id()).ruleIds()).containsExactly(second.id(), first.id());
    assertThat(after.apply(List.of(delete(RULE, second.id()))).get(CHAIN, chain.id()).ruleIds())
        .containsExactly(first.id());
  }

  @Test
  void deletingAChainDeletesItsRulesAndClearsFilters() {
    Chain chain = chain("c");
    Rule rule = rule(chain);
    Port port = port(bridge).withInboundFilterId(chain.id());
    Topology topology =
        start.apply(
            List.of(creation(chain), creation(rule), creation(port), delete(CHAIN, chain.id())));
    assertThat(topology.has(RULE, rule.id())).isFalse();
    assertThat(topology.get(PORT, port.id()).inboundFilterId()).isNull();
  }

  @Test
  void peersNameEachOther() {
    Port left = port(bridge);
    Port right = port(router).withPeerId(left.id());
    Topology topology = start.apply(List.of(creation(left), creation(right)));
    assertThat(topology.get(PORT, left.id()).peerId()).isEqualTo(right.id());
    Topology cleared = topology.apply(List.of(delete(PORT, right.id())));
    assertThat(cleared.get(PORT, left.id())).isEqualTo(left);
  }

  @Test
  void aTakenPeerIsAConflict() {
    Port left = port(bridge);
    Port right = port(router).withPeerId(left.id());
    Port third = port(router).withPeerId(left.id());
    assertRefused(
        Kind.REFERENCE_CONFLICT,
        "The Port with ID %s already references the Port with ID %s by peer_id."
            .formatted(left.id(), right.id()),
        () -> start.apply(List.of(creation(left), creation(right), creation(third))));
    assertThatThrownBy(() ->
            start.apply(List.of(creation(left), new Operation.Update(left.withPeerId(left.id())))))
        .isInstanceOf(NsdbException.class);
  }

  @Test
  void aRouterWithALoadBalancerIsNotDeleted() {
    LoadBalancer balancer = new LoadBalancer(id(), router.id(), true);
    Topology topology = start.apply(List.of(creation(balancer)));
    assertThat(topology.get(ROUTER, router.id()).loadBalancerId()).isEqualTo(balancer.id());
    assertRefused(
        Kind.IN_USE,
        "The Router with ID %s cannot be deleted: the LoadBalancer with ID %s refers to it."
            .formatted(router.id(), balancer.id()),
        () -> topology.apply(List.of(delete(ROUTER, router.id()))));
    assertThat(
            topology
                .apply(List.of(delete(LOAD_BALANCER, balancer.id()), delete(ROUTER, router.id())))
                .has(ROUTER, router.id()))
        .isFalse();
  }

  @Test
  void deletingABridgeLeavesNothingOfIt() {
    Port port = port(bridge);
    PortGroup group = new PortGroup(id(), null, "pg", true);
    IpAddrGroup addresses = new IpAddrGroup(id(), "sg", null, null);
    IpAddrGroupMember member =
        new IpAddrGroupMember(id(), addresses.id(), IpAddress.parse("10.0.0.1"), port.id());
    Topology topology =
        Topology.EMPTY.apply(
            List.of(
                creation(bridge),
                creation(group),
                creation(addresses),
                creation(port.withPortGroupIds(List.of(group.id()))),
                creation(member),
                new Operation.AddEntry<>(StateTable.macs(bridge.id(), 0), MAC, port.id()),
                new Operation.AddEntry<>(StateTable.arps(bridge.id()), IP, MAC)));
    assertThat(topology.references(References.PORT_GROUP_PORTS, group.id()))
        .containsExactly(port.id());

    Commit commit = topology.commit(List.of(delete(BRIDGE, bridge.id())));
    assertThat(commit.changes()).hasSize(5);
    Topology after = commit.after();
    assertThat(after.has(PORT, port.id())).isFalse();
    assertThat(after.list(IP_ADDR_GROUP_MEMBER)).isEmpty();
    assertThat(after.list(PORT_GROUP)).containsExactly(group);
    assertThat(after.links).isEmpty();
    assertThat(after.tables).isEmpty();
  }

  @Test
  void changesTellBeforeAndAfterOncePerObject() {
    Port left = port(bridge);
    Port right = port(router).withPeerId(left.id());
    Topology before = start.apply(List.of(creation(left)));
    Commit commit = before.commit(List.of(creation(right), delete(PORT, right.id())));
    assertThat(commit.changes()).isEmpty();
    assertThat(commit.after()).isSameAs(before);
    assertThat(before.commit(List.of(creation(right))).changes())
        .containsExactly(
            new Change.OfObject(PORT, right.id(), null, right, right.id()),
            new Change.OfObject(PORT, left.id(), left, left.withPeerId(right.id()), left.id()));
  }

  @Test
  void differencesLeadFromOneSnapshotToTheOther() {
    Port port = port(bridge);
    Topology after =
        start.apply(
            List.of(
                creation(port),
                new Operation.Update(bridge.withName("renamed")),
                delete(ROUTER, router.id()),
                new Operation.TakeKey(Sequence.OVERLAY_TUNNEL_KEY, 2),
                new Operation.AddEntry<>(StateTable.arps(bridge.id()), IP, MAC)));
    List<Change> changes = Changes.between(start, after);
    assertThat(changes).hasSize(5);
    TopologyBuilder builder = new TopologyBuilder(start);
    changes.forEach(builder::apply);
    assertThat(Changes.between(builder.build(), after)).isEmpty();
    assertThat(builder.build().links).isEqualTo(after.links);
  }

  @Test
  void learnedEntriesHideConfiguredOnes() {
    StateTable<Ipv4Address, Mac> table = StateTable.arps(bridge.id());
    Mac learned = Mac.parse("02:00:00:00:00:02");
    Topology topology = start.apply(List.of(new Operation.AddEntry<>(table, IP, MAC)));
    assertThat(topology.lookUp(table, IP)).isEqualTo(MAC);
    TopologyBuilder builder = new TopologyBuilder(topology);
    builder.set(table, new TableEntry<>(IP, Mac.ZERO, 3), true);
    builder.set(table, new TableEntry<>(IP, learned, 12), true);
    assertThat(builder.build().lookUp(table, IP)).isEqualTo(learned);
    assertThat(builder.build().table(table)).containsOnlyKeys(IP).containsEntry(IP, learned);
    assertThat(builder.build().entries(table)).hasSize(3);
  }

  @Test
  void entriesNeedTheirDevice() {
    assertRefused(
        Kind.NOT_FOUND,
        "There is no Network with ID " + router.id() + ".",
        () ->
            start.apply(List.of(new Operation.AddEntry<>(StateTable.arps(router.id()), IP, MAC))));
  }

  @Test
  void keysAreUsedOnce() {
    assertThat(start.last(Sequence.OVERLAY_TUNNEL_KEY)).isEqualTo(1);
    Topology topology = start.apply(List.of(new Operation.TakeKey(Sequence.OVERLAY_TUNNEL_KEY, 2)));
    assertThat(topology.last(Sequence.OVERLAY_TUNNEL_KEY)).isEqualTo(2);
    assertThatThrownBy(
            () -> topology.apply(List.of(new Operation.TakeKey(Sequence.OVERLAY_TUNNEL_KEY, 2))))
        .isInstanceOf(NsdbException.class);
  }

  @Test
  void theTenThousandthPortCostsWhatTheFirstDoes() {
    Topology topology = start;
    long first = 0;
    long last = 0;
    int ports = 10_000;
    for (int i = 0; i < ports; i++) {
      List<Operation> operations = Fixtures.machinePort(bridge);
      long begun = System.nanoTime();
      topology = topology.apply(operations);
      long spent = System.nanoTime() - begun;
      if (i >= 2_000 && i < 3_000) {
        first += spent; // the first thousand warm the machine up
      } else if (i >= ports - 1_000) {
        last += spent;
      }
    }
    assertThat(last).isLessThan(4 * first); // a factor of four is not yet linear
    assertThat(topology.count(RULE)).isEqualTo(10 * ports);
  }

  private static Operation delete(ObjectType<?> type, UUID id) {
    return new Operation.Delete(type, id);
  }

  private static void assertRefused(Kind kind, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            NsdbException.class, refused -> assertThat(refused.kind()).isEqualTo(kind))
        .hasMessage(message);
  }
}
