package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.integer;
import static org.midonet.neutron.config.OptionTypes.string;
import static org.midonet.neutron.config.OptionTypes.unicastMac;

import java.util.List;
import java.util.Optional;

/** The rules of routers ({@code [DEFAULT]}); immutable. */
public record RouterConfig(
    int maxRoutes,
    boolean enableSnatByDefault,
    boolean routerDistributed,
    boolean enableDvr,
    String dvrBaseMac,
    boolean l3Ha,
    String l3HaNetCidr,
    Optional<String> l3HaNetworkType,
    Optional<String> l3HaNetworkPhysicalName) {
  static final Option<Integer> MAX_ROUTES =
      Option.of("DEFAULT", "max_routes", integer(0), 30, "Most extra routes of a router.");

  static final Option<Boolean> ENABLE_SNAT_BY_DEFAULT =
      Option.of(
          "DEFAULT",
          "enable_snat_by_default",
          bool(),
          true,
          "Whether a gateway translates source addresses when the request does not say.");

  static final Option<Boolean> ROUTER_DISTRIBUTED =
      Option.of(
          "DEFAULT",
          "router_distributed",
          bool(),
          false,
          "Whether routers are shown as distributed when the request does not say. MidoNet "
              + "forwards them alike.");

  static final Option<Boolean> ENABLE_DVR =
      Option.of(
          "DEFAULT",
          "enable_dvr",
          bool(),
          true,
          "Whether an administrator may ask for distributed routers.");

  static final Option<String> DVR_BASE_MAC =
      Option.of(
          "DEFAULT",
          "dvr_base_mac",
          unicastMac(),
          "fa:16:3f:00:00:00",
          "How the MAC addresses that hosts use for distributed routers begin; must differ from "
              + "base_mac.");

  static final Option<Boolean> L3_HA =
      Option.of(
          "DEFAULT",
          "l3_ha",
          bool(),
          false,
          "Whether routers are shown as highly available when the request does not say. MidoNet "
              + "forwards them alike.");

  static final Option<String> L3_HA_NET_CIDR =
      Option.of(
          "DEFAULT",
          "l3_ha_net_cidr",
          string(),
          "169.254.192.0/18",
          "The subnet that the hosts of a highly available router talk over.");

  static final Option<String> L3_HA_NETWORK_TYPE =
      Option.of("DEFAULT", "l3_ha_network_type", string(), null, "The type of that network.");

  static final Option<String> L3_HA_NETWORK_PHYSICAL_NAME =
      Option.of(
          "DEFAULT",
          "l3_ha_network_physical_name",
          string(),
          null,
          "The physical network that carries it.");

  static final List<Option<?>> OPTIONS =
      List.of(
          MAX_ROUTES,
          ENABLE_SNAT_BY_DEFAULT,
          ROUTER_DISTRIBUTED,
          ENABLE_DVR,
          DVR_BASE_MAC,
          L3_HA,
          L3_HA_NET_CIDR,
          L3_HA_NETWORK_TYPE,
          L3_HA_NETWORK_PHYSICAL_NAME);

  static RouterConfig read(ConfigReader reader) {
    return new RouterConfig(
        reader.get(MAX_ROUTES),
        reader.get(ENABLE_SNAT_BY_DEFAULT),
        reader.get(ROUTER_DISTRIBUTED),
        reader.get(ENABLE_DVR),
        reader.get(DVR_BASE_MAC),
        reader.get(L3_HA),
        reader.get(L3_HA_NET_CIDR),
        reader.find(L3_HA_NETWORK_TYPE),
        reader.find(L3_HA_NETWORK_PHYSICAL_NAME));
  }
}
