package org.midonet.cluster.neutron;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A VIP of LBaaS v1 as Neutron tells of it. Immutable, safe to share.
 *
 * @param portId the port that holds the address
 */
public record NeutronVip(
    UUID id,
    @Nullable String tenantId,
    @Nullable String name,
    @Nullable String description,
    UUID subnetId,
    @Nullable UUID portId,
    @Nullable UUID poolId,
    IpAddress address,
    @Nullable String protocol,
    int protocolPort,
    @Nullable Persistence sessionPersistence,
    @Nullable Integer connectionLimit,
    boolean adminStateUp,
    @Nullable String status,
    @Nullable String statusDescription)
    implements NeutronModel {
  /** By what connections are known to be one client's. */
  public enum PersistenceType {
    SOURCE_IP,
    HTTP_COOKIE,
    APP_COOKIE
  }

  /** How connections of one client are kept on one member. Immutable, safe to share. */
  public record Persistence(@Nullable PersistenceType type, @Nullable String cookieName) {}

  /** Whether connections from one address are kept on one member. */
  public boolean isBySourceIp() {
    return sessionPersistence != null && sessionPersistence.type() == PersistenceType.SOURCE_IP;
  }

  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.NEUTRON_VIP;
  }
}
