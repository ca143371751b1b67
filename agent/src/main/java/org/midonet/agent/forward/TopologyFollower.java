package org.midonet.agent.forward;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.sim.Invalidation;
import org.midonet.agent.sim.VirtualTopology;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Subscription;
import org.midonet.nsdb.Topology;

/**
 * Keeps the topology ready for decisions, and lets flows go that rest on what changed. Safe to
 * share.
 *
 * <p>The new snapshot is there before the flows go, so that what comes up then is decided by it.
 */
final class TopologyFollower implements AutoCloseable {
  private final UUID self;
  private final FlowTable flows;
  private final Tally tally;
  private final Listener listener;
  private final Subscription subscription;
  private volatile VirtualTopology present = VirtualTopology.EMPTY;

  /** Told of changes when the flows that rest on them are gone, by the store's thread. */
  interface Listener {
    void changed(Topology now, List<Change> changes, Set<FlowTag> tags);
  }

  /**
   * @param self this host
   */
  TopologyFollower(Nsdb nsdb, UUID self, FlowTable flows, Tally tally, Listener listener) {
    this.self = self;
    this.flows = flows;
    this.tally = tally;
    this.listener = listener;
    synchronized (this) { // changes wait for what they start from
      subscription = nsdb.watch(this::changed);
      present = VirtualTopology.of(subscription.start());
    }
  }

  VirtualTopology present() {
    return present;
  }

  private synchronized void changed(Topology before, Topology now, List<Change> changes) {
    long begun = System.nanoTime();
    present = present.after(now, changes);
    Set<FlowTag> tags = new HashSet<>(Invalidation.of(changes, before, now).tags());
    tags.addAll(Peers.reachedOtherwise(changes, now, self));
    flows.invalidate(tags);
    tally.followed(System.nanoTime() - begun);
    if (!tags.isEmpty()) {
      listener.changed(now, changes, tags);
    }
  }

  @Override
  public void close() {
    subscription.close();
  }
}
