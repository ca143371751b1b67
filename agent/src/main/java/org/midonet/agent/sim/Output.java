package org.midonet.agent.sim;

import java.util.List;
import java.util.UUID;
import org.midonet.agent.flow.Action;

/**
 * A packet leaves the virtual network by a port. Immutable, safe to share.
 *
 * @param port an exterior port, wherever it is bound
 * @param rewrite what the packet is then
 * @param actions what makes it so, after those of the outputs before this one
 */
public record Output(UUID port, Rewrite rewrite, List<Action> actions) {
  public Output {
    actions = List.copyOf(actions);
  }
}
