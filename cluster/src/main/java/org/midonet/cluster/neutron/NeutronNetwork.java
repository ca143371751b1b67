package org.midonet.cluster.neutron;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A network as Neutron tells of it. Immutable, safe to share.
 *
 * @param networkType the provider's type; null for none, and for types that MidoNet does not know
 */
public record NeutronNetwork(
    UUID id,
    @Nullable String tenantId,
    @Nullable String name,
    @Nullable String status,
    boolean shared,
    boolean adminStateUp,
    boolean external,
    @Nullable Type networkType,
    @Nullable UUID qosPolicyId)
    implements NeutronModel {
  /** The provider's types that MidoNet knows. */
  public enum Type {
    LOCAL,
    FLAT,
    GRE,
    VLAN,
    /** Reached by a physical interface of a gateway host; it has no bridge. */
    UPLINK
  }

  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.NEUTRON_NETWORK;
  }

  /** Whether it is reached by a physical interface instead of a bridge. */
  public boolean isUplink() {
    return networkType == Type.UPLINK;
  }
}
