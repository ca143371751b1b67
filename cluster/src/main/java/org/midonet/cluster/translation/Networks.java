package org.midonet.cluster.translation;

import java.util.List;
import java.util.Objects;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.NeutronNetwork;
import org.midonet.topology.Bridge;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;

/**
 * A network becomes a bridge of the same id; an uplink network becomes nothing, since its ports are
 * interfaces of hosts. Stateless. midonet.md 4.1.
 */
final class Networks {
  private Networks() {}

  static void create(Draft draft, NeutronNetwork network) {
    if (network.isUplink()) {
      return;
    }
    draft.create(
        BridgeBuilder.builder()
            .id(network.id())
            .tenantId(network.tenantId())
            .name(network.name())
            .adminStateUp(network.adminStateUp())
            .qosPolicyId(network.qosPolicyId())
            .build());
  }

  /** What else there is about the bridge, such as chains and mirrors, stays. */
  static void update(Draft draft, NeutronNetwork network) {
    if (network.isUplink()) {
      return;
    }
    Bridge bridge = draft.get(ObjectType.BRIDGE, network.id());
    draft.update(
        bridge
            .withName(network.name())
            .withAdminStateUp(network.adminStateUp())
            .withQosPolicyId(network.qosPolicyId()));
  }

  /**
   * Ports and subnets go with the bridge, and what is stored of them: of DHCP agents' ports Neutron
   * says no more.
   */
  static void delete(Draft draft, NeutronNetwork network) {
    for (NeutronObject port : ports(draft, network)) {
      Ports.delete(draft, Documents.port(port));
      draft.delete(ObjectType.NEUTRON_PORT, port.id());
    }
    List.copyOf(draft.references(References.BRIDGE_DHCPS, network.id()))
        .forEach(subnet -> draft.delete(ObjectType.NEUTRON_SUBNET, subnet));
    draft.delete(ObjectType.BRIDGE, network.id());
  }

  private static List<NeutronObject> ports(Draft draft, NeutronNetwork network) {
    if (network.isUplink()) {
      return draft.list(ObjectType.NEUTRON_PORT).stream()
          .filter(port -> network.id().equals(port.uuid("network_id")))
          .toList();
    }
    return draft.references(References.BRIDGE_PORTS, network.id()).stream()
        .map(id -> draft.find(ObjectType.NEUTRON_PORT, id))
        .filter(Objects::nonNull)
        .toList();
  }
}
