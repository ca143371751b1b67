package org.midonet.plugin.client.builtin;

import org.midonet.nsdb.Topology;
import org.midonet.plugin.client.cluster.Task;

/**
 * A topology that has the effect of all tasks up to one. Immutable, safe to share between threads.
 *
 * @param task the last task; 0 for none
 * @param request the request it is of, as its row has it; empty where that does not matter
 */
record Position(int task, String request, Topology topology) {

  /** Whether it is the row of this position's last task. */
  boolean isAfter(Task row) {
    return row.id() == task && row.transactionId().equals(request);
  }
}
