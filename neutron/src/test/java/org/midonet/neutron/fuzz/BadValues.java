package org.midonet.neutron.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * JSON texts that attributes have trouble with: wrong types, edges of numbers, odd strings.
 * Stateless.
 */
final class BadValues {
  /** Any of them may stand for any value in a body. Some are no JSON. */
  static final List<String> ALL = all();

  private BadValues() {}

  private static List<String> all() {
    List<String> all = new ArrayList<>();
    all.addAll(
        List.of(
            "null", "true", "false", "0", "-1", "1", "4", "6", "-0", "-0.0", "0.5", "1e2", "4.0",
            "255", "65536"));
    all.addAll(
        List.of(
            "2147483647",
            "2147483648",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808"));
    all.addAll(
        List.of(
            "-9223372036854775809",
            "1e400",
            "-1e400",
            "1e-400",
            "1e19",
            "9".repeat(60),
            "9".repeat(2000)));
    all.addAll(
        List.of(
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"a\":1}",
            "[1,\"1\",true]",
            "[\"a\",\"a\"]",
            "{\"\":null}"));
    all.addAll(
        List.of(
            "\"\"",
            "\" \"",
            "\"\\n\"",
            "\"0\"",
            "\"true\"",
            "\"None\"",
            "\"null\"",
            "\"-1\"",
            "\"1.5\"",
            "\"0x1f\""));
    all.addAll(
        List.of(
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"\\ud83d\\ude00\"",
            "\"\\u202e\\ufeff\\u2028\""));
    all.addAll(
        List.of(
            "\"'\"",
            "\"\\\"\"",
            "\"\\\\\"",
            "\"%s%n%x\"",
            "\"{0}${x}#{y}\"",
            "\"'; DROP TABLE ports; --\"",
            "\"<b>\"",
            "\"../..\""));
    all.addAll(
        List.of(
            "\"" + "x".repeat(256) + "\"",
            "\"" + "\u00e9".repeat(300) + "\"",
            "\"" + "y".repeat(70_000) + "\""));
    all.addAll(
        List.of(
            "\"10.0.0.0/8\"",
            "\"10.0.0.1/99\"",
            "\"10/8\"",
            "\"0.0.0.0/0\"",
            "\"::/0\"",
            "\"::\"",
            "\"0.0.0.0\"",
            "\"fe80::1%1\""));
    all.addAll(
        List.of(
            "\"255.255.255.255\"",
            "\"224.0.0.1\"",
            "\"010.1.1.1\"",
            "\"1.2.3\"",
            "\"::ffff:1.2.3.4\"",
            "\"2001:db8::/64\""));
    all.addAll(
        List.of(
            "\"10.0.0.0/32\"",
            "\"10.0.0.0/31\"",
            "\"2001:db8::1/128\"",
            "\"127.0.0.0/8\"",
            "\"169.254.0.0/16\"",
            "\"fe80::/64\""));
    all.addAll(
        List.of(
            "\"00:00:00:00:00:00\"",
            "\"ff:ff:ff:ff:ff:ff\"",
            "\"fa:16:3e\"",
            "\"01:00:5e:00:00:01\"",
            "\"FA163E000001\""));
    all.addAll(
        List.of(
            "\"prefix_delegation\"",
            "\"slaac\"",
            "\"ingress\"",
            "\"tcp\"",
            "\"vlan\"",
            "\"compute:nova\"",
            "\"network:dhcp\""));
    all.addAll(
        List.of(
            "\"network:router_interface\"",
            "\"network:floatingip\"",
            "\"host-1\"",
            "\"normal\"",
            "\"default\"",
            "\"*\""));
    all.addAll(
        List.of(
            "[{\"ip_address\":\"10.0.0.5\"}]",
            "[{\"subnet_id\":null}]",
            "[{\"ip_address\":null,\"subnet_id\":1}]",
            "[{\"ip_address\":[]}]"));
    all.addAll(
        List.of(
            "[{\"start\":\"10.0.0.9\",\"end\":\"10.0.0.1\"}]",
            "[{\"start\":\"::1\",\"end\":\"10.0.0.1\"}]",
            "[{\"start\":1,\"end\":2}]"));
    all.addAll(
        List.of(
            "[{\"destination\":\"::/0\",\"nexthop\":\"10.0.0.1\"}]",
            "[{\"destination\":null,\"nexthop\":null}]"));
    all.addAll(
        List.of(
            "[{\"ip_address\":\"::/0\",\"mac_address\":5}]",
            "[{\"opt_name\":\"x\",\"opt_value\":1}]",
            "[{\"opt_name\":1}]"));
    all.addAll(
        List.of(
            "[{\"ip_address\":\"10.0.0.5\",\"mac_address\":null}]",
            "[{\"ip_address\":\"10.0.0.5\",\"mac_address\":\"\"}]"));
    all.addAll(
        List.of(
            "{\"network_id\":null}",
            "{\"network_id\":\"x\",\"external_fixed_ips\":{}}",
            "[\"10.0.0.1\",\"x\"]",
            "[\"::1\"]"));
    all.addAll(
        List.of(
            "NaN",
            "-Infinity",
            "01",
            "+1",
            ".5",
            "'a'",
            "undefined",
            "\"open",
            "{\"a\"}",
            "[1,]",
            "\"\\x\"",
            "\"\t\"",
            ""));
    return List.copyOf(all);
  }
}
