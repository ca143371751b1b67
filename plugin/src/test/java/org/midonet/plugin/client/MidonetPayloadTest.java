package org.midonet.plugin.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MidonetPayloadTest {

  @Test
  void networkHasTheAttributesOfPluginV2InOrder() {
    Map<String, @Nullable Object> body =
        MidonetPayload.of(
            MidonetResource.NETWORK,
            dict(
                "name",
                "net",
                "id",
                "n",
                "project_id",
                "t",
                "revision_number",
                3L,
                "mtu",
                1450L,
                "status",
                "ACTIVE"));

    assertThat(body.keySet())
        .containsExactly(
            "id",
            "name",
            "tenant_id",
            "admin_state_up",
            "mtu",
            "status",
            "subnets",
            "shared",
            "router:external",
            "port_security_enabled");
    assertThat(body)
        .containsEntry("tenant_id", "t")
        .containsEntry("mtu", 1450L)
        .containsEntry("shared", false);
  }

  @Test
  void onlyAnUplinkTellsItsType() {
    assertThat(network("uplink")).containsEntry("provider:network_type", "uplink");
    assertThat(network("midonet")).doesNotContainKey("provider:network_type");
    assertThat(network(null)).doesNotContainKey("provider:network_type");
  }

  @Test
  void subnetHasItsAttributesInOrder() {
    assertThat(MidonetPayload.of(MidonetResource.SUBNET, dict("id", "s")).keySet())
        .containsExactly(
            "id",
            "name",
            "tenant_id",
            "network_id",
            "ip_version",
            "cidr",
            "subnetpool_id",
            "gateway_ip",
            "enable_dhcp",
            "allocation_pools",
            "dns_nameservers",
            "host_routes",
            "ipv6_ra_mode",
            "ipv6_address_mode",
            "shared");
  }

  @Test
  void portHasItsAttributesInOrder() {
    assertThat(MidonetPayload.of(MidonetResource.PORT, dict("id", "p")).keySet())
        .containsExactly(
            "id",
            "name",
            "network_id",
            "tenant_id",
            "mac_address",
            "admin_state_up",
            "status",
            "fixed_ips",
            "device_id",
            "device_owner",
            "security_groups",
            "binding:vif_type",
            "binding:vnic_type",
            "binding:vif_details",
            "binding:host_id",
            "binding:profile",
            "extra_dhcp_opts",
            "port_security_enabled",
            "allowed_address_pairs");
  }

  @Test
  void boundPortTellsItsInterfaceAlone() {
    assertThat(port(Map.of("interface_name", "eth1", "os_vif_delegation", true)))
        .containsEntry("binding:profile", Map.of("interface_name", "eth1"));
  }

  @Test
  void unboundPortTellsNull() {
    assertThat(port(Map.of())).containsEntry("binding:profile", null);
    assertThat(port(Map.of("interface_name", ""))).containsEntry("binding:profile", null);
    assertThat(port(null)).containsEntry("binding:profile", null);
  }

  @Test
  void routerHasItsAttributesInOrder() {
    assertThat(MidonetPayload.of(MidonetResource.ROUTER, dict("id", "r", "ha", false)).keySet())
        .containsExactly(
            "id",
            "name",
            "tenant_id",
            "admin_state_up",
            "status",
            "gw_port_id",
            "external_gateway_info",
            "routes");
  }

  @Test
  void floatingIpHasItsAttributesInOrder() {
    assertThat(MidonetPayload.of(MidonetResource.FLOATING_IP, dict("id", "f")).keySet())
        .containsExactly(
            "id",
            "tenant_id",
            "floating_ip_address",
            "floating_network_id",
            "router_id",
            "port_id",
            "fixed_ip_address",
            "status");
  }

  @Test
  void gatewayPortWithoutOwnerKeepsItsEmptyTenant() {
    assertThat(
            MidonetPayload.of(
                MidonetResource.PORT, dict("id", "p", "tenant_id", "", "project_id", "")))
        .containsEntry("tenant_id", "");
  }

  @Test
  void securityGroupCarriesItsRules() {
    Map<String, @Nullable Object> rule =
        dict("id", "r", "protocol", "tcp", "port_range_min", 22L, "tags", List.of());

    Map<String, @Nullable Object> body =
        MidonetPayload.of(
            MidonetResource.SECURITY_GROUP, dict("id", "g", "security_group_rules", List.of(rule)));

    assertThat(body.keySet())
        .containsExactly("id", "name", "tenant_id", "description", "security_group_rules");
    assertThat(body.get("security_group_rules"))
        .isEqualTo(List.of(MidonetPayload.of(MidonetResource.SECURITY_GROUP_RULE, rule)));
  }

  @Test
  void ruleHasItsAttributesInOrder() {
    assertThat(MidonetPayload.of(MidonetResource.SECURITY_GROUP_RULE, dict("id", "r")).keySet())
        .containsExactly(
            "id",
            "tenant_id",
            "security_group_id",
            "ethertype",
            "direction",
            "protocol",
            "port_range_min",
            "port_range_max",
            "remote_ip_prefix",
            "remote_group_id");
  }

  @Test
  void icmpv6GoesByTheNameThatMidonetKnows() {
    assertThat(
            MidonetPayload.of(MidonetResource.SECURITY_GROUP_RULE, dict("protocol", "ipv6-icmp")))
        .containsEntry("protocol", "icmpv6");
  }

  private static Map<String, @Nullable Object> network(@Nullable String type) {
    return MidonetPayload.of(
        MidonetResource.NETWORK, dict("id", "n", "provider:network_type", type));
  }

  private static Map<String, @Nullable Object> port(@Nullable Object profile) {
    return MidonetPayload.of(MidonetResource.PORT, dict("id", "p", "binding:profile", profile));
  }

  private static Map<String, @Nullable Object> dict(@Nullable Object... pairs) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      dict.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return dict;
  }
}
