package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.midonet.plugin.Cloud.Behind;
import org.midonet.plugin.client.FakeMidonet.Release;
import org.midonet.plugin.client.MidonetCall;

/** What an emptied MidoNet is told anew. */
class InventoryTest {

  private static List<String> lines(List<MidonetCall> calls) {
    return calls.stream()
        .map(call ->
            switch (call) {
              case MidonetCall.Create create -> "CREATE " + create.resource();
              case MidonetCall.Update update -> "UPDATE " + update.resource();
              case MidonetCall.AddRouterInterface add -> "ADD INTERFACE";
              case MidonetCall.Delete delete -> "DELETE";
              case MidonetCall.CreateAll all -> "CREATE ALL";
              case MidonetCall.RemoveRouterInterface remove -> "REMOVE INTERFACE";
              case MidonetCall.AddPoolMonitor add -> "ADD MONITOR";
              case MidonetCall.RemovePoolMonitor remove -> "REMOVE MONITOR";
            })
        .toList();
  }

  @Test
  void nothingRefersToWhatComesLater() {
    try (Cloud cloud = new Cloud()) {
      Behind behind = cloud.behind();
      cloud.floatingIp(behind.external(), behind.port());
      cloud.neutron.put(
          "/routers/" + behind.router(),
          "{'router': {'routes': [{'destination': '10.9.0.0/16', 'nexthop': '10.0.0.9'}]}}");

      List<MidonetCall> calls = cloud.neutron.inventory(false);

      assertThat(lines(calls))
          .containsExactly(
              "CREATE SECURITY_GROUP",
              "CREATE NETWORK",
              "CREATE NETWORK",
              "CREATE SUBNET",
              "CREATE SUBNET",
              "CREATE PORT",
              "CREATE PORT",
              "CREATE PORT",
              "CREATE PORT",
              "CREATE ROUTER",
              "ADD INTERFACE",
              "UPDATE ROUTER",
              "CREATE FLOATING_IP");
      assertThat(calls.get(9))
          .isInstanceOfSatisfying(
              MidonetCall.Create.class,
              router -> {
                assertThat(router.body().get("routes")).isEqualTo(List.of());
                assertThat(router.body().get("gw_port_id")).isNotNull();
              });
      assertThat(calls.get(10))
          .isInstanceOfSatisfying(
              MidonetCall.AddRouterInterface.class,
              added -> {
                assertThat(added.routerId()).isEqualTo(behind.router());
                assertThat(added.body().get("subnet_ids")).isEqualTo(List.of(behind.subnet()));
              });
    }
  }

  @Test
  void networksOfOthersAreLeftOutUnderMl2() {
    Map<String, String> ml2 =
        Map.of(
            "DEFAULT.core_plugin", "ml2",
            "ml2.mechanism_drivers", "midonet",
            "ml2.type_drivers", "midonet,local",
            "ml2.tenant_network_types", "midonet");
    try (Cloud cloud = new Cloud(Release.V5_6, ml2)) {
      cloud.port(cloud.network());
      String others = cloud.create("networks", "{'network': {'provider:network_type': 'local'}}");
      cloud.subnet(others, "10.0.0.0/24");
      cloud.port(others);

      assertThat(lines(cloud.neutron.inventory(true)))
          .containsExactly("CREATE SECURITY_GROUP", "CREATE NETWORK", "CREATE PORT");
    }
  }
}
