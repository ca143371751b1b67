package org.midonet.nsdb;

import java.util.List;

/** Who follows the store. Called by one thread at a time, in the order of the changes. */
@FunctionalInterface
public interface Watcher {
  /**
   * Tells what changed.
   *
   * @param before the snapshot of the call before, or that of the subscription
   * @param after the snapshot with the changes
   * @param changes never empty; each is told once
   */
  void changed(Topology before, Topology after, List<Change> changes);
}
