package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.Links;

/** What Neutron shows of ports, and tells Nova, while a real agent plugs and unplugs them. */
@Tag("root")
final class PluggedPortsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PLUGGED = "network-vif-plugged";
  private static final String UNPLUGGED = "network-vif-unplugged";

  @TempDir private Path folder;
  private FakeNova nova;
  private PluggedHost host;
  private String network;

  @BeforeEach
  void start() throws IOException {
    nova = new FakeNova();
    host =
        new PluggedHost(
            folder,
            Map.of(
                "nova.auth_type", "password",
                "nova.auth_url", nova.authUrl(),
                "nova.username", "nova",
                "nova.password", "secret",
                "nova.project_name", "service",
                "nova.user_domain_name", "Default",
                "nova.project_domain_name", "Default",
                "DEFAULT.send_events_interval", "0",
                "DEFAULT.agent_down_time", "3"));
    host.startAgent();
    network = host.network();
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
    nova.close();
  }

  @Test
  void aPortIsActiveOnceItForwardsAndNovaIsTold() {
    PluggedHost.Machine one = host.machine("one", network);
    PluggedHost.Machine two = host.machine("two", network);
    assertThat(host.status(one)).isEqualTo("DOWN");

    long begun = System.nanoTime();
    host.bind(one);
    awaitStatus(one, "ACTIVE");
    System.out.printf(
        "mm-ctl to ACTIVE: %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
    host.bind(two);
    awaitStatus(two, "ACTIVE");

    awaitEvent(new FakeNova.Event(PLUGGED, one.server(), "completed", one.port().toString()));
    assertThat(nova.logins()).anyMatch(login -> login.contains("secret"));
    assertThat(PluggedHost.ping(one, two, 1)).startsWith("0:");
  }

  @Test
  void aPortThatIsTakenOffIsDownAndNovaIsTold() {
    PluggedHost.Machine one = plugged("one");
    host.mmCtl("--unbind-port", one.port().toString());
    awaitStatus(one, "DOWN");
    awaitEvent(new FakeNova.Event(UNPLUGGED, one.server(), "completed", one.port().toString()));
  }

  @Test
  void aPortFollowsItsInterface() {
    PluggedHost.Machine one = plugged("one");
    PluggedHost.run(null, Map.of(), List.of("ip", "link", "set", one.device(), "down"));
    awaitStatus(one, "DOWN");
    try (Links links = new Links()) {
      Link device = links.get(one.device());
      links.setUp(device.index());
      awaitStatus(one, "ACTIVE");
      links.delete(device.index());
    }
    awaitStatus(one, "DOWN");
  }

  @Test
  void aHostThatIsSilentTakesItsPortsDownAfterItsTime() {
    PluggedHost.Machine one = plugged("one");
    host.silence();
    assertThat(host.status(one)).isEqualTo("ACTIVE");
    awaitStatus(one, "DOWN");
    awaitEvent(new FakeNova.Event(UNPLUGGED, one.server(), "completed", one.port().toString()));
    await().atMost(PATIENCE).until(() -> !isAliveInTheList());
  }

  @Test
  void theHostIsAmongTheAgents() {
    await().atMost(PATIENCE).until(this::isAliveInTheList);
  }

  @Test
  void novaIsToldWhenItComesBack() {
    nova.goAway();
    PluggedHost.Machine one = host.machine("one", network);
    host.bind(one);
    awaitStatus(one, "ACTIVE");
    assertThat(nova.events()).isEmpty();
    nova.comeBack();
    awaitEvent(new FakeNova.Event(PLUGGED, one.server(), "completed", one.port().toString()));
  }

  @Test
  void whatWasAskedWhileNoAgentRanIsDoneByTheNext() {
    PluggedHost.Machine one = plugged("one");
    PluggedHost.Machine two = host.machine("two", network);
    host.stopAgent();
    host.mmCtl("--unbind-port", one.port().toString());
    host.bind(two);

    host.startAgent();

    awaitStatus(two, "ACTIVE");
    awaitStatus(one, "DOWN");
  }

  private PluggedHost.Machine plugged(String name) {
    PluggedHost.Machine machine = host.machine(name, network);
    host.bind(machine);
    awaitStatus(machine, "ACTIVE");
    return machine;
  }

  private void awaitStatus(PluggedHost.Machine machine, String status) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .pollDelay(Duration.ZERO)
        .until(() -> host.status(machine).equals(status));
  }

  private void awaitEvent(FakeNova.Event event) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(nova.events()).contains(event));
  }

  private boolean isAliveInTheList() {
    return host.api("GET", "agents?host=" + host.name(), Map.of())
        .path("agents")
        .valueStream()
        .anyMatch(agent ->
            agent.path("agent_type").asString().equals("Midonet Agent")
                && agent.path("alive").asBoolean());
  }
}
