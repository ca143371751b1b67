package org.midonet.neutron.ipam;

import java.util.Set;

/**
 * The kinds of port that address management treats apart, by their {@code device_owner}; stateless.
 */
public final class DeviceOwners {
  /** A DHCP server's port; it takes the first free address. */
  public static final String DHCP = "network:dhcp";

  /** A port that serves on every host, such as for metadata; it takes the first free address. */
  public static final String DISTRIBUTED = "network:distributed";

  /** Router interfaces inside a network. */
  public static final Set<String> ROUTER_INTERFACES =
      Set.of(
          "network:router_interface",
          "network:ha_router_replicated_interface",
          "network:router_interface_distributed");

  /** Those and the ports that do SNAT for distributed routers. */
  public static final Set<String> ROUTER_INTERFACES_AND_SNAT =
      Set.of(
          "network:router_interface",
          "network:ha_router_replicated_interface",
          "network:router_interface_distributed",
          "network:router_centralized_snat");

  /** Ports that go with their subnet or network, so do not keep it from being deleted. */
  public static final Set<String> AUTO_DELETED =
      Set.of(DHCP, DISTRIBUTED, "network:floatingip_agent_gateway");

  /** All ports of routers: interfaces, SNAT and gateways. */
  public static final Set<String> ROUTER_PORTS =
      Set.of(
          "network:router_interface",
          "network:ha_router_replicated_interface",
          "network:router_interface_distributed",
          "network:router_centralized_snat",
          "network:router_gateway");

  private DeviceOwners() {}

  static boolean takesFirstFree(String owner) {
    return owner.equals(DHCP) || owner.equals(DISTRIBUTED);
  }
}
