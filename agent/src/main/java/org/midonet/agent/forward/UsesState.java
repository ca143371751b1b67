package org.midonet.agent.forward;

import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.state.StateKey;

/**
 * Notes with a flow what state must live on while it carries packets. Immutable, safe to share. It
 * is invalidated when the state is forgotten, not when it comes or changes.
 */
record UsesState(StateKey key) implements FlowTag {
  @Override
  public boolean isOfAConnection() {
    return key.isOfAConnection();
  }
}
