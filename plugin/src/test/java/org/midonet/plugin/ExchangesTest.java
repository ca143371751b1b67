package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.FakeMidonet.Exchange;
import org.midonet.plugin.client.FakeMidonet.Release;

/**
 * Every byte that each release of MidoNet is sent while a project's network, and a pool in one,
 * come and go. The records of this program, checked against the specification of each release, are
 * in {@code exchanges} beside the sources; {@code -Dexchanges.record=true} makes them anew.
 */
class ExchangesTest {

  private static final Path RECORDS = Path.of("src/test/resources/org/midonet/plugin/exchanges");
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern ADDRESS =
      Pattern.compile("(?<=\"(ip_address|floating_ip_address|fixed_ip_address)\":\")[0-9.]+");
  private static final Pattern MAC = Pattern.compile("fa:16:3e(:[0-9a-f]{2}){3}");

  @ParameterizedTest
  @EnumSource
  void aNetworkComesAndGoesAsRecorded(Release release) throws IOException {
    boolean is2015 = release.name().startsWith("V2015");
    Map<String, String> options =
        is2015 ? Map.of("DEFAULT.core_plugin", "midonet", "DEFAULT.service_plugins", "") : Map.of();
    try (Cloud cloud = new Cloud(release, options)) {
      live(cloud);
      if (!is2015) {
        liveWithVersion5(cloud);
      }
      compare(record(release), cloud);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPoolComesAndGoesAsRecorded(Release release) throws IOException {
    boolean is2015 = release.name().startsWith("V2015");
    Map<String, String> options =
        Map.of(
            "DEFAULT.core_plugin", is2015 ? "midonet" : "midonet_v2",
            "DEFAULT.service_plugins", is2015 ? "lbaas" : "midonet_l3,lbaas",
            "service_providers.service_provider", LoadBalancersTest.PROVIDER);
    try (Cloud cloud = new Cloud(release, options)) {
      String subnet = cloud.subnet(cloud.network(), "10.0.0.0/24");
      cloud.addInterface(cloud.router(), "subnet_id", subnet);
      cloud.forget();
      balance(cloud, subnet, cloud.subnet(cloud.network(), "10.0.1.0/24"));
      compare("lb-" + record(release), cloud);
    }
  }

  private static void balance(Cloud cloud, String subnet, String front) {
    String pool =
        cloud.create(
            "lb/pools",
            "{'pool': {'name': 'p', 'subnet_id': '%s', 'protocol': 'TCP', 'lb_method': 'ROUND_ROBIN'}}"
                .formatted(subnet));
    String member =
        cloud.create(
            "lb/members",
            "{'member': {'pool_id': '%s', 'address': '10.0.0.7', 'protocol_port': 80}}"
                .formatted(pool));
    String vip =
        cloud.create(
            "lb/vips",
            ("{'vip': {'name': 'v', 'subnet_id': '%s', 'address': '10.0.1.9', 'protocol': 'TCP',"
                    + " 'protocol_port': 80, 'pool_id': '%s',"
                    + " 'session_persistence': {'type': 'SOURCE_IP'}}}")
                .formatted(front, pool));
    String monitor =
        cloud.create(
            "lb/health_monitors",
            "{'health_monitor': {'type': 'HTTP', 'delay': 5, 'timeout': 3, 'max_retries': 3}}");
    String monitors = "/lb/pools/" + pool + "/health_monitors";
    cloud.neutron.post(monitors, "{'health_monitor': {'id': '%s'}}".formatted(monitor));
    cloud.neutron.put("/lb/health_monitors/" + monitor, "{'health_monitor': {'delay': 6}}");
    cloud.neutron.put("/lb/members/" + member, "{'member': {'weight': 2}}");
    cloud.neutron.put("/lb/vips/" + vip, "{'vip': {'session_persistence': null}}");
    cloud.neutron.put("/lb/pools/" + pool, "{'pool': {'admin_state_up': false}}");
    cloud.neutron.delete(monitors + "/" + monitor);
    cloud.neutron.delete("/lb/vips/" + vip);
    assertThat(cloud.neutron.delete("/lb/pools/" + pool).status()).isEqualTo(204);
  }

  private static void live(Cloud cloud) {
    String network = cloud.network();
    String subnet = cloud.subnet(network, "10.0.0.0/24");
    cloud.neutron.put("/networks/" + network, "{'network': {'name': 'renamed'}}");
    cloud.neutron.put("/subnets/" + subnet, "{'subnet': {'dns_nameservers': ['8.8.8.8']}}");
    cloud.neutron.delete("/subnets/" + cloud.subnet(network, "10.0.1.0/24"));
    String port = cloud.port(network);
    cloud.neutron.put("/ports/" + port, "{'port': {'binding:host_id': 'host1'}}");
    groups(cloud);
    String external = cloud.external(4);
    String router = cloud.router(external);
    cloud.addInterface(router, "subnet_id", subnet);
    String floatingIp = cloud.floatingIp(external, port).id();
    cloud.neutron.put("/floatingips/" + floatingIp, "{'floatingip': {'port_id': null}}");
    cloud.neutron.delete("/floatingips/" + floatingIp);
    cloud.removeInterface(router, "subnet_id", subnet);
    cloud.clearGateway(router);
    cloud.neutron.delete("/routers/" + router);
    cloud.neutron.delete("/ports/" + port);
    cloud.neutron.delete("/networks/" + network);
  }

  private static void groups(Cloud cloud) {
    String group = cloud.create("security-groups", "{'security_group': {'name': 'web'}}");
    String rule =
        "{'security_group_id': '%s', 'direction': 'ingress', 'protocol': 'tcp',"
            + " 'port_range_min': %d, 'port_range_max': %d}";
    String one =
        cloud.create(
            "security-group-rules",
            "{'security_group_rule': " + rule.formatted(group, 80, 80) + "}");
    cloud.neutron.post(
        "/security-group-rules",
        "{'security_group_rules': [%s, %s]}"
            .formatted(rule.formatted(group, 81, 81), rule.formatted(group, 82, 82)));
    cloud.neutron.delete("/security-group-rules/" + one);
    cloud.neutron.delete("/security-groups/" + group);
  }

  /** What 2015 did not have. */
  private static void liveWithVersion5(Cloud cloud) {
    String uplink = cloud.create("networks", "{'network': {'provider:network_type': 'uplink'}}");
    cloud.subnet(uplink, "172.19.0.0/30");
    String bound =
        cloud.create(
            "ports",
            ("{'port': {'network_id': '%s', 'binding:host_id': 'host1',"
                    + " 'binding:profile': {'interface_name': 'eth1'}}}")
                .formatted(uplink));
    String edge = cloud.router();
    cloud.addInterface(edge, "port_id", bound);
    Answer routed =
        cloud.neutron.put(
            "/routers/" + edge,
            "{'router': {'routes': [{'destination': '0.0.0.0/0', 'nexthop': '172.19.0.1'}]}}");
    assertThat(routed.status()).as(routed.toString()).isEqualTo(200);
    String network = cloud.network();
    cloud.subnet(network, "10.1.0.0/24");
    cloud.create(
        "ports",
        "{'port': {'network_id': '%s', 'allowed_address_pairs': [{'ip_address': '10.1.0.99'}]}}"
            .formatted(network));
    cloud.create(
        "ports",
        "{'port': {'network_id': '%s', 'port_security_enabled': false}}".formatted(network));
  }

  private static void compare(String name, Cloud cloud) throws IOException {
    Path record = RECORDS.resolve(name);
    String told = told(cloud.midonet.exchanges());
    if (Boolean.getBoolean("exchanges.record")) {
      Files.createDirectories(RECORDS);
      Files.writeString(record, told);
    }
    assertThat(told).isEqualTo(Files.readString(record));
  }

  private static String record(Release release) {
    return switch (release) {
      case V2015_03 -> "v2015.03.txt";
      case V2015_06 -> "v2015.06.txt";
      case V5_0, V5_2, V5_4, V5_6 -> "v5.txt"; // what differs among them is in DialectTest
    };
  }

  /** The exchanges with ids and addresses numbered in the order in which they come up. */
  private static String told(List<Exchange> exchanges) {
    StringBuilder text = new StringBuilder();
    for (Exchange exchange : exchanges) {
      text.append(exchange.method()).append(' ').append(exchange.path()).append('\n');
      for (String header :
          List.of("Authorization", "X-auth-project", "X-auth-token", "Accept", "Content-type")) {
        String value = exchange.header(header);
        if (value != null) {
          text.append(header).append(": ").append(value).append('\n');
        }
      }
      text.append(exchange.body()).append("\n\n");
    }
    String known = numbered(ID, "id-", text.toString());
    return numbered(ADDRESS, "address-", numbered(MAC, "mac-", known));
  }

  private static String numbered(Pattern pattern, String prefix, String text) {
    Map<String, String> names = new HashMap<>();
    return pattern
        .matcher(text)
        .replaceAll(
            found -> names.computeIfAbsent(found.group(), value -> prefix + (names.size() + 1)));
  }
}
