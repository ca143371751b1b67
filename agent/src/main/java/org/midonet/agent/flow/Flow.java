package org.midonet.agent.flow;

import java.time.Duration;
import java.util.Set;

/**
 * A decision: packets of this key get these actions. Immutable, safe to share.
 *
 * @param tags what the decision rested on; if they are a {@link SmallSet}, it is frozen
 * @param idle after how long without a packet the flow goes; zero for never
 * @param hard after how long it goes in any case; zero for never
 */
public record Flow(FlowKey key, Actions actions, Set<FlowTag> tags, Duration idle, Duration hard) {
  public Flow {
    tags = tags instanceof FlowTags || tags instanceof SmallSet ? tags : Set.copyOf(tags);
  }

  /** The same with equal tags, which may take less room. */
  Flow withTags(Set<FlowTag> equal) {
    return new Flow(key, actions, equal, idle, hard);
  }
}
