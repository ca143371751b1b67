package org.midonet.cluster.neutron.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Links;

/**
 * The document at {@code /neutron}, by which clients find the rest; stateless. It names the paths
 * of every service that MidoNet v5.6 has, as a real server's does, also of those that are not here.
 */
final class NeutronDocument {
  /** What is named as its path is comes first. */
  private static final List<String> PLAIN = List.of("networks", "subnets", "ports", "routers");

  /** The name of a list, that of its items' template, and the path. */
  private record Entry(String list, String template, String path) {}

  private static final List<Entry> CORE =
      List.of(
          new Entry("floating_ips", "floating_ip_template", "floating_ips"),
          new Entry("security_groups", "security_group_template", "security_groups"),
          new Entry(
              "security_group_rules", "security_group_rule_template", "security_group_rules"));

  private static final List<Entry> SERVICES =
      List.of(
          new Entry("load_balancers_v2", "load_balancer_v2_template", "lbs_v2"),
          new Entry("pools_v2", "pool_v2_template", "pools_v2"),
          new Entry("pool_members_v2", "pool_member_v2_template", "pool_members_v2"),
          new Entry("listeners_v2", "listener_v2_template", "listeners_v2"),
          new Entry("health_monitors_v2", "health_monitor_v2_template", "health_monitors_v2"),
          new Entry("firewalls", "firewall_template", "firewalls"),
          new Entry("vpn_services", "vpn_service_template", "vpnservices"),
          new Entry("ipsec_site_conns", "ipsec_site_conn_template", "ipsec_site_connections"),
          new Entry(
              "l2_gateway_connections", "l2_gateway_connection_template", "l2_gateway_connections"),
          new Entry("gateway_devices", "gateway_device_template", "gateway_devices"),
          new Entry("remote_mac_entries", "remote_mac_entry_template", "remote_mac_entries"),
          new Entry("bgp_speakers", "bgp_speaker_template", "bgp_speakers"),
          new Entry("bgp_peers", "bgp_peer_template", "bgp_peers"),
          new Entry("tap_flows", "tap_flow_template", "tap_flows"),
          new Entry("tap_services", "tap_service_template", "tap_services"),
          new Entry("firewall_logs", "firewall_log_template", "firewall_logs"),
          new Entry("logging_resources", "logging_resource_template", "logging_resources"));

  private NeutronDocument() {}

  static Map<String, @Nullable Object> of(Links links) {
    String root = links.to("/neutron");
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("uri", root);
    for (String plain : PLAIN) {
      document.put(plain, root + "/" + plain);
    }
    for (String plain : PLAIN) {
      String one = plain.substring(0, plain.length() - 1);
      document.put(one + "_template", root + "/" + plain + "/{id}");
    }
    String router = root + "/routers/{id}";
    document.put("add_router_interface_template", router + "/add_router_interface");
    document.put("remove_router_interface_template", router + "/remove_router_interface");
    put(document, root, CORE);
    document.put("load_balancer", loadBalancer(root + "/lb"));
    put(document, root, SERVICES);
    return document;
  }

  private static Map<String, @Nullable Object> loadBalancer(String root) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("members", root + "/members");
    document.put("pools", root + "/pools");
    document.put("vips", root + "/vips");
    document.put("health_monitors", root + "/health_monitors");
    document.put("health_monitor_template", root + "/health_monitors/{id}");
    document.put("member_template", root + "/members/{id}");
    document.put("pool_template", root + "/pools/{id}");
    document.put("vip_template", root + "/vips/{id}");
    document.put("pool_health_monitor", root + "/pool_health_monitor");
    return document;
  }

  private static void put(
      Map<String, @Nullable Object> document, String root, List<Entry> entries) {
    for (Entry entry : entries) {
      document.put(entry.list(), root + "/" + entry.path());
      document.put(entry.template(), root + "/" + entry.path() + "/{id}");
    }
  }
}
