package org.midonet.agent.flow;

/**
 * What a flow has carried. Immutable, safe to share.
 *
 * @param packets as the datapath saw them: a large send counts once
 * @param bytes with Ethernet headers
 * @param idleNanos since the last packet, or since the flow was installed
 * @param tcpFlags of its TCP segments, as {@link TcpFlags} keeps them
 */
public record FlowStatistics(long packets, long bytes, long idleNanos, int tcpFlags) {
  static final FlowStatistics NONE = new FlowStatistics(0, 0, 0, 0);
}
