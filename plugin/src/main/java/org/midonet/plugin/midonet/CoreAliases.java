package org.midonet.plugin.midonet;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.midonet.plugin.l3.L3Aliases;

/**
 * The extensions of networks, subnets, ports and what is about all resources. Immutable, safe to
 * share between threads.
 *
 * <p>More than the original served in 2015 (spec section 1.8): clients of today take for granted
 * what Neutron has added since.
 */
final class CoreAliases {

  static final Set<String> ALL =
      Set.of(
          "address-scope",
          "agent",
          "agent-membership",
          "agent-resources-synced",
          "allowed-address-pairs",
          "availability_zone",
          "availability_zone_filter",
          "binding",
          "binding-extended",
          "data-plane-status",
          "default-subnetpools",
          "dhcp_agent_scheduler",
          "dns-domain-ports",
          "dns-integration",
          "empty-string-filtering",
          "external-net",
          "extra_dhcp_opt",
          "filter-validation",
          "ip-substring-filtering",
          "ip_allocation",
          "multi-provider",
          "net-mtu",
          "net-mtu-writable",
          "network-ip-availability",
          "network_availability_zone",
          "pagination",
          "port-device-profile",
          "port-mac-address-regenerate",
          "port-mac-override",
          "port-numa-affinity-policy",
          "port-security",
          "port-security-groups-filtering",
          "project-id",
          "provider",
          "quota-check-limit",
          "quota_details",
          "quotas",
          "rbac-address-scope",
          "rbac-policies",
          "rbac-security-groups",
          "rbac-subnetpool",
          "revision-if-match",
          "security-group",
          "security-groups-normalized-cidr",
          "security-groups-shared-filtering",
          "service-type",
          "sorting",
          "standard-attr-description",
          "standard-attr-revisions",
          "standard-attr-tag",
          "standard-attr-timestamp",
          "stateful-security-group",
          "subnet-dns-publish-fixed-ip",
          "subnet-service-types",
          "subnet_allocation",
          "subnet_onboard",
          "subnetpool-prefix-ops",
          "tag-ports-during-bulk-creation",
          "uplink-status-propagation");

  /** Of switches and places of ports and networks that MidoNet has only since 5.0. */
  private static final Set<String> SINCE_5 =
      Set.of(
          "agent-membership",
          "allowed-address-pairs",
          "extraroute",
          "extraroute-atomic",
          "multi-provider",
          "port-security",
          "provider");

  /** Those of ML2: hosts of the tunnel zone are not its business. */
  static final Set<String> ML2 =
      ALL.stream()
          .filter(alias -> !alias.equals("agent-membership"))
          .collect(Collectors.toUnmodifiableSet());

  private CoreAliases() {}

  /**
   * Those of the plugin for 2015's MidoNet, which serves routers too (spec section 1.8).
   *
   * @param dvr as for {@link L3Aliases#of}
   */
  static Set<String> v1(boolean dvr) {
    return Stream.concat(ALL.stream(), L3Aliases.of(dvr).stream())
        .filter(alias -> !SINCE_5.contains(alias))
        .collect(Collectors.toUnmodifiableSet());
  }
}
