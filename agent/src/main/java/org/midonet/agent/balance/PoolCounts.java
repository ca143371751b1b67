package org.midonet.agent.balance;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.midonet.agent.forward.Forwarding;
import org.midonet.agent.forward.PoolStatistics;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.StateKey;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what pools have served by flows of this host, once a second where that changed. Safe to
 * share.
 *
 * <p>Counts begin at zero with each agent, and then the epoch is another one: who adds up knows
 * that what comes is not less than before.
 */
public final class PoolCounts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PoolCounts.class);
  private static final long PACE_MILLIS = 1000;

  private final Nsdb nsdb;
  private final UUID hostId;
  private final Forwarding forwarding;
  private final String epoch = UUID.randomUUID().toString();

  /** The thread's alone. */
  private final Map<UUID, PoolStatistics> published = new HashMap<>();

  private final Thread thread =
      Thread.ofPlatform().daemon().name("agent-pools").unstarted(this::run);

  private PoolCounts(Nsdb nsdb, UUID hostId, Forwarding forwarding) {
    this.nsdb = nsdb;
    this.hostId = hostId;
    this.forwarding = forwarding;
  }

  /** Begins to publish. */
  public static PoolCounts start(Nsdb nsdb, UUID hostId, Forwarding forwarding) {
    PoolCounts counts = new PoolCounts(nsdb, hostId, forwarding);
    counts.thread.start();
    return counts;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PACE_MILLIS);
        publish();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void publish() {
    try {
      Set<UUID> present = new HashSet<>();
      for (Pool pool : nsdb.topology().list(ObjectType.POOL)) {
        present.add(pool.id());
        publish(pool.id(), forwarding.statistics(pool.id()));
      }
      forwarding.retainPools(present);
      Set<UUID> gone = new HashSet<>(published.keySet());
      gone.removeAll(present);
      gone.forEach(this::withdraw);
    } catch (NsdbException e) {
      LOG.debug("what pools have served is told later: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("what pools have served was not told", e);
    }
  }

  private void publish(UUID pool, PoolStatistics now) {
    if (!now.equals(published.getOrDefault(pool, PoolStatistics.NONE))) {
      nsdb.publish(StateKey.loadBalancing(pool), hostId, json(now));
      published.put(pool, now);
    }
  }

  private void withdraw(UUID pool) {
    nsdb.withdraw(StateKey.loadBalancing(pool), hostId);
    published.remove(pool);
  }

  private String json(PoolStatistics of) {
    return """
    {"epoch": "%s", "bytes_in": %d, "bytes_out": %d, "active_connections": %d, "total_connections": %d}\
    """
        .formatted(
            epoch, of.bytesIn(), of.bytesOut(), of.activeConnections(), of.totalConnections());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
