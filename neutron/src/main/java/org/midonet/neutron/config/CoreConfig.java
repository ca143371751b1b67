package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.hostAddress;
import static org.midonet.neutron.config.OptionTypes.integer;
import static org.midonet.neutron.config.OptionTypes.path;
import static org.midonet.neutron.config.OptionTypes.string;
import static org.midonet.neutron.config.OptionTypes.unicastMac;
import static org.midonet.neutron.config.OptionTypes.word;
import static org.midonet.neutron.config.OptionTypes.wordList;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The plugins to load and the rules of networks, subnets and ports ({@code [DEFAULT]}); immutable.
 */
public record CoreConfig(
    Optional<String> corePlugin,
    List<String> servicePlugins,
    String baseMac,
    int macGenerationRetries,
    String dnsDomain,
    Optional<String> externalDnsDriver,
    int dhcpLeaseDuration,
    int maxDnsNameservers,
    int maxSubnetHostRoutes,
    Optional<Integer> maxFixedIpsPerPort,
    int maxAllowedAddressPair,
    int globalPhysnetMtu,
    boolean vlanTransparent,
    boolean ipv6PdEnabled,
    String ipamDriver,
    Path statePath,
    Optional<String> host) {
  static final Option<String> CORE_PLUGIN =
      Option.of(
          "DEFAULT",
          "core_plugin",
          word(),
          null,
          "The plugin behind networks, subnets and ports, or its class path in the original: "
              + "midonet_v2 with MidoNet v5.0 and later, midonet with MidoNet v2015.03 and "
              + "v2015.06, or ml2 with mechanism_drivers = midonet.");

  static final Option<List<String>> SERVICE_PLUGINS =
      Option.of(
          "DEFAULT",
          "service_plugins",
          wordList(),
          List.of(),
          "Further plugins, separated by commas, such as midonet_l3.");

  static final Option<String> BASE_MAC =
      Option.of(
          "DEFAULT",
          "base_mac",
          unicastMac(),
          "fa:16:3e:00:00:00",
          "How the MAC addresses of ports begin. The first three octets are kept, the fourth "
              + "too unless it is 00; the others are drawn at random.");

  static final Option<Integer> MAC_GENERATION_RETRIES =
      Option.of(
          "DEFAULT",
          "mac_generation_retries",
          integer(1),
          16,
          "How often to draw another MAC address when one is taken.");

  static final Option<String> DNS_DOMAIN =
      Option.of(
          "DEFAULT",
          "dns_domain",
          string(),
          "openstacklocal",
          "The domain of the host names of ports.");

  static final Option<String> EXTERNAL_DNS_DRIVER =
      Option.of(
          "DEFAULT",
          "external_dns_driver",
          word(),
          null,
          "The driver that tells an external DNS service the names of ports.");

  static final Option<Integer> DHCP_LEASE_DURATION =
      Option.of(
          "DEFAULT",
          "dhcp_lease_duration",
          integer(-1),
          86400,
          "Seconds that a DHCP lease lasts; -1 makes leases infinite.");

  static final Option<Integer> MAX_DNS_NAMESERVERS =
      Option.of("DEFAULT", "max_dns_nameservers", integer(0), 5, "Most DNS servers of a subnet.");

  static final Option<Integer> MAX_SUBNET_HOST_ROUTES =
      Option.of(
          "DEFAULT", "max_subnet_host_routes", integer(0), 20, "Most host routes of a subnet.");

  static final Option<Integer> MAX_FIXED_IPS_PER_PORT =
      Option.of(
          "DEFAULT",
          "max_fixed_ips_per_port",
          integer(1),
          null,
          "Most addresses of a port; without it there is no limit.");

  static final Option<Integer> MAX_ALLOWED_ADDRESS_PAIR =
      Option.of(
          "DEFAULT",
          "max_allowed_address_pair",
          integer(-1),
          10,
          "Most allowed address pairs of a port; -1 means no limit.");

  static final Option<Integer> GLOBAL_PHYSNET_MTU =
      Option.of(
              "DEFAULT",
              "global_physnet_mtu",
              integer(68),
              1500,
              "The MTU of the physical network, from which the MTU of virtual networks follows.")
          .formerly("ml2", "segment_mtu");

  static final Option<Boolean> VLAN_TRANSPARENT =
      Option.of(
          "DEFAULT",
          "vlan_transparent",
          bool(),
          false,
          "Whether networks may be asked to carry VLAN tags of their guests.");

  static final Option<Boolean> IPV6_PD_ENABLED =
      Option.of(
          "DEFAULT",
          "ipv6_pd_enabled",
          bool(),
          false,
          "Whether subnets take their IPv6 prefix from prefix delegation when no subnet pool is "
              + "named.");

  static final Option<String> IPAM_DRIVER =
      Option.of(
          "DEFAULT",
          "ipam_driver",
          word(),
          "internal",
          "Who assigns addresses. Only internal exists.");

  static final Option<Path> STATE_PATH =
      Option.of(
          "DEFAULT",
          "state_path",
          path(),
          Path.of("/var/lib/neutron"),
          "Where the server keeps its own files, such as the built-in database.");

  static final Option<String> HOST =
      Option.of(
          "DEFAULT",
          "host",
          hostAddress(),
          null,
          "The name of this host towards agents and in notifications; the name of the machine "
              + "if not set.");

  static final List<Option<?>> OPTIONS =
      List.of(
          CORE_PLUGIN,
          SERVICE_PLUGINS,
          BASE_MAC,
          MAC_GENERATION_RETRIES,
          DNS_DOMAIN,
          EXTERNAL_DNS_DRIVER,
          DHCP_LEASE_DURATION,
          MAX_DNS_NAMESERVERS,
          MAX_SUBNET_HOST_ROUTES,
          MAX_FIXED_IPS_PER_PORT,
          MAX_ALLOWED_ADDRESS_PAIR,
          GLOBAL_PHYSNET_MTU,
          VLAN_TRANSPARENT,
          IPV6_PD_ENABLED,
          IPAM_DRIVER,
          STATE_PATH,
          HOST);

  static CoreConfig read(ConfigReader reader) {
    return new CoreConfig(
        reader.find(CORE_PLUGIN),
        reader.get(SERVICE_PLUGINS),
        reader.get(BASE_MAC),
        reader.get(MAC_GENERATION_RETRIES),
        reader.get(DNS_DOMAIN),
        reader.find(EXTERNAL_DNS_DRIVER),
        reader.get(DHCP_LEASE_DURATION),
        reader.get(MAX_DNS_NAMESERVERS),
        reader.get(MAX_SUBNET_HOST_ROUTES),
        reader.find(MAX_FIXED_IPS_PER_PORT),
        reader.get(MAX_ALLOWED_ADDRESS_PAIR),
        reader.get(GLOBAL_PHYSNET_MTU),
        reader.get(VLAN_TRANSPARENT),
        reader.get(IPV6_PD_ENABLED),
        reader.get(IPAM_DRIVER),
        reader.get(STATE_PATH),
        reader.find(HOST));
  }
}
