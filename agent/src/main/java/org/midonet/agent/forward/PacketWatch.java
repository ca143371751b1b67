package org.midonet.agent.forward;

import java.util.UUID;
import org.midonet.agent.datapath.Miss;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.sim.Verdict;
import org.midonet.nsdb.Topology;

/**
 * Somebody who wants to see packets decided, one by one. While it watches, packets that match have
 * no flows and all come up. Called by the packet loop, so it may not wait.
 */
public interface PacketWatch {

  /**
   * Whether packets of a key are of interest. With zero for a port it is asked about those of any.
   *
   * @param port by which they come in
   */
  boolean matches(UUID port, FlowKey key);

  /**
   * A packet was decided about.
   *
   * @param verdict with the packet's way
   * @return whether there is more to see; if not, the watch has ended
   */
  boolean decided(Miss miss, UUID port, Verdict verdict, Topology topology);
}
