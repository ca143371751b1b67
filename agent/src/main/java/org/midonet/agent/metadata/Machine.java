package org.midonet.agent.metadata;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Topology;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A virtual machine that asks for its metadata. Immutable, safe to share.
 *
 * @param instance Nova's id of it
 * @param tenant whose it is
 * @param address its address, as Neutron gave it
 */
public record Machine(String instance, String tenant, String address) {

  /** The machine at a port of Neutron, null if there is no such port or no machine at it. */
  public static @Nullable Machine at(Topology topology, UUID portId) {
    NeutronObject port = topology.find(ObjectType.NEUTRON_PORT, portId);
    if (port == null) {
      return null;
    }
    String instance = port.text("device_id");
    if (instance == null || instance.isEmpty()) {
      return null;
    }
    String tenant = port.text("tenant_id");
    return new Machine(instance, tenant == null ? "" : tenant, address(port));
  }

  private static String address(NeutronObject port) {
    return port.get("fixed_ips") instanceof List<?> ips
            && !ips.isEmpty()
            && ips.getFirst() instanceof Map<?, ?> first
            && first.get("ip_address") instanceof String address
        ? address
        : "";
  }
}
