package org.midonet.neutron.agent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.rpc.RpcArgs;
import org.midonet.neutron.rpc.RpcEndpoint;

final class ReportsEndpointTest {
  private static final Instant START = Instant.parse("2026-11-23T16:55:35Z");

  private final List<AgentReport> reports = new ArrayList<>();
  private final RpcEndpoint endpoint =
      new ReportsEndpoint(
              (_, report) -> {
                reports.add(report);
                return AgentReport.Status.NEW;
              },
              Duration.ofSeconds(75),
              Clock.fixed(START, ZoneOffset.UTC))
          .endpoint();

  @Test
  void reportIsPassedOnAndItsStatusAnswered() throws Exception {
    assertThat(report("2026-11-23T16:55:35.873588")).isEqualTo("new");
    AgentReport report = reports.getFirst();
    assertThat(report.type()).isEqualTo("DHCP agent");
    assertThat(report.host()).isEqualTo("real-1");
    assertThat(report.availabilityZone()).isEqualTo("nova");
    assertThat(report.starting()).isTrue();
    assertThat(report.configurations()).containsEntry("networks", 0L);
  }

  @Test
  void reportFromBeforeOurStartIsSkipped() throws Exception {
    assertThat(report("2026-11-23T16:55:34.999999")).isNull();
    assertThat(reports).isEmpty();
  }

  @Test
  void serverSaysThatItIsAlive() throws Exception {
    assertThat(method("has_alive_neutron_server").call(context(), new RpcArgs(Map.of())))
        .isEqualTo(true);
  }

  private @Nullable Object report(String time) throws Exception {
    Map<String, @Nullable Object> state =
        Map.of(
            "agent_type", "DHCP agent",
            "binary", "neutron-dhcp-agent",
            "host", "real-1",
            "topic", "dhcp_agent",
            "availability_zone", "nova",
            "start_flag", true,
            "configurations", Map.of("networks", 0L));
    Map<String, @Nullable Object> args =
        Map.of("agent_state", Map.of("agent_state", state), "time", time);
    return method("report_state").call(context(), new RpcArgs(args));
  }

  private RpcEndpoint.Method method(String name) {
    return requireNonNull(endpoint.methods().get(name));
  }

  private static RequestContext context() {
    return RequestContext.admin("req-1");
  }
}
