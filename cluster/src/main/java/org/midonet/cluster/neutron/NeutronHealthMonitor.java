package org.midonet.cluster.neutron;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A health monitor of LBaaS v1 as Neutron tells of it. Immutable, safe to share.
 *
 * @param monitorType TCP, HTTP, HTTPS or PING
 * @param delay seconds between probes
 * @param timeout seconds to wait for an answer
 * @param maxRetries failures in a row that make a member inactive
 * @param httpMethod with HTTP and HTTPS, as the next two
 * @param expectedCodes one status, several with commas, or a range with a hyphen
 * @param pools the pools whose members it watches
 */
public record NeutronHealthMonitor(
    UUID id,
    @Nullable String tenantId,
    @Nullable String monitorType,
    int delay,
    int timeout,
    int maxRetries,
    @Nullable String httpMethod,
    @Nullable String urlPath,
    @Nullable String expectedCodes,
    List<UUID> pools,
    boolean adminStateUp,
    @Nullable String status,
    @Nullable String statusDescription)
    implements NeutronModel {
  public NeutronHealthMonitor {
    pools = List.copyOf(pools);
  }

  /** The same with other pools. */
  public NeutronHealthMonitor withPools(List<UUID> others) {
    return new NeutronHealthMonitor(
        id,
        tenantId,
        monitorType,
        delay,
        timeout,
        maxRetries,
        httpMethod,
        urlPath,
        expectedCodes,
        others,
        adminStateUp,
        status,
        statusDescription);
  }

  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.NEUTRON_HEALTH_MONITOR;
  }
}
