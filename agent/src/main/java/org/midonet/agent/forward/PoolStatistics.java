package org.midonet.agent.forward;

/**
 * What a pool has served by flows of this host. Immutable, safe to share.
 *
 * @param bytesIn octets that clients sent to members, with Ethernet headers
 * @param bytesOut octets that members sent to clients, likewise
 * @param activeConnections that are established and that the client has not ended
 * @param totalConnections that members got
 */
public record PoolStatistics(
    long bytesIn, long bytesOut, long activeConnections, long totalConnections) {
  public static final PoolStatistics NONE = new PoolStatistics(0, 0, 0, 0);
}
