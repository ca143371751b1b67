package org.midonet.plugin.client.builtin.balancing;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.loadbalancer.PoolStatistics;

/**
 * Shows which members the agents find alive, and what went through pools. Safe to share between
 * threads.
 */
public final class BuiltInPools implements Plugin, PoolStatistics {
  private final BuiltInMidonet midonet;
  private volatile @Nullable PoolWatch watch;

  /** Of that MidoNet. */
  public BuiltInPools(BuiltInMidonet midonet) {
    this.midonet = midonet;
  }

  @Override
  public String name() {
    return "midonet_pools";
  }

  @Override
  public Set<String> aliases() {
    return Set.of();
  }

  @Override
  public void started(Sessions sessions) {
    watch = PoolWatch.start(midonet, sessions);
  }

  /** What hosts count at the moment, and what those counted that are gone or started anew. */
  @Override
  public Optional<Traffic> of(Session session, String pool) {
    UUID id = UUID.fromString(pool);
    List<Counted> live = Counted.live(midonet.nsdb().topology(), id);
    Set<Counted.Key> keys = live.stream().map(Counted::key).collect(Collectors.toSet());
    return Optional.of(
        live.stream()
            .map(Counted::traffic)
            .reduce(TrafficTable.except(session, id, keys), Traffic::plus));
  }

  @Override
  public void close() {
    PoolWatch running = watch;
    if (running != null) {
      running.close();
    }
  }
}
