package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Debian's neutron-dhcp-agent with our drivers, as a MidoNet of 2015 wants it beside. */
@Tag("root")
@Tag("packages")
final class DhcpAgentIT {
  /** Seconds; the agent is Python, and starts a process for each thing that it does as root. */
  private static final int PATIENCE = 90;

  private static DhcpAgent agent;
  private static Host host;

  @RegisterExtension
  static final AfterTestExecutionCallback LOG =
      test -> {
        if (test.getExecutionException().isPresent()) {
          System.out.println(agent.log());
        }
      };

  @BeforeAll
  static void start() throws IOException {
    DhcpAgent.requireInstalled();
    host = Host.start(DhcpAgent.SERVER);
    agent = DhcpAgent.start(host);
  }

  @AfterAll
  static void stop() throws IOException {
    if (agent != null) {
      agent.close();
    }
    if (host != null) {
      host.close();
    }
  }

  @Test
  void itsPortIsPluggedIntoTheNetworkAndGoesWithIt() throws IOException {
    try (Cloud cloud = new Cloud(host)) {
      awaitAgent(cloud);
      String network = cloud.network("10.0.9.0/24");
      JsonNode port = awaitPort(cloud, network);
      String address = Cloud.text(port.path("fixed_ips").path(0), "ip_address");
      assertThat(Cloud.text(port, "binding:host_id")).isEqualTo("scenario");

      Machine machine = cloud.machine(network);
      Until.within(
          PATIENCE,
          "the agent's port answers",
          () -> machine.run("ping", "-c", "1", "-W", "1", address).succeeded());
      Until.within(
          PATIENCE, "the metadata proxy runs", () -> agent.processes().contains("haproxy"));
      assertThat(agent.inside(network, "curl", "-s", "-m", "5", "http://169.254.169.254/").text())
          .contains("503 Service Unavailable"); // there is no metadata agent behind it
      assertThat(agent.inside(network, "ip", "-o", "link").text())
          .contains("mtu 1450", Cloud.text(port, "mac_address"));
      assertThat(agent.processes()).contains("haproxy").doesNotContain("dnsmasq");

      machine.unplug();
      cloud.delete("ports/" + machine.port());
      cloud.delete("networks/" + network);
      Until.within(PATIENCE, "the namespace is gone", () -> !agent.namespaces().contains(network));
      assertThat(agent.devices()).doesNotContain(Cloud.id(port).substring(0, 11));
      assertThat(agent.log()).doesNotContain("Traceback");
    }
  }

  @Test
  void whatWasDeletedWhileItWasAwayIsCleanedUpByTheNext() throws IOException {
    try (Cloud cloud = new Cloud(host)) {
      awaitAgent(cloud);
      String gone = cloud.network("10.0.10.0/24");
      String stays = cloud.network("10.0.11.0/24");
      awaitPort(cloud, gone);
      JsonNode port = awaitPort(cloud, stays);
      agent.kill();
      cloud.delete("networks/" + gone);

      agent.launch();

      Until.within(PATIENCE, "the namespace is gone", () -> !agent.namespaces().contains(gone));
      assertThat(Cloud.id(awaitPort(cloud, stays))).isEqualTo(Cloud.id(port));
      cloud.delete("networks/" + stays);
      Until.within(PATIENCE, "the other is gone too", () -> !agent.namespaces().contains(stays));
    }
  }

  private static void awaitAgent(Cloud cloud) {
    Until.within(
        PATIENCE,
        "the agent reports",
        () -> {
          for (JsonNode agent : cloud.get("agents?agent_type=DHCP%20agent").path("agents")) {
            if (agent.path("alive").asBoolean()) {
              return true;
            }
          }
          return false;
        });
  }

  /** The agent's port on a network, when it forwards. */
  private static JsonNode awaitPort(Cloud cloud, String network) {
    String query = "ports?device_owner=network:dhcp&network_id=" + network;
    Until.within(
        PATIENCE,
        "the agent's port is ACTIVE",
        () ->
            List.of("ACTIVE")
                .equals(
                    cloud
                        .get(query)
                        .path("ports")
                        .valueStream()
                        .map(port -> Cloud.text(port, "status"))
                        .toList()));
    return cloud.get(query).path("ports").path(0);
  }
}
