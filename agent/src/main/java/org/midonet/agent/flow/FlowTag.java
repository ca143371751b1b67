package org.midonet.agent.flow;

/**
 * Something that a decision rested on: a device, a rule chain, a route, a learned address. When it
 * changes, the flows with the tag go. Implementations are values: they compare by what they name.
 */
public interface FlowTag {

  /** Whether it is of one connection, and so of few flows; others may be of most flows. */
  default boolean isOfAConnection() {
    return false;
  }
}
