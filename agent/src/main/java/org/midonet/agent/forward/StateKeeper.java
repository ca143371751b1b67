package org.midonet.agent.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Flow;
import org.midonet.agent.flow.FlowStatistics;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.FlowState;
import org.midonet.agent.state.LocalState;
import org.midonet.agent.state.MacKey;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.agent.state.Origin;
import org.midonet.agent.state.Phase;
import org.midonet.agent.state.Refused;
import org.midonet.agent.state.StateKey;
import org.midonet.agent.state.StateView;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpProtocol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps state while flows use it, tells others of what they should know, and lets it go. Confined
 * to the packet loop.
 */
final class StateKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);

  /** How often peers are told again of what is in use; they keep it three times as long. */
  private static final Duration TELL_AGAIN = Duration.ofSeconds(30);

  /** How often it is said that state was refused. */
  private static final long COMPLAIN_MILLIS = 60_000;

  /** How many flows are looked at before something else may happen. */
  private static final int AT_ONCE = 256;

  private final LocalState local;
  private final StatePublisher publisher;
  private final FlowStateLog log;
  private Refused refused = new Refused(0, 0);
  private long complained = now() - COMPLAIN_MILLIS;

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
   * Whether the connections among the effects can be kept. Those of the port that are over make
   * room.
   *
   * @param payer the port whose share they count against, null for none
   */
  boolean hasRoom(List<Effect> effects, @Nullable UUID payer, FlowTable flows) {
    for (Effect effect : effects) {
      if (effect.isFlowState() && payer != null) {
        List<StateKey> over = local.makeRoom(effect, payer);
        if (!over.isEmpty()) {
          forgotten(over, flows);
        }
      }
      if (effect.isFlowState() && !local.hasRoom(effect, payer)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Makes effects true. Flows that were decided by the state before go; the decision at hand knows
   * of the new state.
   *
   * @return the stamp for the flow of this decision
   */
  long apply(List<Effect> effects, Origin origin, FlowTable flows, long stamp) {
    List<FlowTag> changed = new ArrayList<>();
    for (Effect effect : effects) {
      if (apply(effect, origin)) {
        changed.addAll(keys(effect));
      }
    }
    return changed.isEmpty() ? stamp : flows.invalidateOwn(changed, stamp);
  }

  /** A translation is known by the keys of both ways. */
  private static List<FlowTag> keys(Effect effect) {
    return effect instanceof Effect.Bind bind
        ? List.of(bind.key(), bind.key().reverse(bind.binding()))
        : List.of(effect.changed());
  }

  /** Makes a connection known that began without the agent, as far as it is now. */
  void begun(List<Effect> effects, Origin origin, Phase phase, FlowTable flows) {
    apply(effects, origin, flows, flows.stamp());
    effects.forEach(effect -> local.touch(effect.changed(), phase, now()));
  }

  private boolean apply(Effect effect, Origin origin) {
    boolean changed = local.apply(effect, origin, now());
    if (changed) {
      publisher.learned(effect);
      keep(effect, origin);
    }
    return changed;
  }

  private void keep(Effect effect, Origin origin) {
    if (effect.isFlowState()) {
      log.add(new FlowState(List.of(effect), origin.ports()));
    }
  }

  /** The same for what a peer told. */
  void importState(FlowState known, FlowTable flows) {
    Origin origin = new Origin(null, known.ports());
    for (Effect effect : known.effects()) {
      if (local.importState(effect, origin, now())) {
        keep(effect, origin);
        flows.invalidate(keys(effect));
      }
    }
  }

  /** Forgets what other hosts know better, as the machine or address has moved there. */
  void learnedElsewhere(List<LearnedElsewhere> told, Topology present, FlowTable flows) {
    for (LearnedElsewhere one : told) {
      Object own =
          one.key() instanceof MacKey mac
              ? local.learnedPort(mac)
              : one.key() instanceof NeighbourKey neighbour ? local.neighbour(neighbour) : null;
      if (own != null && one.overrules(own, present)) {
        local.forget(one.key());
        forgotten(List.of(one.key()), flows);
      }
    }
  }

  /** Forgets what the machine at a port told of itself, as it is there no more. */
  void detached(UUID port, FlowTable flows) {
    forgotten(local.forgetAnnounced(port), flows);
  }

  /** Flows that use it go as well: the next packet makes it known again, as it did at first. */
  private void forgotten(List<StateKey> gone, FlowTable flows) {
    List<FlowTag> tags = new ArrayList<>(gone);
    gone.forEach(key -> tags.add(new UsesState(key)));
    flows.invalidate(tags);
    gone.forEach(publisher::forgotten);
  }

  /** Hands to the system what a successor is to know. */
  void flush() {
    log.flush();
  }

  /** The neighbours that ought to be asked again whether they are there. */
  List<NeighbourKey> staleNeighbours(long now) {
    return local.staleNeighbours(now);
  }

  /**
   * Looks what the datapath has forwarded, and lets go what is not used any more.
   *
   * @param peers told again of what is used
   * @param between run now and then, as it may take long
   */
  void sweep(FlowTable flows, Consumer<FlowState> peers, Runnable between, long now) {
    int touched = 0;
    for (Flow flow : flows.sweep(between).active()) {
      if (++touched % AT_ONCE == 0) {
        between.run();
      }
      boolean tcp = flow.key().protocol() == IpProtocol.TCP.number();
      for (FlowTag tag : flow.tags()) {
        if (tag instanceof UsesState uses) {
          local.touch(uses.key(), tcp ? phase(uses, flows) : Phase.ACTIVE, now);
          FlowState again = local.retell(uses.key(), now, TELL_AGAIN);
          if (again != null) {
            peers.accept(again);
          }
        }
      }
    }
    log.touch();
    expire(flows, between, now);
    complain(now);
  }

  private void expire(FlowTable flows, Runnable between, long now) {
    List<StateKey> gone = local.expireSome(now, AT_ONCE);
    while (!gone.isEmpty()) {
      forgotten(gone, flows);
      between.run();
      gone = local.expireSome(now, AT_ONCE);
    }
    local.expireReservations(now);
  }

  private void complain(long now) {
    Refused present = local.refused();
    if (!present.equals(refused) && now - complained >= COMPLAIN_MILLIS) {
      complained = now;
      LOG.warn(
          "Too much state: {} packets of new connections were dropped, {} times a MAC or neighbour"
              + " was not learned",
          present.connections() - refused.connections(),
          present.addresses() - refused.addresses());
      refused = present;
    }
  }

  /**
   * How far a TCP connection is, as far as its flows on this host tell, one for each way. Other
   * state is used by any number of connections, and is in no phase.
   */
  private Phase phase(UsesState uses, FlowTable flows) {
    if (!uses.key().isOfAConnection()) {
      return Phase.ACTIVE;
    }
    List<FlowStatistics> ways = new ArrayList<>(flows.carried(uses));
    StateKey other = local.otherWay(uses.key());
    if (other != null) {
      ways.addAll(flows.carried(new UsesState(other)));
    }
    return TcpPhase.of(ways);
  }
}
