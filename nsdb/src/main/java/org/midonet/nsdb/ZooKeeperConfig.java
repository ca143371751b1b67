package org.midonet.nsdb;

import java.time.Duration;

/**
 * Which ensemble keeps the topology, and how long to wait for it. Immutable, safe to share.
 *
 * @param hosts {@code host:port} of its servers, with commas between
 * @param root the znode below which everything lies
 * @param sessionTimeout after which the ensemble takes a silent process for dead
 * @param timeout how long an operation may take, reconnecting included
 * @param maxTransaction the most bytes of one transaction: {@code jute.maxbuffer} of the ensemble
 */
public record ZooKeeperConfig(
    String hosts, String root, Duration sessionTimeout, Duration timeout, int maxTransaction) {
  private static final int EMBEDDED_MAX_TRANSACTION = Jute.RAISED / 2;

  public ZooKeeperConfig {
    if (!root.matches("(/[^/]+)+")) {
      throw new IllegalArgumentException("the root " + root + " is no path like /midonet");
    }
  }

  /** An ensemble as others run it. */
  public static ZooKeeperConfig of(String hosts) {
    return new ZooKeeperConfig(
        hosts, "/midonet", Duration.ofSeconds(30), Duration.ofSeconds(10), Jute.configured());
  }

  /** The embedded server, which takes larger transactions. */
  public static ZooKeeperConfig of(EmbeddedZooKeeper server) {
    return of(server.hosts()).withMaxTransaction(EMBEDDED_MAX_TRANSACTION);
  }

  /** The same with other time limits. */
  public ZooKeeperConfig withTimeouts(Duration sessionTimeout, Duration timeout) {
    return new ZooKeeperConfig(hosts, root, sessionTimeout, timeout, maxTransaction);
  }

  /** The same with another limit on transactions, in bytes. */
  public ZooKeeperConfig withMaxTransaction(int bytes) {
    return new ZooKeeperConfig(hosts, root, sessionTimeout, timeout, bytes);
  }
}
