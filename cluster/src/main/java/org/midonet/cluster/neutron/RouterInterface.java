package org.midonet.cluster.neutron;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A port that joins a router to subnets, or leaves some of them. Immutable, safe to share. It is
 * not stored: the port and the router are.
 *
 * @param id the router's, in spite of its name
 * @param subnetId what MidoNet before v5.4 reads; not read here
 */
public record RouterInterface(
    UUID id, @Nullable String tenantId, UUID portId, @Nullable UUID subnetId, List<UUID> subnetIds)
    implements NeutronModel {
  public RouterInterface {
    subnetIds = List.copyOf(subnetIds);
  }

  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.NEUTRON_ROUTER_INTERFACE;
  }
}
