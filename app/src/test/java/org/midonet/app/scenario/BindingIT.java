package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Machines that come and go, and what Neutron shows of them. */
@Scenario
final class BindingIT {
  private static final String SUBNET = "10.0.1.0/24";

  @Test
  void aPortIsActiveFromItsBindingToItsEnd(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.cabled(cloud.port(network, Map.of()));
    two.inside("ip address add " + two.address() + "/24 dev eth0");
    assertThat(cloud.status(two.port())).isEqualTo("DOWN");
    assertThat(one.isCutOffFrom(two)).isTrue();
    cloud.plug(two);
    assertThat(one.reaches(two)).isTrue();
    cloud.host().mmCtl("--unbind-port", two.port()).orThrow();
    cloud.awaitStatus(two.port(), "DOWN");
    assertThat(one.isCutOffFrom(two)).isTrue();
    cloud.plug(two);
    assertThat(one.reaches(two)).isTrue();
  }

  @Test
  void aDeviceMayAppearAfterItsBindingAndComeBack(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.cabled(cloud.port(network, Map.of()));
    two.unplug();
    cloud.host().mmCtl("--bind-port", two.port(), two.device()).orThrow();
    assertThat(cloud.status(two.port())).isEqualTo("DOWN");
    for (int i = 0; i < 2; i++) {
      two.connect(two.device());
      two.inside("ip address add " + two.address() + "/24 dev eth0");
      cloud.awaitStatus(two.port(), "ACTIVE");
      assertThat(one.reaches(two)).isTrue();
      two.unplug();
      cloud.awaitStatus(two.port(), "DOWN");
      assertThat(one.isCutOffFrom(two)).isTrue();
    }
  }

  @Test
  void neutronMayBindAPortItself(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    String device = "tapn" + cloud.project().substring(0, 8);
    Machine two =
        cloud.cabled(
            cloud.port(
                network,
                Map.of(
                    "binding:host_id",
                    "scenario",
                    "binding:profile",
                    Map.of("interface_name", device))));
    assertThat(cloud.status(two.port())).isEqualTo("DOWN");
    two.unplug();
    two.connect(device);
    two.inside("ip address add " + two.address() + "/24 dev eth0");
    cloud.awaitStatus(two.port(), "ACTIVE");
    assertThat(one.reaches(two)).isTrue();
  }

  @Test
  void whatCannotBeBoundIsToldClearly(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.cabled(cloud.port(network, Map.of()));
    Host host = cloud.host();
    String nobody = "00000000-0000-4000-8000-000000000000";
    assertThat(host.mmCtl("--bind-port", two.port(), one.device()))
        .satisfies(said -> assertThat(said.succeeded()).isFalse())
        .asString()
        .contains("is bound to port " + one.port() + " already");
    assertThat(host.mmCtl("--bind-port", nobody, "tap0")).asString().contains(nobody);
    assertThat(host.mmCtl("--unbind-port", nobody).succeeded()).isTrue();
    assertThat(host.mmCtl("--bind-port", "nonsense", "tap0").status()).isEqualTo(1);
    assertThat(host.mmCtl("--bind-port").status()).isEqualTo(2);
    Shell.Said said =
        Shell.run(
            host.namespace(),
            "env",
            "MIDONET_AGENT_SOCKET=/nowhere/agent.sock",
            host.mmCtlScript(),
            "--bind-port",
            two.port(),
            two.device());
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text()).contains("no agent answers on /nowhere/agent.sock");
  }

  @Test
  void theHostIsListedAsAliveAgent(Cloud cloud) {
    assertThat(cloud.get("agents?host=scenario").path("agents"))
        .anySatisfy(agent -> {
          assertThat(Cloud.text(agent, "agent_type")).isEqualTo("Midonet Agent");
          assertThat(agent.path("alive").asBoolean()).isTrue();
        });
  }
}
