package org.midonet.nsdb;

import java.util.UUID;
import org.midonet.topology.ObjectType;

/**
 * A piece of state that hosts publish about an object while they are there: it vanishes with the
 * session of who published it. Immutable, safe to share.
 *
 * @param key such as {@link #ALIVE} or {@link #ACTIVE}
 */
public record StateKey(ObjectType<?> type, UUID id, String key) {
  /** Of a host: its agent runs. */
  public static final String ALIVE = "alive";

  /** Of a host: its interfaces and addresses. */
  public static final String INTERFACES = "host";

  /** Of a port: a host forwards for it. */
  public static final String ACTIVE = "active";

  /** Of a pool member or a service container. */
  public static final String STATUS = "status";

  /** Of a pool: what it has served by flows of a host. */
  public static final String LOAD_BALANCING = "load_balancing";

  public static StateKey alive(UUID hostId) {
    return new StateKey(ObjectType.HOST, hostId, ALIVE);
  }

  public static StateKey interfaces(UUID hostId) {
    return new StateKey(ObjectType.HOST, hostId, INTERFACES);
  }

  public static StateKey active(UUID portId) {
    return new StateKey(ObjectType.PORT, portId, ACTIVE);
  }

  public static StateKey loadBalancing(UUID poolId) {
    return new StateKey(ObjectType.POOL, poolId, LOAD_BALANCING);
  }

  @Override
  public String toString() {
    return key + " of " + type.name() + " " + id;
  }
}
