package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.flow.SmallSet;
import org.midonet.agent.state.ConnectionKey;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.agent.state.StateKey;
import org.midonet.agent.state.StateView;
import org.midonet.packets.IpAddress;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.QuotedPacket;

/**
 * One packet's way through the virtual network: where it is, and what was found out so far. Not
 * safe to share; the devices move it on.
 */
final class Walk {
  private static final int MAX_PORTS = 12;

  /** What a packet rests on that crosses a router. */
  private static final int USUAL_TAGS = 24;

  final VirtualTopology topology;
  final StateView state;
  final SimulationSettings settings;
  final Ethernet frame;
  final Headers original;

  /** The exterior port by which the packet came, null for what the agent made. */
  final @Nullable PortDevice ingress;

  /** Neighbours that were asked for long enough. */
  final Set<NeighbourKey> silent;

  /** The port by which the packet entered the present device. */
  @Nullable PortDevice inPort;

  /** The port by which it is about to leave the present device. */
  @Nullable PortDevice outPort;

  /** Whether its destination was translated since it entered the present device. */
  boolean destinationRewritten;

  /** Of a probe of a member: on whose behalf it is translated. */
  @Nullable UUID prober;

  /** Where a rule redirects it. */
  @Nullable Redirect redirect;

  final List<OutputAt> outputs = new ArrayList<>();
  final List<Generated> generated = new ArrayList<>();
  final List<Effect> effects = new ArrayList<>();
  final SmallSet<FlowTag> tags = new SmallSet<>(USUAL_TAGS);
  final SmallSet<StateKey> uses = new SmallSet<>();
  final SmallSet<UUID> traced = new SmallSet<>();
  boolean isFlow = true;
  boolean isStateful;

  /** Whether another source port, or destination port, could have led the packet elsewhere. */
  boolean bySourcePort;

  boolean byDestinationPort;
  Verdict.@Nullable Wait waitingFor;
  @Nullable DropReason reason;

  private final @Nullable List<Step> steps;
  private final SmallSet<UUID> traversed = new SmallSet<>();
  private @Nullable Boolean returnFlow;
  private int ports;

  /** The packet at an exterior port. */
  record OutputAt(UUID port, Headers headers) {}

  /** Where a rule sends a packet instead of its ordinary way. */
  record Redirect(UUID port, boolean ingress) {}

  Walk(
      VirtualTopology topology,
      StateView state,
      SimulationSettings settings,
      Ethernet frame,
      @Nullable PortDevice ingress,
      Set<NeighbourKey> silent,
      boolean isTraced) {
    this.topology = topology;
    this.state = state;
    this.settings = settings;
    this.frame = frame;
    this.original = new Headers(frame);
    this.ingress = ingress;
    this.silent = silent;
    this.steps = isTraced ? new ArrayList<>() : null;
  }

  /** Whether the way is to be told: who notes a step asks first, as most packets are not traced. */
  boolean isTraced() {
    return steps != null;
  }

  /** Headers in words; empty where nobody is told. */
  String told(Headers headers) {
    return isTraced() ? headers.toString() : "";
  }

  /** Notes a step if the way is to be told. */
  void step(Step step) {
    if (steps != null) {
      steps.add(step);
    }
  }

  /** Notes that the packet goes no further. */
  Result drop(@Nullable UUID where, DropReason why) {
    if (isTraced()) {
      step(new Step.Drop(where, why));
    }
    if (reason == null) {
      reason = why;
    }
    return Result.DROPPED;
  }

  /** Notes that the agent answers; such packets always come up. */
  Result answer(UUID device, String what, Generated... frames) {
    if (isTraced()) {
      step(new Step.Answer(device, what));
    }
    isFlow = false;
    generated.addAll(List.of(frames));
    return Result.CONSUMED;
  }

  /** Whether the packet may pass another port; one that passed too many goes round in circles. */
  boolean mayEnter(PortDevice port) {
    tags.add(new Tag.OfPort(port.id()));
    ports++;
    return ports <= MAX_PORTS;
  }

  /** Lets a copy of the packet go its own way, and comes back to this place. */
  Result fork(Supplier<Result> way) {
    PortDevice in = inPort;
    PortDevice out = outPort;
    boolean rewritten = destinationRewritten;
    int passed = ports;
    Result result = way.get();
    inPort = in;
    outPort = out;
    destinationRewritten = rewritten;
    ports = passed;
    return result;
  }

  void traverse(UUID device) {
    traversed.add(device);
  }

  boolean hasTraversed(UUID device) {
    return traversed.contains(device);
  }

  void meet(List<TraceMatch> traces, Headers headers) {
    for (TraceMatch trace : traces) {
      if (trace.matcher().matches(this, headers)) {
        traced.add(trace.request());
      }
    }
  }

  boolean isMember(UUID group, @Nullable IpAddress address) {
    if (address == null) {
      return false;
    }
    tags.add(new Tag.Member(group, address));
    return topology.group(group).contains(address);
  }

  /**
   * Whether the packet belongs to the way back of a connection that was let through. What the agent
   * makes answers something that was.
   */
  boolean isReturn() {
    if (returnFlow == null) {
      returnFlow = ingress == null || lookUpConnection(ingress.device());
      isStateful = true;
    }
    return returnFlow;
  }

  private boolean lookUpConnection(@Nullable UUID device) {
    ConnectionKey key = device == null ? null : connection(original, device);
    if (key == null) {
      return false;
    }
    boolean known = state.isReturn(key);
    tags.add(key);
    if (known) {
      uses.add(key);
    }
    if (isTraced()) {
      step(new Step.Connection(known, key));
    }
    return known;
  }

  /** An ICMP error belongs to the connection whose packet it is about. */
  private static @Nullable ConnectionKey connection(Headers headers, UUID device) {
    IpAddress source = headers.nwSource;
    IpAddress destination = headers.nwDestination;
    QuotedPacket quoted = headers.quoted;
    if (quoted != null) {
      return new ConnectionKey(
              quoted.source(),
              quoted.sourcePort(),
              quoted.destination(),
              quoted.destinationPort(),
              quoted.protocol(),
              device)
          .reversed(device);
    }
    return source == null || destination == null || !headers.isTrackable()
        ? null
        : new ConnectionKey(
            source,
            headers.sourcePort,
            destination,
            headers.destinationPort,
            headers.protocol,
            device);
  }

  /** The packet leaves by an exterior port; its way back will be known there if anybody asked. */
  Result output(PortDevice port, Headers headers) {
    if (isTraced()) {
      step(new Step.Deliver(port.id(), headers.toString()));
    }
    outputs.add(new OutputAt(port.id(), headers));
    UUID device = port.device();
    boolean isNew = returnFlow != null && !returnFlow;
    boolean track = (isNew || prober != null) && headers.quoted == null;
    ConnectionKey there = device == null || !track ? null : connection(headers, device);
    if (there != null && device != null) {
      ConnectionKey back = there.reversed(device);
      effects.add(new Effect.Track(back));
      uses.add(back);
    }
    return Result.FORWARDED;
  }

  /** The frame as it would be with other headers. */
  Ethernet frameOf(Headers headers) {
    return Rewrite.between(original, headers).apply(frame);
  }

  List<Step> steps() {
    return steps == null ? List.of() : steps;
  }
}
