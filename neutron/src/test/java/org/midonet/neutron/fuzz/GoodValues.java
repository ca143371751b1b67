package org.midonet.neutron.fuzz;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.midonet.neutron.resource.Attribute;

/**
 * JSON texts that attributes accept, references to live resources among them. Not safe to share
 * between threads.
 *
 * <p>Most attributes are known by name; the others get a value of their type.
 */
final class GoodValues {
  private static final int REMEMBERED = 40;

  private final Dice dice;

  /** Identifiers by the name of their resource. */
  private final Map<String, List<String>> live = new HashMap<>();

  GoodValues(Dice dice) {
    this.dice = dice;
  }

  void learn(String resource, String id) {
    List<String> ids = live.computeIfAbsent(resource, name -> new ArrayList<>());
    if (ids.size() == REMEMBERED) {
      ids.remove(dice.below(REMEMBERED));
    }
    ids.add(id);
  }

  /** The identifier of a live resource, mostly; sometimes of none. */
  String id(String resource) {
    List<String> ids = live.getOrDefault(resource, List.of());
    return ids.isEmpty() || dice.chance(0.05) ? dice.uuid() : dice.pick(ids);
  }

  /** A value for an attribute of a resource, as JSON text. */
  String of(String resource, Attribute<?> attribute) {
    String name = attribute.name();
    if (name.endsWith("_id")
        && !name.endsWith("device_id")
        && !name.endsWith("host_id")
        && !name.endsWith("segmentation_id")) {
      return quoted(reference(resource, name));
    }
    return switch (name) {
      case "name", "description", "device_id" -> quoted("fuzz-" + dice.below(50));
      case "cidr", "remote_ip_prefix" -> quoted(prefix());
      case "prefixes" -> "[" + quoted(prefix()) + "]";
      case "ip_version" -> dice.pick(List.of("4", "4", "4", "6", "\"4\""));
      case "ethertype" -> dice.pick(List.of("\"IPv4\"", "\"ipv6\""));
      case "direction" -> dice.pick(List.of("\"ingress\"", "\"egress\""));
      case "protocol" ->
          dice.pick(List.of("null", "\"tcp\"", "\"udp\"", "\"icmp\"", "\"17\"", "6", "\"icmpv6\""));
      case "port_range_min", "port_range_max" -> Integer.toString(dice.below(200));
      case "mac_address" -> quoted("fa:16:3e:00:00:%02x".formatted(dice.below(256)));
      case "fixed_ips" -> fixedIps();
      case "allocation_pools" ->
          "[{\"start\":" + quoted(address()) + ",\"end\":" + quoted(address()) + "}]";
      case "host_routes", "routes" ->
          "[{\"destination\":" + quoted(prefix()) + ",\"nexthop\":" + quoted(address()) + "}]";
      case "dns_nameservers" -> "[" + quoted(address()) + "]";
      case "allowed_address_pairs" ->
          "[{\"ip_address\":" + quoted(dice.pick(List.of(address(), prefix()))) + "}]";
      case "extra_dhcp_opts" ->
          "[{\"opt_name\":\"mtu\",\"opt_value\":" + dice.pick(List.of("\"1400\"", "null")) + "}]";
      case "external_gateway_info" ->
          dice.pick(List.of("null", "{\"network_id\":" + quoted(id("network")) + "}"));
      case "security_groups" -> "[" + quoted(id("security_group")) + "]";
      case "min_prefixlen", "max_prefixlen", "default_prefixlen", "prefixlen" ->
          Integer.toString(8 + dice.below(24));
      case "mtu" -> Integer.toString(1280 + dice.below(300));
      case "ipv6_ra_mode", "ipv6_address_mode" ->
          dice.pick(List.of("\"slaac\"", "\"dhcpv6-stateful\""));
      case "provider:network_type" ->
          dice.pick(List.of("\"vlan\"", "\"flat\"", "\"vxlan\"", "\"uplink\"", "\"midonet\""));
      case "provider:segmentation_id" -> Integer.toString(dice.below(5000));
      case "binding:host_id", "host" -> quoted("host-" + dice.below(3));
      case "binding:vnic_type", "vnic_type" -> dice.pick(List.of("\"normal\"", "\"direct\""));
      case "binding:profile", "profile" -> "{\"a\":[1]}";
      case "device_owner" ->
          dice.pick(
              List.of(
                  "\"\"", "\"compute:nova\"", "\"network:dhcp\"", "\"network:router_interface\""));
      case "gateway_ip", "fixed_ip_address", "floating_ip_address", "ip_address" ->
          quoted(address());
      case "object_type" ->
          dice.pick(
              List.of("\"network\"", "\"security_group\"", "\"subnetpool\"", "\"address_scope\""));
      case "action" -> dice.pick(List.of("\"access_as_shared\"", "\"access_as_external\""));
      case "target_tenant", "target_project" -> dice.pick(List.of("\"*\"", "\"other\""));
      case "service_types" -> "[\"compute:nova\"]";
      case "dns_name", "dns_domain" -> dice.pick(List.of("\"\"", "\"a\"", "\"a.example.\""));
      case "availability_zone_hints" -> dice.pick(List.of("[]", "[\"nova\"]"));
      case "tenant_id", "project_id" -> dice.pick(List.of("\"admin\"", "\"other\""));
      default -> byType(attribute);
    };
  }

  private String byType(Attribute<?> attribute) {
    return switch (attribute.type().kind()) {
      case STRING -> quoted("fuzz");
      case INTEGER -> Integer.toString(dice.below(100));
      case BOOLEAN -> dice.pick(List.of("true", "false", "\"yes\"", "0"));
      case JSON -> dice.pick(List.of("[]", "{}", "null"));
    };
  }

  private String reference(String resource, String name) {
    return switch (name) {
      case "tenant_id", "project_id" -> dice.pick(List.of("admin", "other"));
      case "floating_network_id" -> id("network");
      case "remote_group_id" -> id("security_group");
      case "object_id" ->
          id(dice.pick(List.of("network", "security_group", "subnetpool", "address_scope")));
      default -> id(name.equals("id") ? resource : name.substring(0, name.length() - 3));
    };
  }

  private String fixedIps() {
    String subnet = "\"subnet_id\":" + quoted(id("subnet"));
    String address = "\"ip_address\":" + quoted(address());
    return dice.pick(
        List.of(
            "[{" + subnet + "}]",
            "[{" + address + "}]",
            "[{" + subnet + "," + address + "}]",
            "[]"));
  }

  String address() {
    return "10." + dice.below(4) + "." + dice.below(4) + "." + dice.below(256);
  }

  String prefix() {
    return dice.chance(0.8)
        ? "10." + dice.below(4) + "." + dice.below(4) + ".0/" + (20 + dice.below(10))
        : "2001:db8:" + dice.below(9) + "::/64";
  }

  static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
