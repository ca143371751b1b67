package org.midonet.cluster.translation;

import java.util.Objects;
import java.util.UUID;
import org.midonet.cluster.neutron.FloatingIp;
import org.midonet.cluster.neutron.NeutronRouter;
import org.midonet.nsdb.Fip64Entry;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.topology.Ids;

/**
 * An IPv6 floating IP is an entry in a table of its network; gateways translate by it, not by
 * rules. Stateless. midonet.md 4.7.
 */
final class Fip64 {
  private Fip64() {}

  static void add(Draft draft, FloatingIp floatingIp, NeutronRouter router) {
    Fip64Entry entry = entry(floatingIp, router);
    draft.apply(new Operation.AddEntry<>(table(floatingIp), entry, entry.portId()));
  }

  static void remove(Draft draft, FloatingIp floatingIp, NeutronRouter router) {
    Fip64Entry entry = entry(floatingIp, router);
    draft.apply(new Operation.RemoveEntry<>(table(floatingIp), entry, entry.portId()));
  }

  private static StateTable<Fip64Entry, UUID> table(FloatingIp floatingIp) {
    if (floatingIp.floatingNetworkId() == null) {
      throw TranslationException.invalid(
          "Floating IP " + floatingIp.id() + " has no floating_network_id");
    }
    return StateTable.fip64(floatingIp.floatingNetworkId());
  }

  private static Fip64Entry entry(FloatingIp floatingIp, NeutronRouter router) {
    if (floatingIp.fixedIpAddress() instanceof Ipv4Address fixed
        && floatingIp.floatingIpAddress() instanceof Ipv6Address floating) {
      UUID gateway = Ids.TENANT_GW_PORT.of(Objects.requireNonNull(router.gwPortId()));
      return new Fip64Entry(fixed, floating, Routes.NAT64_POOL, gateway, router.id());
    }
    throw TranslationException.invalid(
        "Floating IP " + floatingIp.id() + " of IPv6 must lead to an IPv4 address");
  }
}
