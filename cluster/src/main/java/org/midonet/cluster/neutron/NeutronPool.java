package org.midonet.cluster.neutron;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A pool of LBaaS v1 as Neutron tells of it. Immutable, safe to share.
 *
 * @param routerId the router of the pool's subnet; an update does not name it
 * @param healthMonitors what Neutron knows to watch it; MidoNet is told by the monitors
 */
public record NeutronPool(
    UUID id,
    @Nullable String tenantId,
    @Nullable String name,
    @Nullable String description,
    @Nullable UUID subnetId,
    @Nullable UUID routerId,
    @Nullable String protocol,
    @Nullable String lbMethod,
    @Nullable String provider,
    List<UUID> healthMonitors,
    boolean adminStateUp,
    @Nullable String status,
    @Nullable String statusDescription)
    implements NeutronModel {
  public NeutronPool {
    healthMonitors = List.copyOf(healthMonitors);
  }

  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.NEUTRON_POOL;
  }
}
