package org.midonet.agent.flow;

/**
 * A flow that a template made, and what it has carried. Immutable, safe to share.
 *
 * @param slot of the template
 * @param turn which variant it is
 * @param isBack whether it is the way back
 * @param clientPort of who began the connection
 * @param packets as in {@link FlowStatistics}
 * @param ageNanos since the connection began
 */
public record BegunFlow(
    int slot,
    int turn,
    boolean isBack,
    int clientPort,
    long packets,
    long bytes,
    long ageNanos,
    long idleNanos,
    int tcpFlags) {

  public FlowStatistics statistics() {
    return new FlowStatistics(packets, bytes, idleNanos, tcpFlags);
  }
}
