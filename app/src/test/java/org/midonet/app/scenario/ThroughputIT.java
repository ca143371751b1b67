package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bulk traffic gets through whole, and without work for the agent. */
@Scenario
final class ThroughputIT {
  private static final String SUBNET = "10.0.1.0/24";
  private static final long MEBI = 1L << 20;

  @Test
  void bulkTrafficOnANetwork(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.machine(network);
    Capture large = two.capture("tcp and greater 5000");
    transfer("on a network", one, two, two.address());
    assertThat(large.lines()).as("what is sent large arrives large").isNotEmpty();
  }

  @Test
  void bulkTrafficThroughARouter(Cloud cloud) {
    String network = cloud.network(SUBNET);
    String back = cloud.network("10.0.2.0/24");
    cloud.router(network, back);
    Machine one = cloud.machine(network);
    Machine two = cloud.machine(back);
    Capture large = two.capture("tcp and greater 5000");
    transfer("routed", one, two, two.address());
    assertThat(large.lines()).isNotEmpty();
  }

  @Test
  void bulkTrafficOfIpv6ThroughARouter(Cloud cloud) {
    String[] networks = new String[2];
    for (int i = 0; i < 2; i++) {
      networks[i] = cloud.network(Map.of());
      cloud.subnet(networks[i], "2001:db8:%d::/64".formatted(i), Ipv6IT.SLAAC);
    }
    cloud.router(networks);
    Machine one = cloud.machine(networks[0]);
    Machine two = cloud.machine(networks[1]);
    Capture large = two.capture("tcp and greater 5000");
    transfer("IPv6, routed", one, two, two.address());
    assertThat(large.lines()).isNotEmpty();
  }

  @Test
  void bulkTrafficThroughSourceNatAndAFloatingIp(Cloud cloud) {
    String external = cloud.external("172.24.4");
    String network = cloud.network(SUBNET);
    String router = cloud.router(network);
    cloud.gateway(router, external);
    Machine world = cloud.openMachineAt(external, "172.24.4.1");
    String group = cloud.group();
    cloud.allow(group, Map.of());
    Machine one = cloud.machine(network, Cloud.groups(group));
    Capture large = world.capture("tcp and greater 5000");
    transfer("source NAT", one, world, world.address());
    assertThat(large.lines()).isNotEmpty();
    transfer("floating IP", world, one, cloud.floatingIp(external, one).address());
  }

  /** Sends for a second by each of two connections. */
  private static void transfer(String how, Machine from, Machine to, String address) {
    to.start("iperf3", "-s", "-1", "--forceflush");
    Until.within(10, "iperf3 listens", () -> to.inside("ss -Hltn sport = :5201").contains("5201"));
    JsonNode said =
        JsonMapper.shared()
            .readTree(from.inside("iperf3 -c " + address + " -t 1 -P 2 -J"))
            .path("end");
    long sent = said.path("sum_sent").path("bytes").asLong();
    long got = said.path("sum_received").path("bytes").asLong();
    long again = said.path("sum_sent").path("retransmits").asLong();
    System.out.printf("%s: %d MiB in a second, %d segments sent again%n", how, got / MEBI, again);
    assertThat(got).isGreaterThan(10 * MEBI);
    assertThat(again * 1448).as("octets sent again").isLessThan(sent / 100);
  }
}
