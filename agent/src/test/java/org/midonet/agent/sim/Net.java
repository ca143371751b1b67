package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.state.LocalState;
import org.midonet.agent.state.NatBlocks;
import org.midonet.agent.state.StateTimeouts;
import org.midonet.nsdb.Commit;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.Condition;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.NextHop;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;
import org.midonet.topology.RouteBuilder;
import org.midonet.topology.RouterBuilder;
import org.midonet.topology.RuleAction;
import org.midonet.topology.RuleBuilder;
import org.midonet.topology.TopologyObject;

/** A small virtual network, object by object, named by numbers. For one thread. */
final class Net {
  private static final UUID HOST = id(0xb057);

  final MemoryNsdb nsdb = new MemoryNsdb();
  final LocalState state = new LocalState(StateTimeouts.DEFAULT, NatBlocks.alone());
  VirtualTopology topology = VirtualTopology.EMPTY;

  Net() {
    create(HostBuilder.builder().id(HOST).name("host").containerLimit(-1).build());
  }

  static UUID id(int number) {
    return new UUID((long) number << 32 | 0x4000L, Long.MIN_VALUE);
  }

  static Mac mac(int number) {
    return new Mac(0x0200_0000_0000L | number);
  }

  Net create(TopologyObject object) {
    return commit(new Operation.Create(object));
  }

  Net commit(Operation... operations) {
    Commit commit = nsdb.commit(List.of(operations));
    topology = topology.after(commit.after(), commit.changes());
    return this;
  }

  Net bridge(int id) {
    return create(BridgeBuilder.builder().id(id(id)).adminStateUp(true).build());
  }

  Net router(int id) {
    return create(RouterBuilder.builder().id(id(id)).adminStateUp(true).asNumber(-1).build());
  }

  /** A port of a bridge, bound and active. */
  Net bound(int id, int bridge) {
    return port(id, it -> it.bridgeId(id(bridge)).hostId(HOST).interfaceName("if" + id))
        .activate(id);
  }

  Net port(int id, UnaryOperator<PortBuilder> how) {
    return create(how.apply(PortBuilder.builder().id(id(id)).adminStateUp(true)).build());
  }

  /** A port of a router with an address, wired to a port that is there. */
  Net routerPort(int id, int router, String prefix, int peer) {
    return port(id, it -> address(it.routerId(id(router)), id, prefix).peerId(id(peer)));
  }

  /** A port of a router with an address, bound and active. */
  Net uplink(int id, int router, String prefix) {
    return port(
            id,
            it ->
                address(it.routerId(id(router)), id, prefix).hostId(HOST).interfaceName("if" + id))
        .activate(id);
  }

  private static PortBuilder address(PortBuilder port, int id, String prefix) {
    IpPrefix subnet = IpPrefix.parse(prefix);
    return port.portMac(mac(id)).portAddress(subnet.address()).portSubnets(List.of(subnet));
  }

  Net activate(int port) {
    nsdb.publish(StateKey.active(id(port)), HOST, "up");
    topology = VirtualTopology.of(nsdb.topology());
    return this;
  }

  Net route(int id, String dst, NextHop hop, int port, int weight) {
    return route(id, "0.0.0.0/0", dst, hop, port, weight);
  }

  Net route(int id, String src, String dst, NextHop hop, int port, int weight) {
    return create(
        RouteBuilder.builder()
            .id(id(id))
            .src(IpPrefix.parse(src))
            .dst(IpPrefix.parse(dst))
            .nextHop(hop)
            .nextHopPortId(id(port))
            .weight(weight)
            .build());
  }

  /** A chain of rules, each a condition and an action. */
  Net chain(int id, Object... rules) {
    create(ChainBuilder.builder().id(id(id)).name("chain " + id).build());
    for (int i = 0; i < rules.length; i += 2) {
      create(
          RuleBuilder.builder()
              .id(id(id * 1000 + i))
              .chainId(id(id))
              .condition((Condition) rules[i])
              .action((RuleAction) rules[i + 1])
              .build());
    }
    return this;
  }

  Net update(int port, UnaryOperator<Port> how) {
    return commit(new Operation.Update(how.apply(nsdb.topology().get(ObjectType.PORT, id(port)))));
  }

  Simulation simulation() {
    return new Simulation(topology, state, SimulationSettings.DEFAULT);
  }

  /** Decides about a frame and takes note of what it changes. */
  Verdict send(int port, Ethernet frame) {
    Verdict verdict = simulation().decide(Simulation.Input.of(frame, id(port)).traced());
    verdict.effects().forEach(effect -> state.apply(effect, 0));
    return verdict;
  }

  /** The ports by which a frame leaves. */
  List<UUID> outputs(int port, Ethernet frame) {
    return send(port, frame).outputs().stream().map(Output::port).toList();
  }

  static UUID[] ids(int... numbers) {
    List<UUID> ids = new ArrayList<>();
    for (int number : numbers) {
      ids.add(id(number));
    }
    return ids.toArray(UUID[]::new);
  }

  static boolean sharesTag(Verdict verdict, Iterable<? extends FlowTag> tags) {
    for (FlowTag tag : tags) {
      if (verdict.tags().contains(tag)) {
        return true;
      }
    }
    return false;
  }
}
