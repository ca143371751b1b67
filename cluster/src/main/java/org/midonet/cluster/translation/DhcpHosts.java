package org.midonet.cluster.translation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.NeutronPort.FixedIp;
import org.midonet.packets.Mac;
import org.midonet.topology.DhcpHost;
import org.midonet.topology.DhcpHostBuilder;
import org.midonet.topology.Ids;
import org.midonet.topology.ObjectType;

/**
 * The fixed assignments by which DHCP answers a virtual machine: one for each of its addresses.
 * Stateless. midonet.md 4.4.
 */
final class DhcpHosts {
  private DhcpHosts() {}

  static void add(Draft draft, NeutronPort port) {
    hosts(port).values().forEach(host -> add(draft, host));
  }

  /** Subnets may be gone already, with their hosts. */
  static void remove(Draft draft, NeutronPort port) {
    hosts(port).keySet().forEach(id -> draft.delete(ObjectType.DHCP_HOST, id));
  }

  static void update(Draft draft, NeutronPort old, NeutronPort port) {
    Map<UUID, DhcpHost> before = hosts(old);
    Map<UUID, DhcpHost> after = hosts(port);
    before.keySet().stream()
        .filter(id -> !after.containsKey(id))
        .forEach(id -> draft.delete(ObjectType.DHCP_HOST, id));
    after.forEach((id, host) -> {
      if (!draft.exists(ObjectType.DHCP_HOST, id)) {
        add(draft, host);
      } else if (!host.equals(before.get(id))) {
        draft.update(host);
      }
    });
  }

  private static void add(Draft draft, DhcpHost host) {
    draft.require(ObjectType.DHCP, host.dhcpId());
    draft.create(host);
  }

  private static Map<UUID, DhcpHost> hosts(NeutronPort port) {
    Map<UUID, DhcpHost> hosts = new LinkedHashMap<>();
    Mac mac = port.macAddress();
    if (mac == null) {
      return hosts;
    }
    for (FixedIp ip : port.fixedIps()) {
      UUID subnet = ip.subnetId();
      if (subnet == null) {
        throw TranslationException.invalid("The fixed IP " + ip.address() + " has no subnet_id");
      }
      UUID id = Ids.dhcpHost(subnet, mac, ip.address());
      hosts.put(
          id,
          DhcpHostBuilder.builder()
              .id(id)
              .dhcpId(subnet)
              .mac(mac)
              .address(ip.address())
              .extraOptions(port.extraDhcpOpts())
              .build());
    }
    return hosts;
  }
}
