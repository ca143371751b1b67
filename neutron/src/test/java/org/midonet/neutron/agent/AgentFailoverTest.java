package org.midonet.neutron.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.AgentsConfig;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.router.Routers;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.service.Sessions;

/** Agents report and fall silent on a clock that the test moves. */
final class AgentFailoverTest {
  private static final String DHCP = "DHCP agent";
  private static final String L3 = "L3 agent";

  @TempDir private Path directory;
  private final Hands clock = new Hands();
  private TestServer server;
  private TestServer.Client admin;
  private AgentRegistry registry;
  private AgentFailover failover;

  /** A clock that goes when told to. */
  private static final class Hands extends Clock {
    private Instant now = Instant.now();

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void start() {
    server = TestServer.start(directory);
    admin = server.admin();
    AgentsConfig config =
        NeutronConfig.of(Map.of("DEFAULT.allow_automatic_l3agent_failover", "true")).agents();
    Sessions sessions = server.server().core().sessions();
    AgentService agents = new AgentService(config.agentDownTime(), clock, AgentSource.NONE);
    registry = new AgentRegistry(sessions, agents, true, clock);
    failover =
        new AgentFailover(
            config,
            sessions,
            agents,
            new NetworkScheduling(config, agents),
            new RouterScheduling(config, agents),
            List.of(Routers.TYPE),
            new AgentTell(null),
            clock);
  }

  @AfterEach
  void stop() {
    failover.close();
    server.close();
  }

  @Test
  void networkOfADeadAgentMovesToALivingOne() {
    String network = networkAt("h1");
    report(DHCP, "h2");
    pass(Duration.ofSeconds(140), "h2");
    assertThat(hosts("networks/" + network + "/dhcp-agents")).containsExactly("h1");
    pass(Duration.ofSeconds(30), "h2");
    assertThat(hosts("networks/" + network + "/dhcp-agents")).containsExactly("h2");
  }

  @Test
  void networksStayWhereTheyAreWhileNoAgentLives() {
    String network = networkAt("h1");
    pass(Duration.ofMinutes(10), "");
    assertThat(hosts("networks/" + network + "/dhcp-agents")).containsExactly("h1");
  }

  @Test
  void agentWithManyNetworksGetsTimeToStart() {
    report(DHCP, "h1");
    for (int i = 0; i < 20; i++) {
      give("h1", "dhcp-networks", "network_id", network());
    }
    String last = networkAt("h1");
    report(DHCP, "h2");
    pass(Duration.ofMinutes(3), "h2");
    assertThat(hosts("networks/" + last + "/dhcp-agents")).containsExactly("h1");
    pass(Duration.ofSeconds(20), "h2");
    assertThat(hosts("networks/" + last + "/dhcp-agents")).containsExactly("h2");
  }

  @Test
  void jumpOfTheClockKillsNobody() {
    String network = networkAt("h1");
    report(DHCP, "h2");
    clock.now = clock.now.plus(Duration.ofDays(1));
    report(DHCP, "h2");
    failover.look();
    assertThat(hosts("networks/" + network + "/dhcp-agents")).containsExactly("h1");
    pass(Duration.ofMinutes(1), "h2");
    report(DHCP, "h1");
    pass(Duration.ofSeconds(140), "h2");
    assertThat(hosts("networks/" + network + "/dhcp-agents")).containsExactly("h1");
    clock.now = clock.now.minus(Duration.ofHours(1));
    failover.look();
    assertThat(hosts("networks/" + network + "/dhcp-agents")).containsExactly("h1");
  }

  @Test
  void routerMovesOnceAnotherAgentCanTakeIt() {
    report(L3, "h1");
    String router = String.valueOf(admin.create("routers", "router", Map.of()).get("id"));
    give("h1", "l3-routers", "router_id", router);
    pass(Duration.ofMinutes(5), "");
    assertThat(hosts("routers/" + router + "/l3-agents")).containsExactly("h1");
    report(L3, "h2");
    failover.look();
    assertThat(hosts("routers/" + router + "/l3-agents")).containsExactly("h2");
  }

  private String networkAt(String host) {
    report(DHCP, host);
    String network = network();
    give(host, "dhcp-networks", "network_id", network);
    return network;
  }

  private String network() {
    return String.valueOf(admin.create("networks", "network", Map.of()).get("id"));
  }

  private void give(String host, String path, String key, String id) {
    String agent = String.valueOf(admin.get("agents?host=" + host).items().getFirst().get("id"));
    assertThat(admin.post("agents/" + agent + "/" + path, Map.of(key, id)).status()).isEqualTo(201);
  }

  /** Lets time pass in steps of ten seconds, in which one DHCP agent reports. */
  private void pass(Duration time, String living) {
    for (long s = 0; s < time.toSeconds(); s += 10) {
      clock.now = clock.now.plusSeconds(10);
      if (!living.isEmpty()) {
        report(DHCP, living);
      }
      failover.look();
    }
  }

  private void report(String type, String host) {
    registry.report(
        RequestContext.admin("req-test"),
        new AgentReport(
            type, "neutron-agent", host, "topic", "nova", Map.of(), null, false, clock.now));
  }

  private List<String> hosts(String path) {
    return admin.get(path).items().stream()
        .map(agent -> String.valueOf(agent.get("host")))
        .toList();
  }
}
