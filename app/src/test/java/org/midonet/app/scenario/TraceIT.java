package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code midonet trace} tells what becomes of a packet, and packets confirm it. */
@Scenario
final class TraceIT {

  @Test
  void aTraceNamesTheRuleThatDecides(Cloud cloud) {
    String network = cloud.network("10.0.1.0/24");
    String group = cloud.group();
    String rule = cloud.allow(group, "tcp", 80);
    Machine one = cloud.machine(network, Cloud.groups(group));
    Machine two = cloud.machine(network);
    one.serveHttp(80);
    one.serveHttp(81);
    assertThat(trace(cloud, two, one.address(), "--tcp", "80")).contains(rule);
    assertThat(two.curl(one.address()).succeeded()).isTrue();
    assertThat(trace(cloud, two, one.address(), "--tcp", "81"))
        .contains("missing: no security group of the port has a rule for this ingress packet");
    assertThat(two.cannotCurl(one.address() + ":81")).isTrue();
    cloud.removeRule(rule);
    Until.within(
        10,
        "the rule is gone",
        () -> !trace(cloud, two, one.address(), "--tcp", "80").contains(rule));
  }

  @Test
  void aTraceFollowsARouterAndAFloatingIp(Cloud cloud) {
    String external = cloud.external("172.24.4");
    String network = cloud.network("10.0.1.0/24");
    String router = cloud.router(network);
    cloud.gateway(router, external);
    Machine world = cloud.openMachineAt(external, "172.24.4.1");
    String group = cloud.group();
    cloud.allow(group, Map.of("protocol", "icmp"));
    Machine one = cloud.machine(network, Cloud.groups(group));
    Cloud.FloatingIp floating = cloud.floatingIp(external, one);
    assertThat(trace(cloud, world, floating.address()))
        .contains(router, floating.id(), one.port(), "destination NAT");
    assertThat(world.reaches(floating.address())).isTrue();
    assertThat(trace(cloud, one, "203.0.113.9")).contains("source NAT");
  }

  private static String trace(Cloud cloud, Machine from, String to, String... kind) {
    String[] words = new String[kind.length + 5];
    words[0] = "trace";
    words[1] = "--from";
    words[2] = from.port();
    words[3] = "--to";
    words[4] = to;
    System.arraycopy(kind, 0, words, 5, kind.length);
    return cloud.host().midonet(words).orThrow().text();
  }
}
