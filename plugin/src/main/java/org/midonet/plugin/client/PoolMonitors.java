package org.midonet.plugin.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Health monitors that join and leave pools, as MidoNet has it since 2015.06: a monitor comes with
 * its pools and keeps them as long as it lives (spec section 4.10 of MidoNet). One whose pools
 * change is made anew. Pure functions, safe to share between threads.
 */
public final class PoolMonitors {
  private static final String POOLS = "pools";

  private PoolMonitors() {}

  /** What makes a monitor watch one more pool. */
  public static Stream<MidonetCall> calls(MidonetCall.AddPoolMonitor add) {
    MidonetCall create = create(add.body());
    return pools(add.body()).size() > 1 ? Stream.of(delete(add.id()), create) : Stream.of(create);
  }

  /** What makes a monitor watch one pool less. */
  public static Stream<MidonetCall> calls(MidonetCall.RemovePoolMonitor remove) {
    return pools(remove.body()).isEmpty()
        ? Stream.of(delete(remove.id()))
        : Stream.of(delete(remove.id()), create(remove.body()));
  }

  /** A monitor that watches no pool yet. */
  public static MidonetCall alone(Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> alone = new LinkedHashMap<>(body);
    alone.put(POOLS, List.of());
    return create(alone);
  }

  private static MidonetCall create(Map<String, @Nullable Object> body) {
    return new MidonetCall.Create(MidonetResource.HEALTH_MONITOR, body);
  }

  private static MidonetCall delete(String id) {
    return new MidonetCall.Delete(MidonetResource.HEALTH_MONITOR, id);
  }

  private static List<?> pools(Map<String, @Nullable Object> body) {
    return body.get(POOLS) instanceof List<?> pools ? pools : List.of();
  }
}
