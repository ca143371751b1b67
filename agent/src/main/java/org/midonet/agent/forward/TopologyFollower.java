package org.midonet.agent.forward;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
  private final FlowTable flows;
  private final Consumer<Set<FlowTag>> after;
  private final Tally tally;
  private final Subscription subscription;
  private volatile VirtualTopology present = VirtualTopology.EMPTY;

  /**
   * @param after told of the tags when their flows are gone; called by the store's thread
   */
  TopologyFollower(Nsdb nsdb, FlowTable flows, Tally tally, Consumer<Set<FlowTag>> after) {
    this.flows = flows;
    this.tally = tally;
    this.after = after;
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
    Set<FlowTag> tags = Invalidation.of(changes, before, now).tags();
    flows.invalidate(tags);
    tally.followed(System.nanoTime() - begun);
    if (!tags.isEmpty()) {
      after.accept(tags);
    }
  }

  @Override
  public void close() {
    subscription.close();
  }
}
