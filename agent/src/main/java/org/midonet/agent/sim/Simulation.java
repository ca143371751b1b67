package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Action;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.agent.state.NextTurn;
import org.midonet.agent.state.PendingState;
import org.midonet.agent.state.StateView;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;

/**
 * Decides what becomes of packets: a function of the packet, the topology and the agent's state.
 * Immutable; safe to share where the state is.
 *
 * <p>Forwarding, traces and tests ask this one. It changes nothing: what should change is in the
 * {@link Verdict}.
 */
public final class Simulation {
  private final VirtualTopology topology;
  private final StateView state;
  private final SimulationSettings settings;

  public Simulation(VirtualTopology topology, StateView state, SimulationSettings settings) {
    this.topology = topology;
    this.state = state;
    this.settings = settings;
  }

  /** The topology by which this decides. */
  public VirtualTopology topology() {
    return topology;
  }

  /**
   * A packet to decide about.
   *
   * @param port the exterior port, {@link MetadataProxy#PORT} or that of the {@link HealthProber},
   *     by which it came
   * @param silent neighbours that were asked for long enough: packets to them are given up
   * @param isTraced whether its way is to be told
   */
  public record Input(Ethernet frame, UUID port, Set<NeighbourKey> silent, boolean isTraced) {
    public Input {
      silent = Set.copyOf(silent);
    }

    public static Input of(Ethernet frame, UUID port) {
      return new Input(frame, port, Set.of(), false);
    }

    public Input traced() {
      return new Input(frame, port, silent, true);
    }

    public Input without(NeighbourKey neighbour) {
      Set<NeighbourKey> all = new HashSet<>(silent);
      all.add(neighbour);
      return new Input(frame, port, all, isTraced);
    }
  }

  /**
   * The way back of a packet, decided before anybody answered.
   *
   * @param frame an answer, as good as any to tell the flow's key by
   * @param port the exterior port by which it will come
   * @param verdict what becomes of it
   */
  public record Reply(Ethernet frame, UUID port, Verdict verdict) {}

  /** What becomes of a packet that came in. */
  public Verdict decide(Input input) {
    boolean fromProxy = settings.metadata() != null && input.port.equals(MetadataProxy.PORT);
    PortDevice port = topology.port(input.port);
    Walk walk =
        new Walk(topology, state, settings, input.frame, port, input.silent, input.isTraced);
    if (fromProxy && settings.metadata() != null) {
      Headers headers = walk.original.copy();
      return verdict(walk, LocalServices.fromMetadata(walk, settings.metadata(), headers));
    }
    walk.tags.add(new Tag.OfPort(input.port));
    HealthProber prober = settings.prober();
    if (prober != null && isProber(prober, input.port)) {
      Headers headers = walk.original.copy();
      return verdict(walk, Probes.toMember(walk, prober, input.port, headers));
    }
    if (port == null) {
      return verdict(walk, walk.drop(input.port, DropReason.NO_PORT));
    }
    return verdict(walk, enter(walk, port));
  }

  private static boolean isProber(@Nullable HealthProber prober, UUID port) {
    return prober != null && port.equals(HealthProber.portOf(prober.host()));
  }

  private static Result enter(Walk walk, PortDevice port) {
    Headers headers = walk.original.copy();
    if (port.accessVlan() != 0) {
      if (!headers.isTagged() || headers.tags.getFirst().id() != port.accessVlan()) {
        return walk.drop(port.id(), DropReason.VLAN);
      }
      headers.tags = Vlans.pop(headers.tags);
    }
    Result served = LocalServices.serve(walk, port, headers);
    return served == null ? Ports.ingress(walk, port, headers) : served;
  }

  /** Whose turns there are among the members of a pool, each time a number for a member. */
  public List<Integer> turns(UUID pool) {
    PoolDevice device = topology.pool(pool);
    return device == null ? List.of() : device.turns();
  }

  /** How many turns members of a pool have had here. */
  public long nextTurn(UUID pool) {
    return state.turn(pool);
  }

  /**
   * The same where a connection is new, though it may have begun, and some turn of a pool is next.
   */
  public Simulation ofNewConnection(UUID pool, long turn) {
    return new Simulation(topology, new NextTurn(state, pool, turn), settings);
  }

  /** Where a frame goes that the agent made. */
  public Verdict generated(Generated made) {
    return generated(made, Set.of(), false);
  }

  /** Where a frame goes that the agent made, with what {@link Input} says. */
  public Verdict generated(Generated made, Set<NeighbourKey> silent, boolean isTraced) {
    PortDevice port = topology.port(made.port());
    StateView then = made.because().isEmpty() ? state : new PendingState(state, made.because());
    Walk walk = new Walk(topology, then, settings, made.frame(), null, silent, isTraced);
    walk.isFlow = false;
    Headers headers = walk.original.copy();
    if (made.port().equals(MetadataProxy.PORT) || isProber(settings.prober(), made.port())) {
      walk.outputs.add(new Walk.OutputAt(made.port(), headers));
      return verdict(walk, Result.FORWARDED);
    }
    if (port == null) {
      return verdict(walk, walk.drop(made.port(), DropReason.NO_PORT));
    }
    // What answers a packet goes back the way it came: no filter of this port is asked.
    return verdict(walk, Ports.leave(walk, port, headers));
  }

  /**
   * The router advertisement for the machine at a bridge's exterior port, which nobody asked for.
   * To be sent every few minutes: what it tells expires (RFC 4861 section 6.2.4).
   *
   * @return null where the machine has no address of IPv6
   */
  public @Nullable Generated advertisement(UUID portId) {
    Port port = topology.topology().find(ObjectType.PORT, portId);
    NeutronObject neutron = topology.topology().find(ObjectType.NEUTRON_PORT, portId);
    String mac = neutron == null ? null : neutron.text("mac_address");
    BridgeDevice bridge =
        port == null || port.bridgeId() == null ? null : topology.bridge(port.bridgeId());
    if (mac == null || bridge == null) {
      return null;
    }
    Ethernet frame =
        RouterAdvertisements.to(Mac.parse(mac), null, bridge, topology.dhcp(bridge.id()), settings);
    return frame == null ? null : new Generated(portId, frame);
  }

  /**
   * The way back of a packet that is forwarded to one port: the flow of the answer can be made at
   * once. Null where there is no one answer, or where it cannot be told.
   *
   * @param verdict what was decided about the packet
   */
  public @Nullable Reply reply(Ethernet frame, Verdict verdict) {
    boolean one =
        verdict.kind() == Verdict.Kind.FORWARD
            && verdict.isFlow()
            && verdict.outputs().size() == 1
            && !verdict.outputs().getFirst().port().equals(MetadataProxy.PORT);
    if (!one) {
      return null;
    }
    Output output = verdict.outputs().getFirst();
    Ethernet answer = Answers.to(output.rewrite().apply(frame));
    if (answer == null) {
      return null;
    }
    StateView then = new PendingState(state, verdict.effects());
    Verdict back = new Simulation(topology, then, settings).decide(Input.of(answer, output.port()));
    return back.kind() == Verdict.Kind.FORWARD && back.isFlow()
        ? new Reply(answer, output.port(), back)
        : null;
  }

  /**
   * Tells the sender of a packet that is too large for its way, where a router is on that way and
   * the packet must not be fragmented; otherwise it is dropped in silence (RFC 1191, RFC 8201).
   *
   * @param mtu octets that the way has room for
   */
  public Verdict tooBig(Input input, int mtu) {
    Verdict verdict = decide(input.traced());
    for (Step step : verdict.trace()) {
      if (step instanceof Step.Enter(UUID id, UUID device, String packet)) {
        PortDevice port = topology.port(id);
        if (port != null && port.isRouterPort()) {
          return tooBig(input, port, mtu);
        }
      }
    }
    Walk walk = new Walk(topology, state, settings, input.frame, null, Set.of(), input.isTraced);
    walk.isFlow = false;
    return verdict(walk, walk.drop(input.port, DropReason.TOO_BIG));
  }

  /** The first router speaks: until there nothing of the packet but its MACs was rewritten. */
  private Verdict tooBig(Input input, PortDevice port, int mtu) {
    Walk walk = new Walk(topology, state, settings, input.frame, null, Set.of(), input.isTraced);
    walk.isFlow = false;
    IcmpErrors.tooBig(walk, port, walk.original.copy(), mtu);
    return verdict(walk, walk.drop(port.id(), DropReason.TOO_BIG));
  }

  private static Verdict verdict(Walk walk, Result result) {
    List<Output> outputs = new ArrayList<>(walk.outputs.size());
    Headers before = walk.original;
    boolean flow = walk.isFlow && walk.generated.isEmpty();
    for (Walk.OutputAt output : walk.outputs) {
      Rewrite rewrite = Rewrite.between(walk.original, output.headers());
      List<Action> actions = FlowActions.between(before, output.headers());
      flow &= FlowActions.canDo(before, output.headers()) && rewrite.quoted() == null;
      outputs.add(new Output(output.port(), rewrite, actions));
      before = output.headers();
    }
    Verdict.Kind kind = kind(result);
    return new Verdict(
        kind,
        kind == Verdict.Kind.FORWARD ? outputs : List.of(),
        flow && (kind == Verdict.Kind.FORWARD || kind == Verdict.Kind.DROP),
        walk.isStateful,
        walk.bySourcePort,
        walk.byDestinationPort,
        walk.generated,
        kind == Verdict.Kind.FORWARD ? walk.effects : learned(walk.effects, kind),
        walk.tags,
        walk.uses,
        kind == Verdict.Kind.WAIT ? walk.waitingFor : null,
        kind == Verdict.Kind.DROP ? walk.reason : null,
        walk.traced,
        walk.steps());
  }

  private static Verdict.Kind kind(Result result) {
    return switch (result) {
      case FORWARDED -> Verdict.Kind.FORWARD;
      case DROPPED -> Verdict.Kind.DROP;
      case CONSUMED -> Verdict.Kind.CONSUMED;
      case WAITING -> Verdict.Kind.WAIT;
    };
  }

  /**
   * A packet that goes nowhere leaves no connection behind; what it told of its sender stays. A
   * pool's next connection gets another member then; one that waits is decided about again.
   */
  private static List<Effect> learned(List<Effect> effects, Verdict.Kind kind) {
    return effects.stream()
        .filter(effect -> !effect.isFlowState())
        .filter(effect -> kind != Verdict.Kind.WAIT || !(effect instanceof Effect.Serve))
        .toList();
  }
}
