package org.midonet.agent.forward;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.Miss;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.state.Origin;
import org.midonet.nsdb.Topology;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;

/**
 * A packet on its way. Immutable, safe to share.
 *
 * @param miss null for one that the agent made
 */
record Packet(@Nullable Miss miss, Simulation.Input input) {

  /** Whether packets like it may go by a flow. */
  boolean canHaveFlow() {
    return miss != null && miss.reason() == Miss.Reason.NO_FLOW;
  }

  /** Machines have a share of the state each; what comes by a router's uplink is many hosts'. */
  Origin origin(Topology topology, Verdict verdict) {
    UUID in = input.port();
    Set<UUID> touched = new HashSet<>(Set.of(in));
    verdict.outputs().forEach(output -> touched.add(output.port()));
    Port port = topology.find(ObjectType.PORT, in);
    return new Origin(port == null || port.routerId() != null ? null : in, touched);
  }
}
