package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Chains of rules that are made by MidoNet's own API, at networks and routers. */
@Scenario
final class ChainsIT {
  private static final String SUBNET = "10.0.1.0/24";
  private static final int IPV6 = 0x86dd;

  /** A network with a chain that all frames from machines have to pass. */
  private record Filtered(Cloud cloud, String network, String chain, Machine one, Machine two) {
    static Filtered of(Cloud cloud) {
      String network = cloud.network(SUBNET);
      MidonetApi api = cloud.host().midonetApi();
      String chain = api.create("chains", Map.of("name", "c", "tenantId", cloud.project()));
      api.update("bridges/" + network, Map.of("inboundFilterId", chain));
      Machine one = cloud.openMachineAt(network, "10.0.1.11");
      Machine two = cloud.openMachineAt(network, "10.0.1.12");
      return new Filtered(cloud, network, chain, one, two);
    }

    /** Puts a rule in front of the others. */
    String rule(String type, Map<String, ?> condition) {
      return cloud
          .host()
          .midonetApi()
          .create("chains/" + chain + "/rules", Cloud.with(Map.of("type", type), condition));
    }

    void remove(String rule) {
      cloud.host().midonetApi().delete("rules/" + rule);
    }
  }

  @Test
  void framesAreFilteredByTheirMacsUnderAMask(Cloud cloud) {
    Filtered it = Filtered.of(cloud);
    assertThat(it.one().reaches(it.two())).isTrue();
    String mac = it.one().mac().toString();
    for (String field : new String[] {"dlSrc", "dlDst"}) {
      String rule = it.rule("drop", Map.of(field, mac, field + "Mask", "00ff.00ff.ffff"));
      assertThat(it.one().isCutOffFrom(it.two())).as(field).isTrue();
      it.remove(rule);
      assertThat(it.one().reaches(it.two())).as(field).isTrue();
    }
    it.rule("drop", Map.of("dlSrc", "02:00:00:00:00:00", "dlSrcMask", "ffff.0000.0000"));
    assertThat(it.one().reaches(it.two())).isTrue();
  }

  @Test
  void ipv6IsFilteredByItsEtherType(Cloud cloud) {
    Filtered it = Filtered.of(cloud);
    it.one().inside("ip address add 2001:db8::1/64 dev eth0");
    it.two().inside("ip address add 2001:db8::2/64 dev eth0");
    assertThat(it.one().reaches("2001:db8::2")).isTrue();
    String rule = it.rule("drop", Map.of("dlType", IPV6));
    assertThat(it.one().isCutOffFrom("2001:db8::2")).isTrue();
    assertThat(it.one().reaches(it.two())).isTrue();
    it.remove(rule);
    assertThat(it.one().reaches("2001:db8::2")).isTrue();
  }

  @Test
  void answersPassWhereNewFlowsDoNot(Cloud cloud) {
    Filtered it = Filtered.of(cloud);
    String two = it.two().address();
    Map<String, ?> address = Map.of("nwSrcAddress", two, "nwSrcLength", 32, "dlType", 0x0800);
    Map<String, ?> mac = Map.of("dlSrc", it.two().mac().toString(), "dlType", 0x0800);
    for (Map<String, ?> condition : List.of(address, mac)) {
      String drop = it.rule("drop", condition);
      assertThat(it.one().isCutOffFrom(it.two())).as("%s", condition).isTrue();
      String answers = it.rule("accept", Map.of("matchReturnFlow", true));
      assertThat(it.one().reaches(it.two())).as("%s", condition).isTrue();
      assertThat(it.two().isCutOffFrom(it.one())).as("%s", condition).isTrue();
      it.remove(drop);
      assertThat(it.two().reaches(it.one())).as("%s", condition).isTrue();
      it.remove(answers);
    }
  }

  @Test
  void routesMaySwallowOrRejectPackets(Cloud cloud) {
    String front = cloud.network(SUBNET);
    String back = cloud.network("10.0.2.0/24");
    String router = cloud.router(front, back);
    Machine one = cloud.machine(front);
    Machine two = cloud.machine(back);
    assertThat(one.reaches(two)).isTrue();
    assertThat(pingWith(cloud, router, "BlackHole", one, two))
        .contains("100% packet loss")
        .doesNotContain("From ");
    assertThat(pingWith(cloud, router, "Reject", one, two))
        .contains("From 10.0.1.1", "Packet filtered");
    assertThat(one.reaches(two)).isTrue();
  }

  private static String pingWith(
      Cloud cloud, String router, String type, Machine from, Machine to) {
    MidonetApi api = cloud.host().midonetApi();
    String route =
        api.create(
            "routers/" + router + "/routes",
            Map.of(
                "type",
                type,
                "srcNetworkAddr",
                "0.0.0.0",
                "srcNetworkLength",
                0,
                "dstNetworkAddr",
                to.address(),
                "dstNetworkLength",
                32,
                "weight",
                1));
    String said = from.run("ping", "-n", "-c", "2", "-i", "0.2", "-W", "1", to.address()).text();
    api.delete("routes/" + route);
    return said;
  }

  @Test
  void aPortOfARouterIsForwardedToAMachine(Cloud cloud) {
    String external = cloud.external("172.24.4");
    String network = cloud.network(SUBNET);
    String router = cloud.router(network);
    String gateway = cloud.gateway(router, external);
    Machine world = cloud.openMachineAt(external, "172.24.4.1");
    String group = cloud.group();
    cloud.allow(group, Map.of());
    Machine one = cloud.machine(network, Cloud.groups(group));
    one.serveHttp(80);
    assertThat(world.cannotCurl(gateway + ":8080")).isTrue();
    MidonetApi api = cloud.host().midonetApi();
    Filters filters = Filters.of(api, router);
    Map<String, ?> target =
        Map.of(
            "addressFrom", one.address(), "addressTo", one.address(), "portFrom", 80, "portTo", 80);
    api.create(
        "chains/" + filters.inbound() + "/rules",
        Map.of(
            "type",
            "dnat",
            "flowAction",
            "accept",
            "nwDstAddress",
            gateway,
            "nwDstLength",
            32,
            "nwProto",
            6,
            "tpDst",
            Map.of("start", 8080, "end", 8080),
            "natTargets",
            List.of(target)));
    api.create(
        "chains/" + filters.outbound() + "/rules",
        Map.of("type", "rev_dnat", "flowAction", "accept"));
    assertThat(world.curl(gateway + ":8080").text()).contains("sees 172.24.4.1");
    assertThat(world.cannotCurl(gateway + ":8081")).isTrue();
  }

  /** The chains before and after a router's routing. */
  private record Filters(String inbound, String outbound) {
    static Filters of(MidonetApi api, String router) {
      var json = api.get("routers/" + router);
      return new Filters(Cloud.text(json, "inboundFilterId"), Cloud.text(json, "outboundFilterId"));
    }
  }
}
