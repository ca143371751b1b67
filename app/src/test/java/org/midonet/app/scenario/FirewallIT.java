package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What firewalls let through routers. */
@Scenario
final class FirewallIT {
  private static final int TIMES = 5;

  /** Generous, as the machine may have much else to do; what is promised is 100 ms. */
  private static final Duration SOON = Duration.ofSeconds(2);

  @Test
  void rulesAreTriedInOrder(Cloud cloud) {
    Site site = new Site(cloud);
    String web = site.rule("tcp", "80", "allow");
    String range = site.rule("tcp", "80:90", "deny");
    String rest = site.rule("tcp", null, "allow");
    site.firewall(web, range, rest);

    assertThat(site.gets(80)).isTrue();
    assertThat(site.gets(81)).isFalse();
    assertThat(site.gets(8080)).isTrue();
    assertThat(site.inner.isCutOffFrom(site.outer)).as("nothing allows ICMP").isTrue();
    assertThat(site.outer.isCutOffFrom(site.inner)).isTrue();

    site.order(range, web, rest);
    assertThat(site.gets(80)).isFalse();
    cloud.update("firewall_rule", range, Map.of("enabled", false));
    assertThat(site.gets(81)).isTrue();
    cloud.update("firewall_rule", range, Map.of("enabled", true, "protocol", "udp"));
    assertThat(site.gets(81)).isTrue();
  }

  @Test
  void answersPassAndWhatIsDownLetsNothingPass(Cloud cloud) {
    Site site = new Site(cloud);
    String firewall = site.firewall(site.rule("icmp", null, "allow", site.inner.address()));
    assertThat(site.inner.reaches(site.outer)).isTrue();
    assertThat(site.outer.isCutOffFrom(site.inner)).isTrue();
    cloud.update("firewall", firewall, Map.of("admin_state_up", false));
    assertThat(site.inner.isCutOffFrom(site.outer)).isTrue();
    cloud.update("firewall", firewall, Map.of("admin_state_up", true));
    assertThat(site.inner.reaches(site.outer)).isTrue();
  }

  @Test
  void aRouterIsTakenOffAndPutOn(Cloud cloud) {
    Site site = new Site(cloud);
    String firewall = site.firewall();
    assertThat(site.inner.isCutOffFrom(site.outer)).isTrue();
    cloud.update("firewall", firewall, Map.of("router_ids", List.of()));
    assertThat(site.status(firewall)).isEqualTo("INACTIVE");
    assertThat(site.inner.reaches(site.outer)).isTrue();
    cloud.update("firewall", firewall, Map.of("router_ids", List.of(site.router)));
    assertThat(site.status(firewall)).isEqualTo("ACTIVE");
    assertThat(site.inner.isCutOffFrom(site.outer)).isTrue();
    cloud.delete("fw/firewalls/" + firewall);
    assertThat(site.inner.reaches(site.outer)).isTrue();
  }

  @Test
  void aSubnetsOwnTrafficPasses(Cloud cloud) {
    Site site = new Site(cloud);
    site.firewall();
    Machine neighbour = cloud.machine(site.network, Cloud.OPEN);
    assertThat(neighbour.reaches(site.inner)).isTrue();
    assertThat(neighbour.reaches("10.0.1.1")).as("the router's own address").isTrue();
  }

  @Test
  void runningConnectionsFeelARuleAtOnce(Cloud cloud) throws IOException {
    Site site = new Site(cloud);
    String echo = site.rule("udp", "7", "allow");
    site.firewall(echo);
    site.outer.echoUdp(7);
    List<Duration> cut = new ArrayList<>();
    List<Duration> restored = new ArrayList<>();
    try (Traffic traffic = Traffic.udp(site.inner, site.outer.address(), 7).awaitAnswers()) {
      for (int i = 0; i < TIMES; i++) {
        cut.add(traffic.cutBy(() -> allow(cloud, echo, false)));
        restored.add(traffic.restoredBy(() -> allow(cloud, echo, true)));
      }
    }
    System.out.printf(
        "a firewall's deny is in force after %d ms, its allow after %d ms (medians of %d)%n",
        median(cut).toMillis(), median(restored).toMillis(), TIMES);
    assertThat(median(cut)).isLessThan(SOON);
    assertThat(median(restored)).isLessThan(SOON);
  }

  @Test
  void ipv6HasRulesOfItsOwn(Cloud cloud) {
    Site site = new Site(cloud);
    for (int net : new int[] {1, 2}) {
      cloud.subnet(
          net == 1 ? site.network : site.other,
          "fd00:" + net + "::/64",
          Map.of("enable_dhcp", false));
    }
    List<String> known = cloud.subnetsOf(site.network);
    cloud.routerInterface(site.router, Map.of("subnet_id", ipv6(cloud, known)));
    cloud.routerInterface(
        site.router, Map.of("subnet_id", ipv6(cloud, cloud.subnetsOf(site.other))));
    Machine one = cloud.machine(site.network, Cloud.OPEN);
    Machine two = cloud.machine(site.other, Cloud.OPEN);
    String six = two.addresses().stream().filter(a -> a.contains(":")).findFirst().orElseThrow();
    String four = two.addresses().stream().filter(a -> !a.contains(":")).findFirst().orElseThrow();
    assertThat(one.reaches(six)).isTrue();

    site.firewall(site.rule("icmp", null, "allow"));
    assertThat(one.reaches(four)).isTrue();
    assertThat(one.isCutOffFrom(six)).isTrue();
    site.order(
        Cloud.id(
            cloud.create(
                "firewall_rule", Map.of("ip_version", 6, "action", "allow", "protocol", "58"))));
    assertThat(one.reaches(six)).isTrue();
    assertThat(one.isCutOffFrom(four)).isTrue();
  }

  private static String ipv6(Cloud cloud, List<String> subnets) {
    return subnets.stream()
        .filter(id -> Cloud.text(cloud.get("subnets/" + id).path("subnet"), "cidr").contains(":"))
        .findFirst()
        .orElseThrow();
  }

  private static void allow(Cloud cloud, String rule, boolean allowed) {
    cloud.update("firewall_rule", rule, Map.of("action", allowed ? "allow" : "deny"));
  }

  private static Duration median(List<Duration> times) {
    Duration[] sorted = times.toArray(Duration[]::new);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Two networks with a router between them, a machine on each, and a firewall on the router. */
  private static final class Site {
    private final Cloud cloud;
    private final String network;
    private final String other;
    private final String router;
    private final Machine inner;
    private final Machine outer;
    private String policy = "";

    Site(Cloud cloud) {
      this.cloud = cloud;
      network = cloud.network("10.0.1.0/24");
      other = cloud.network("10.0.2.0/24");
      router = cloud.router(network, other);
      inner = cloud.machine(network, Cloud.OPEN);
      outer = cloud.machine(other, Cloud.OPEN);
      for (int port : new int[] {80, 81, 8080}) {
        outer.serveHttp(port);
      }
    }

    boolean gets(int port) {
      return inner.curl(outer.address() + ":" + port).succeeded();
    }

    String rule(String protocol, @Nullable String ports, String action) {
      return rule(protocol, ports, action, "0.0.0.0/0");
    }

    String rule(String protocol, @Nullable String ports, String action, String source) {
      Map<String, Object> rule =
          Cloud.with(
              Map.of("protocol", protocol, "action", action), Map.of("source_ip_address", source));
      if (ports != null) {
        rule.put("destination_port", ports);
      }
      return Cloud.id(cloud.create("firewall_rule", rule));
    }

    /** A firewall with these rules on the router, in force. */
    String firewall(String... rules) {
      policy =
          Cloud.id(
              cloud.create(
                  "firewall_policy", Map.of("name", "policy", "firewall_rules", List.of(rules))));
      String firewall = Cloud.id(cloud.create("firewall", Map.of("firewall_policy_id", policy)));
      assertThat(status(firewall)).isEqualTo("ACTIVE");
      return firewall;
    }

    void order(String... rules) {
      cloud
          .host()
          .api()
          .put(
              cloud.project(),
              "fw/firewall_policies/" + policy,
              Map.of("firewall_policy", Map.of("firewall_rules", List.of(rules))));
    }

    String status(String firewall) {
      return Cloud.text(cloud.get("fw/firewalls/" + firewall).path("firewall"), "status");
    }
  }
}
