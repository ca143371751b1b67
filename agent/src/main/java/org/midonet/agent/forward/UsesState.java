package org.midonet.agent.forward;

import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.state.StateKey;

/**
 * Notes with a flow what state must live on while it carries packets. Immutable, safe to share. It
 * is never invalidated.
 */
record UsesState(StateKey key) implements FlowTag {
  @Override
  public boolean isOfAConnection() {
    return key.isOfAConnection();
  }
}
