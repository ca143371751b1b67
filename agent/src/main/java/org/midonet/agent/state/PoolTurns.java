package org.midonet.agent.state;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How often members of pools got connections here. Safe to share. */
final class PoolTurns {
  private final ConcurrentMap<UUID, Long> turns = new ConcurrentHashMap<>();
  private final ConcurrentMap<UUID, Long> served = new ConcurrentHashMap<>();

  /** A member got a connection. */
  void serve(Effect.Serve serve) {
    UUID pool = serve.key().pool();
    served.merge(pool, 1L, Long::sum);
    if (serve.byTurn()) {
      turns.merge(pool, 1L, Long::sum);
    }
  }

  /** How many turns members of a pool had. */
  long turn(UUID pool) {
    return turns.getOrDefault(pool, 0L);
  }

  /** How many connections members of a pool got. */
  long served(UUID pool) {
    return served.getOrDefault(pool, 0L);
  }

  /** Forgets other pools than these. */
  void retain(Set<UUID> pools) {
    turns.keySet().retainAll(pools);
    served.keySet().retainAll(pools);
  }
}
