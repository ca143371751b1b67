package org.midonet.cluster.neutron;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/** A router as Neutron tells of it. Immutable, safe to share. */
public record NeutronRouter(
    UUID id,
    @Nullable String tenantId,
    @Nullable String name,
    @Nullable String status,
    boolean adminStateUp,
    @Nullable UUID gwPortId,
    @Nullable GatewayInfo externalGatewayInfo,
    List<NeutronRoute> routes)
    implements NeutronModel {
  public NeutronRouter {
    routes = List.copyOf(routes);
  }

  /** The network beyond the gateway, and whether addresses are translated. Immutable. */
  public record GatewayInfo(@Nullable UUID networkId, boolean enableSnat) {}

  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.NEUTRON_ROUTER;
  }

  /** Whether tenants' addresses are translated to the gateway's. */
  public boolean isSnatEnabled() {
    return externalGatewayInfo != null && externalGatewayInfo.enableSnat();
  }
}
