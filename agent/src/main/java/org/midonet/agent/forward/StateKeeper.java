package org.midonet.agent.forward;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.midonet.agent.flow.Flow;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.LocalState;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.agent.state.Phase;
import org.midonet.agent.state.StateKey;
import org.midonet.agent.state.StateView;
import org.midonet.packets.IpProtocol;

/**
 * Keeps state while flows use it, tells others of what they should know, and lets it go. Confined
 * to the packet loop.
 */
final class StateKeeper {
  private final LocalState local;
  private final StatePublisher publisher;
  private final FlowStateLog log;

  StateKeeper(LocalState local, StatePublisher publisher, FlowStateLog log) {
    this.local = local;
    this.publisher = publisher;
    this.log = log;
  }

  /** Milliseconds of a clock that does not jump. */
  static long now() {
    return System.nanoTime() / 1_000_000;
  }

  StateView local() {
    return local;
  }

  /**
   * Makes effects true. Flows that were decided by the state before go; the decision at hand knows
   * of the new state.
   *
   * @return the stamp for the flow of this decision
   */
  long apply(List<Effect> effects, FlowTable flows, long stamp) {
    Set<FlowTag> changed = new HashSet<>();
    for (Effect effect : effects) {
      if (apply(effect)) {
        changed.addAll(keys(effect));
      }
    }
    return changed.isEmpty() ? stamp : flows.invalidateOwn(changed, stamp);
  }

  /** A translation is known by the keys of both ways. */
  private static Set<FlowTag> keys(Effect effect) {
    return effect instanceof Effect.Bind bind
        ? Set.of(bind.key(), bind.key().reverse(bind.binding()))
        : Set.of(effect.changed());
  }

  private boolean apply(Effect effect) {
    boolean changed = local.apply(effect, now());
    if (changed) {
      publisher.learned(effect);
      keep(effect);
    }
    return changed;
  }

  private void keep(Effect effect) {
    if (effect.isFlowState()) {
      log.add(effect);
    }
  }

  /** The same for what a peer told. */
  void importState(Effect effect, FlowTable flows) {
    if (local.importState(effect, now())) {
      keep(effect);
      flows.invalidate(keys(effect));
    }
  }

  /** Hands to the system what a successor is to know. */
  void flush() {
    log.flush();
  }

  /** The neighbours that ought to be asked again whether they are there. */
  List<NeighbourKey> staleNeighbours(long now) {
    return local.staleNeighbours(now);
  }

  /** Looks what the datapath has forwarded, and lets go what is not used any more. */
  void sweep(FlowTable flows, long now) {
    FlowTable.Sweep sweep = flows.sweep();
    for (Flow flow : sweep.active()) {
      Phase phase = phase(flow.key());
      for (FlowTag tag : flow.tags()) {
        if (tag instanceof UsesState uses) {
          local.touch(uses.key(), phase, now);
        }
      }
    }
    log.touch();
    List<StateKey> gone = local.expire(now);
    flows.invalidate(gone);
    gone.forEach(publisher::forgotten);
  }

  private static Phase phase(FlowKey key) {
    return key.protocol() == IpProtocol.TCP.number() ? Phase.ESTABLISHED : Phase.ACTIVE;
  }
}
