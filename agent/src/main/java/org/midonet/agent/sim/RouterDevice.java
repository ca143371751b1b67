package org.midonet.agent.sim;

import java.util.List;
import java.util.UUID;
import org.midonet.topology.Router;

/** A router prepared for many packets. Immutable, safe to share. */
record RouterDevice(Router router, RoutingTable routes, List<TraceMatch> traces) {
  RouterDevice {
    traces = List.copyOf(traces);
  }

  UUID id() {
    return router.id();
  }
}
