package org.midonet.agent.forward;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.flow.Fragment;
import org.midonet.agent.flow.Input;
import org.midonet.agent.flow.Template;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.state.ConnectionKey;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.FlowState;
import org.midonet.agent.state.NatKey;
import org.midonet.agent.state.StateKey;
import org.midonet.packets.IpProtocol;
import org.midonet.packets.frame.Octets;

/**
 * One connection's two ways, seen as those of any that differs in the client's port alone.
 * Immutable, safe to share.
 *
 * <p>Where the client's port stands is told by what stands there, not by its value: it is the
 * source of what goes there and the destination of what comes back.
 */
record Pattern(Way there, Way back) {

  /** One way as it was decided for one connection. */
  record Way(FlowKey key, Actions actions, Verdict verdict) {}

  /**
   * Whether every connection of the kind would have been decided so. Of UDP, where any packet may
   * be the first, only connections that are not translated: one that is an answer in truth fares
   * the same then.
   */
  boolean isGeneral() {
    return isOfOneConnection(there.key)
        && isAlike(there)
        && isAlike(back)
        && !there.verdict.bySourcePort()
        && !back.verdict.byDestinationPort()
        && back.key.destinationPort() == clientPort()
        && there.verdict.effects().stream().allMatch(this::isOfClientPort)
        && back.verdict.effects().stream().noneMatch(Effect::isFlowState)
        && restsOnItselfAlone();
  }

  private int clientPort() {
    return there.key.sourcePort();
  }

  private static boolean isOfOneConnection(FlowKey key) {
    return key.input() instanceof Input.Port
        && key.fragment() == Fragment.NONE
        && key.sourcePort() != 0
        && (key.protocol() == IpProtocol.TCP.number() || key.protocol() == IpProtocol.UDP.number());
  }

  private static boolean isAlike(Way way) {
    Verdict verdict = way.verdict;
    return verdict.isFlow()
        && verdict.outputs().size() == 1
        && verdict.generated().isEmpty()
        && verdict.traced().isEmpty()
        && !way.actions.isDrop()
        && way.actions.list().stream().noneMatch(Action.Tunnel.class::isInstance);
  }

  private boolean isOfClientPort(Effect effect) {
    return switch (effect) {
      case Effect.Track(ConnectionKey key) -> key.destinationPort() == clientPort();
      case Effect.Bind(NatKey key, var _) ->
          there.key.protocol() == IpProtocol.TCP.number()
              && (key.kind() == NatKey.Kind.STICKY
                  || (key.kind() == NatKey.Kind.DNAT && key.sourcePort() == clientPort()));
      case Effect.Serve it -> true;
      case Effect.LearnMac it -> false;
      case Effect.LearnNeighbour it -> false;
      case Effect.LearnAnnounced it -> false;
      case Effect.AskMetadata it -> false;
    };
  }

  /** Whether no connection or translation was found that was there before. */
  private boolean restsOnItselfAlone() {
    Set<StateKey> own = new HashSet<>();
    for (Effect effect : there.verdict.effects()) {
      own.add(effect.changed());
      if (effect instanceof Effect.Bind bind) {
        own.add(bind.key().reverse(bind.binding()));
      }
    }
    return own.containsAll(there.verdict.uses().stream().filter(Pattern::hasClientPort).toList())
        && own.containsAll(back.verdict.uses().stream().filter(Pattern::hasClientPort).toList());
  }

  /** What is kept of a client whatever its port is no part of one connection. */
  static boolean hasClientPort(FlowTag tag) {
    return tag.isOfAConnection()
        && !(tag instanceof NatKey nat
            && (nat.kind() == NatKey.Kind.STICKY || nat.kind() == NatKey.Kind.REVERSE_STICKY));
  }

  /** What all such connections rest on. */
  Set<FlowTag> tags() {
    Set<FlowTag> tags = new HashSet<>(withoutClientPort(there));
    tags.addAll(withoutClientPort(back));
    uses().forEach(key -> tags.add(new UsesState(key)));
    return Set.copyOf(tags);
  }

  /** The same by way. */
  ConnectionKind.Tags tagsOfWays() {
    return new ConnectionKind.Tags(withoutClientPort(there), withoutClientPort(back));
  }

  private static Set<FlowTag> withoutClientPort(Way way) {
    Set<FlowTag> tags = new HashSet<>(way.verdict.tags());
    tags.removeIf(Pattern::hasClientPort);
    return Set.copyOf(tags);
  }

  /** What must live on while there are such connections, and is of more than one. */
  Set<StateKey> uses() {
    Set<StateKey> uses = new HashSet<>();
    for (Way way : List.of(there, back)) {
      way.verdict.uses().stream().filter(key -> !hasClientPort(key)).forEach(uses::add);
    }
    return Set.copyOf(uses);
  }

  /** The pool of which a member got the connection, null if it was none's. */
  Effect.@Nullable Serve serve() {
    for (Effect effect : there.verdict.effects()) {
      if (effect instanceof Effect.Serve serve) {
        return serve;
      }
    }
    return null;
  }

  /** What becomes known by such a connection, with zero for the client's port. */
  FlowState known(Set<UUID> ports) {
    List<Effect> effects = new ArrayList<>();
    for (Effect effect : there.verdict.effects()) {
      if (effect.isFlowState()) {
        effects.add(withClientPort(effect, 0));
      }
    }
    return new FlowState(effects, ports);
  }

  /** The effect for the connection from a port. */
  static Effect withClientPort(Effect effect, int port) {
    return switch (effect) {
      case Effect.Track(ConnectionKey key) -> new Effect.Track(withClientPort(key, port));
      case Effect.Bind(NatKey key, var binding) when key.kind() != NatKey.Kind.STICKY ->
          new Effect.Bind(withClientPort(key, port), binding);
      case Effect.Bind it -> it;
      case Effect.Serve it -> it;
      case Effect.LearnMac it -> it;
      case Effect.LearnNeighbour it -> it;
      case Effect.LearnAnnounced it -> it;
      case Effect.AskMetadata it -> it;
    };
  }

  static ConnectionKey withClientPort(ConnectionKey key, int port) {
    return new ConnectionKey(
        key.source(), key.sourcePort(), key.destination(), port, key.protocol(), key.device());
  }

  /** The client's port is the source on the way there, and the destination on the way back. */
  static NatKey withClientPort(NatKey key, int port) {
    boolean there = key.kind().isThere();
    return new NatKey(
        key.kind(),
        key.source(),
        there ? port : key.sourcePort(),
        key.destination(),
        there ? key.destinationPort() : port,
        key.protocol(),
        key.device());
  }

  static int clientPort(NatKey key) {
    return key.kind().isThere() ? key.sourcePort() : key.destinationPort();
  }

  /**
   * The flows of such connections.
   *
   * @param note for a successor
   */
  Template.Variant variant(Octets note) {
    return Template.Variant.of(there.actions, back.key, back.actions, note);
  }
}
