package org.midonet.plugin.loadbalancer;

import java.util.Optional;
import org.midonet.neutron.service.Session;

/** Knows what went through pools. Implementations are safe to share between threads. */
@FunctionalInterface
public interface PoolStatistics {
  /** Where nobody counts, as with a MidoNet over its REST API. */
  PoolStatistics NONE = (session, pool) -> Optional.empty();

  /**
   * What went through a pool since it was made.
   *
   * @param bytesIn from clients
   * @param bytesOut to clients
   * @param activeConnections now
   */
  record Traffic(long bytesIn, long bytesOut, long activeConnections, long totalConnections) {
    /** Nothing yet. */
    public static final Traffic NOTHING = new Traffic(0, 0, 0, 0);

    /** This and that. */
    public Traffic plus(Traffic other) {
      return new Traffic(
          bytesIn + other.bytesIn,
          bytesOut + other.bytesOut,
          activeConnections + other.activeConnections,
          totalConnections + other.totalConnections);
    }
  }

  /** What went through a pool; empty where nobody counts. */
  Optional<Traffic> of(Session session, String pool);
}
