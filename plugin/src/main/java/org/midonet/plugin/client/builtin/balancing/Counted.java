package org.midonet.plugin.client.builtin.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.Topology;
import org.midonet.plugin.loadbalancer.PoolStatistics.Traffic;
import org.midonet.topology.ObjectType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a host has counted of a pool since its agent started. Immutable, safe to share between
 * threads.
 *
 * @param epoch another one for each start of an agent, which counts from zero
 */
record Counted(UUID pool, UUID host, String epoch, Traffic traffic) {
  /** What hosts publish of pools, as JSON. */
  static final String KEY = "load_balancing";

  private static final int EPOCH_LENGTH = 64;

  /** What identifies a count as it grows. */
  record Key(UUID pool, UUID host, String epoch) {}

  Key key() {
    return new Key(pool, host, epoch);
  }

  /** What the hosts that are there have counted of a pool. */
  static List<Counted> live(Topology topology, UUID pool) {
    List<Counted> counted = new ArrayList<>();
    Map<UUID, String> published = topology.state(new StateKey(ObjectType.POOL, pool, KEY));
    published.forEach((host, text) -> parse(pool, host, text).ifPresent(counted::add));
    return counted;
  }

  /** Reads what a host published; nothing from what is not understood. */
  static Optional<Counted> parse(UUID pool, UUID host, String text) {
    try {
      JsonNode json = JsonMapper.shared().readTree(text);
      String epoch = json.path("epoch").asString("");
      if (epoch.isEmpty() || epoch.length() > EPOCH_LENGTH) {
        return Optional.empty();
      }
      return Optional.of(
          new Counted(
              pool,
              host,
              epoch,
              new Traffic(
                  number(json, "bytes_in"),
                  number(json, "bytes_out"),
                  number(json, "active_connections"),
                  number(json, "total_connections"))));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static long number(JsonNode json, String name) {
    return Math.max(0, json.path(name).asLong(0));
  }
}
