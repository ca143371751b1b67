package org.midonet.cluster.translation;

import org.midonet.cluster.neutron.NeutronNetwork;
import org.midonet.topology.Bridge;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.ObjectType;

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

  /** Ports and DHCP subnets go with the bridge. */
  static void delete(Draft draft, NeutronNetwork network) {
    draft.delete(ObjectType.BRIDGE, network.id());
  }
}
