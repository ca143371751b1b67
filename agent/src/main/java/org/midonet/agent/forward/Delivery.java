package org.midonet.agent.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.datapath.Miss;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.Classifier;
import org.midonet.agent.flow.Flow;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.flow.FlowTags;
import org.midonet.agent.flow.Input;
import org.midonet.agent.sim.DropReason;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.FlowState;
import org.midonet.agent.state.Origin;
import org.midonet.agent.state.StateKey;
import org.midonet.nsdb.Topology;

/**
 * Does what was decided about packets: installs flows, tells peers, sends on. Confined to the
 * packet loop.
 */
final class Delivery {
  static final int ANY_MTU = 65_535;
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Duration IDLE_DROP = Duration.ofSeconds(10);

  /** What was dropped for want of a port is soon tried again. */
  private static final Duration NO_PORTS_DROP = Duration.ofSeconds(1);

  private static final Duration NEVER = Duration.ZERO;

  private final Datapath datapath;
  private final FlowTable flows;
  private final TopologyFollower topology;
  private final LocalPorts ports;
  private final Egress egress;
  private final PeerState peers;
  private final Sender sender;
  private final Watches watches;
  private final Supplier<Simulation> simulation;
  private final TemplateMaker templates;

  Delivery(
      Datapath datapath,
      FlowTable flows,
      TopologyFollower topology,
      LocalPorts ports,
      Egress egress,
      PeerState peers,
      Sender sender,
      Watches watches,
      Supplier<Simulation> simulation,
      TemplateMaker templates) {
    this.datapath = datapath;
    this.flows = flows;
    this.topology = topology;
    this.ports = ports;
    this.egress = egress;
    this.peers = peers;
    this.sender = sender;
    this.watches = watches;
    this.simulation = simulation;
    this.templates = templates;
  }

  /** Has packets like this one dropped; false if it must be decided anew. */
  boolean drop(Packet packet, Verdict verdict, long stamp) {
    Miss miss = packet.miss();
    if (miss == null || !packet.canHaveFlow() || !verdict.isFlow() || packet.input().isTraced()) {
      return true;
    }
    boolean isShort = verdict.reason() == DropReason.NO_PORTS_LEFT;
    Duration idle = isShort ? NO_PORTS_DROP : IDLE_DROP;
    Duration hard = isShort ? NO_PORTS_DROP : IDLE;
    return flows.install(new Flow(miss.key(), Actions.DROP, verdict.tags(), idle, hard), stamp);
  }

  /** Sends a packet and its like on; false if it must be decided anew. */
  boolean forward(
      Packet packet, Origin origin, Verdict verdict, Simulation.@Nullable Reply reply, long stamp) {
    Topology present = topology.present().topology();
    Miss miss = packet.miss();
    if (miss == null) {
      verdict.outputs().forEach(output -> sender.emit(present, packet.input().frame(), output));
      return true;
    }
    Actions actions = egress.actions(present, verdict.outputs(), mtu(packet.input().port()));
    if (!verdict.isFlow()
        || !packet.canHaveFlow()
        || actions == null
        || packet.input().isTraced()) {
      tellPeers(present, origin, verdict);
      sendOnce(present, packet, miss, verdict, actions);
      return true;
    }
    if (!flows.install(flow(miss.key(), actions, verdict), stamp)) {
      return false;
    }
    tellPeers(present, origin, verdict);
    Pattern.Way back = reply == null ? null : wayBack(present, reply);
    if (back != null) {
      install(back, stamp);
      Pattern.Way there = new Pattern.Way(miss.key(), actions, verdict);
      Pattern one = new Pattern(there, back);
      templates.consider(present, origin, one, new Anew(present, packet, miss.key()), stamp);
    }
    if (miss.resent()) {
      datapath.emit(miss, actions);
    } else {
      datapath.resend(miss);
    }
    return true;
  }

  private void sendOnce(
      Topology present, Packet packet, Miss miss, Verdict verdict, @Nullable Actions actions) {
    int mtu = actions == null || miss.segmentSize() > 0 ? ANY_MTU : smallestMtu(actions);
    if (Watches.octetsOfIp(miss) > mtu) {
      simulation.get().tooBig(packet.input(), mtu).generated().forEach(sender::send);
    } else if (actions != null && (miss.segmentSize() > 0 || packet.input().isTraced())) {
      datapath.emit(miss, actions);
    } else {
      verdict.outputs().forEach(output -> sender.emit(present, packet.input().frame(), output));
    }
  }

  private int mtu(UUID port) {
    LocalPorts.Attached attached = ports.find(port);
    return attached == null ? ANY_MTU : attached.mtu();
  }

  /** The way back, null if it does not begin on this host. */
  private Pattern.@Nullable Way wayBack(Topology present, Simulation.Reply reply) {
    LocalPorts.Attached port = ports.find(reply.port());
    if (port == null) {
      return null;
    }
    Classifier.Classified back =
        Classifier.classify(new Input.Port(port.number()), reply.frame().toBytes());
    Actions actions = egress.actions(present, reply.verdict().outputs(), port.mtu());
    return back != null
            && back.kind() == Classifier.Kind.FLOW
            && actions != null
            && !watches.covers(back.key())
        ? new Pattern.Way(back.key(), actions, reply.verdict())
        : null;
  }

  /** The flow of the way back, if it is not there yet. */
  private void install(Pattern.Way back, long stamp) {
    if (flows.get(back.key()) == null) {
      flows.install(flow(back.key(), back.actions(), back.verdict()), stamp);
    }
  }

  private static Flow flow(FlowKey key, Actions actions, Verdict verdict) {
    FlowTag[] uses = new FlowTag[verdict.uses().size()];
    int at = 0;
    for (StateKey used : verdict.uses()) {
      uses[at++] = new UsesState(used);
    }
    return new Flow(key, actions, new FlowTags(uses, verdict.tags()), IDLE, NEVER);
  }

  private void tellPeers(Topology present, Origin origin, Verdict verdict) {
    List<Effect> effects = new ArrayList<>(verdict.effects());
    effects.removeIf(effect -> !effect.isFlowState());
    if (!effects.isEmpty()) {
      peers.tell(present, new FlowState(effects, origin.ports()));
    }
  }

  /** What packets may be at most where they go. */
  static int smallestMtu(Actions actions) {
    int mtu = ANY_MTU;
    for (Action action : actions.list()) {
      if (action instanceof Action.CheckMtu check) {
        mtu = Math.min(mtu, check.mtu());
      }
    }
    return mtu;
  }

  /** What becomes of a packet's connection if it is new and a turn of a pool is next. */
  private final class Anew implements TemplateMaker.Anew {
    private final Topology present;
    private final Packet packet;
    private final FlowKey key;
    private final Simulation now = simulation.get();

    Anew(Topology present, Packet packet, FlowKey key) {
      this.present = present;
      this.packet = packet;
      this.key = key;
    }

    @Override
    public List<Integer> turns(UUID pool) {
      return now.turns(pool);
    }

    @Override
    public long next(UUID pool) {
      return now.nextTurn(pool);
    }

    @Override
    public @Nullable Pattern at(UUID pool, int turn) {
      Simulation then = now.ofNewConnection(pool, turn);
      Verdict verdict = then.decide(packet.input());
      Simulation.Reply reply = then.reply(packet.input().frame(), verdict);
      Pattern.Way back = reply == null ? null : wayBack(present, reply);
      Actions actions =
          verdict.kind() == Verdict.Kind.FORWARD
              ? egress.actions(present, verdict.outputs(), mtu(packet.input().port()))
              : null;
      return back == null || actions == null
          ? null
          : new Pattern(new Pattern.Way(key, actions, verdict), back);
    }
  }
}
