package org.midonet.agent.sim;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.flow.SmallSet;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.StateKey;
import org.midonet.packets.IpAddress;

/**
 * What becomes of a packet. Immutable, safe to share.
 *
 * @param kind what to do
 * @param outputs where copies of it leave; in order, as each builds on the ones before
 * @param isFlow whether what is said here holds for every packet of the same flow key
 * @param isStateful whether it was decided by tracked connections or translations
 * @param bySourcePort whether a packet that differs in its source port alone might have fared
 *     otherwise, beside the connections and translations that its port is a part of
 * @param byDestinationPort the same of its destination port
 * @param generated what the agent sends because of it
 * @param effects what the agent's state should become; before the packet goes on
 * @param tags all that it was decided by
 * @param uses the state that must live on while such packets come
 * @param waitingFor of kind {@link Kind#WAIT}: whose MAC is to be found out
 * @param reason of kind {@link Kind#DROP}
 * @param traced the trace requests that it met
 * @param trace its way, if that was asked for
 */
public record Verdict(
    Kind kind,
    List<Output> outputs,
    boolean isFlow,
    boolean isStateful,
    boolean bySourcePort,
    boolean byDestinationPort,
    List<Generated> generated,
    List<Effect> effects,
    Set<FlowTag> tags,
    Set<StateKey> uses,
    @Nullable Wait waitingFor,
    @Nullable DropReason reason,
    Set<UUID> traced,
    List<Step> trace) {
  public Verdict {
    outputs = List.copyOf(outputs);
    generated = List.copyOf(generated);
    effects = List.copyOf(effects);
    tags = frozen(tags);
    uses = frozen(uses);
    traced = frozen(traced);
    trace = List.copyOf(trace);
  }

  /** What the walk gathered is nobody else's by now. */
  private static <T> Set<T> frozen(Set<T> set) {
    return set instanceof SmallSet<T> gathered ? gathered.freeze() : Set.copyOf(set);
  }

  /** What to do with a packet. */
  public enum Kind {
    /** Send it to the outputs. */
    FORWARD,
    /** Forget it. */
    DROP,
    /** The agent has taken it, and may answer. */
    CONSUMED,
    /** Keep it, and decide anew when the neighbour answers. */
    WAIT
  }

  /**
   * A neighbour whose MAC is not known.
   *
   * @param router who wants to know
   * @param port by which the router asks
   */
  public record Wait(UUID router, UUID port, IpAddress address) {}
}
