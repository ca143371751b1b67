package org.midonet.agent.forward;

import java.util.Map;
import org.midonet.agent.datapath.DatapathCounters;
import org.midonet.agent.sim.DropReason;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.state.LocalState;

/**
 * What forwarding has done since it began, and what it holds. Immutable, safe to share.
 *
 * @param simulation how long decisions took
 * @param waits how long packets that came up had lain in the ring
 * @param topology how long it took to put a change of the topology in place
 * @param flows in the table, and those that templates made
 * @param flowRoom how many there may be
 * @param templates by which connections begin
 * @param state connections, translations, learned addresses; of what templates began at the last
 *     sweep
 * @param natPorts source ports that translation has given out
 * @param ports attached, that of the metadata proxy included
 * @param watches live traces under way
 */
public record ForwardingStatistics(
    DatapathCounters datapath,
    Decisions decisions,
    Timings.Snapshot simulation,
    Timings.Snapshot waits,
    Timings.Snapshot topology,
    int flows,
    int flowRoom,
    int templates,
    LocalState.Counts state,
    int natPorts,
    int ports,
    int watches) {

  /**
   * What was decided about packets that came up.
   *
   * @param fromPeers packets that a peer had decided about
   */
  public record Decisions(
      Map<Verdict.Kind, Long> kinds, Map<DropReason, Long> drops, long fromPeers) {
    public Decisions {
      kinds = Map.copyOf(kinds);
      drops = Map.copyOf(drops);
    }
  }
}
