package org.midonet.agent.inspect;

import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.forward.Forwarding;
import org.midonet.agent.forward.ForwardingStatistics;

/** What an agent had done at one moment. Immutable, safe to share. */
record TopSample(FlowTable.View flows, ForwardingStatistics statistics, long nanos) {
  static TopSample of(Forwarding forwarding) {
    return new TopSample(forwarding.flows(), forwarding.statistics(), System.nanoTime());
  }
}
