package org.midonet.neutron.subnet;

import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.midonet.neutron.ipam.Allocations;
import org.midonet.neutron.ipam.DeviceOwners;
import org.midonet.neutron.ipam.Ipam;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.Operation;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.packets.IpAddress;

/** What changes of a subnet mean for the ports on its network; stateless. */
final class SubnetPorts {
  private SubnetPorts() {}

  /**
   * Gives the network's ports the addresses they make of their MAC in a new automatic subnet;
   * router interfaces have none.
   */
  static void addAutomaticAddresses(Session session, Resource subnet) {
    if (!Ipam.isAutomatic(subnet)) {
      return;
    }
    List<String> types = subnet.get(Subnets.SERVICE_TYPES, List.of());
    Condition served =
        types.isEmpty()
            ? owner().notIn(DeviceOwners.ROUTER_INTERFACES_AND_SNAT)
            : owner().in(types).or(owner().eq(DeviceOwners.DHCP));
    Condition onNetwork =
        Tables.text(Ports.NETWORK_ID).eq(subnet.get(Subnets.NETWORK_ID)).and(served);
    Session elevated = session.elevated();
    for (Resource port : elevated.list(Ports.TYPE, onNetwork)) {
      elevated.update(
          port,
          elevated
              .changes(Ports.TYPE)
              .set(Ports.FIXED_IPS, port.get(Ports.FIXED_IPS, List.of()))
              .build());
    }
  }

  /**
   * Takes a subnet's addresses from the ports that do not keep it: all where the addresses are
   * automatic, else those of services that go with the subnet. Listeners are told. Refuses with 409
   * SubnetInUse if other ports have some.
   */
  static void releaseAddresses(Session session, Resource subnet) {
    String id = subnet.id();
    Condition keeping =
        Ipam.isAutomatic(subnet)
            ? owner().in(DeviceOwners.ROUTER_INTERFACES)
            : owner().notIn(DeviceOwners.AUTO_DELETED);
    if (Allocations.usedByPorts(session, id, keeping)) {
      throw SubnetErrors.inUse(id);
    }
    List<Resource> ports = session.tables().list(Ports.TYPE, Allocations.portsWith(id));
    Allocations.releaseSubnet(session, id);
    Session elevated = session.elevated();
    for (Resource port : ports) {
      List<Map<String, Object>> rest =
          port.get(Ports.FIXED_IPS, List.of()).stream()
              .filter(ip -> !id.equals(ip.get("subnet_id")))
              .toList();
      // Not by the ports' service, which would give automatic addresses of the subnet back.
      Resource stored =
          elevated.store(port, elevated.changes(Ports.TYPE).set(Ports.FIXED_IPS, rest).build());
      elevated.changed(
          new Change(Operation.UPDATE, Ports.TYPE, port, elevated.view(stored), Map.of()));
    }
  }

  /** Refuses with 409 GatewayIpInUse if a router has the present gateway address. */
  static void refuseIfGatewayInUse(Session session, Resource subnet, IpAddress gateway) {
    Condition holds =
        Tables.text(org.midonet.neutron.resource.Standard.ID)
            .in(
                DSL.select(Allocations.PORT_ID)
                    .from(Allocations.TABLE)
                    .where(Allocations.SUBNET_ID.eq(subnet.id()))
                    .and(Allocations.IP_ADDRESS.eq(gateway.toString())));
    List<Resource> ports =
        session.tables().list(Ports.TYPE, holds.and(owner().in(DeviceOwners.ROUTER_PORTS)));
    if (!ports.isEmpty()) {
      throw SubnetErrors.gatewayInUse(gateway, ports.getFirst().id());
    }
  }

  private static org.jooq.Field<String> owner() {
    return Tables.text(Ports.DEVICE_OWNER);
  }
}
