package org.midonet.neutron.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.api.ApiHandler;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.server.TestServer;

/** The real API below, a list above. */
final class NotifyingApiTest {
  private static final RequestContext CONTEXT =
      RequestContext.builder("req-test").project("p", "p").admin(true).build();
  private static final String TAGS = "/v2.0/networks/n/tags";

  @TempDir private Path directory;
  private final List<Map<String, Object>> told = new ArrayList<>();
  private TestServer server;
  private NotifyingApi api;

  @BeforeEach
  void start() {
    server = TestServer.start(directory);
    api = notifying(new ApiHandler(server.server().core(), List.of()));
  }

  private NotifyingApi notifying(ApiHandler inner) {
    Core core = server.server().core();
    return new NotifyingApi(notifier(), core.catalog(), inner::handle);
  }

  private Notifier notifier() {
    return new Notifier(List.of((_, _, notification) -> told.add(notification)), null, "h1");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void lifeOfANetworkIsToldBeforeAndAfterEachStep() {
    Map<?, ?> made = send("POST", "/v2.0/networks", "{\"network\": {\"name\": \"a\"}}");
    String id = String.valueOf(((Map<?, ?>) Objects.requireNonNull(made.get("network"))).get("id"));
    String path = "/v2.0/networks/" + id;
    send("PUT", path, "{\"network\": {\"name\": \"b\"}}");
    send("GET", path, "");
    send("DELETE", path, "");
    assertThat(told)
        .extracting(notification -> notification.get("event_type"))
        .containsExactly(
            "network.create.start",
            "network.create.end",
            "network.update.start",
            "network.update.end",
            "network.delete.start",
            "network.delete.end");
    assertThat(payload(0)).isEqualTo(Map.of("network", Map.of("name", "a")));
    assertThat(payload(1)).isEqualTo(made);
    assertThat(payload(2)).isEqualTo(Map.of("network", Map.of("name", "b"), "id", id));
    assertThat(payload(4)).isEqualTo(Map.of("network_id", id));
    assertThat(payload(5)).containsEntry("network_id", id);
    assertThat(payload(5).toString()).contains("name=b");
    assertThat(told.getFirst())
        .containsEntry("publisher_id", "network.h1")
        .containsEntry("priority", "INFO")
        .containsKeys("message_id", "timestamp");
  }

  @Test
  void refusedRequestIsToldByItsStartAlone() {
    assertThatThrownBy(() -> send("DELETE", "/v2.0/networks/none", ""))
        .isInstanceOf(NeutronException.class);
    assertThat(told)
        .extracting(notification -> notification.get("event_type"))
        .containsExactly("network.delete.start");
  }

  @Test
  void whatIsNoJsonIsNotTold() {
    assertThatThrownBy(() -> send("POST", "/v2.0/networks", "{"))
        .isInstanceOf(NeutronException.class);
    assertThat(told).isEmpty();
  }

  @Test
  void actionsBesideTheResourceHaveEventsOfTheirOwn() {
    api =
        new NotifyingApi(
            notifier(),
            server.server().core().catalog(),
            (_, _) -> Response.json(200, Map.of("id", "r")));
    send("PUT", "/v2.0/routers/r/add_router_interface", "{\"subnet_id\": \"s\"}");
    send("PUT", TAGS + "/red", "");
    send("DELETE", TAGS, "");
    send("POST", "/v2.0/agents/a/l3-routers", "{\"router_id\": \"r\"}");
    send("DELETE", "/v2.0/agents/a/dhcp-networks/n", "");
    assertThat(told)
        .extracting(notification -> notification.get("event_type"))
        .containsExactly(
            "router.interface.create",
            "tag.create.start",
            "tag.create.end",
            "tag.delete_all.start",
            "tag.delete_all.end",
            "l3_agent.router.add",
            "dhcp_agent.network.remove");
    assertThat(payload(0)).isEqualTo(Map.of("router_interface", Map.of("id", "r")));
    assertThat(payload(1))
        .isEqualTo(
            Map.of(
                "parent_resource", "networks", "parent_resource_id", "n", "tags", List.of("red")));
    assertThat(payload(5)).isEqualTo(Map.of("agent", Map.of("id", "a", "router_id", "r")));
    assertThat(told.get(5)).containsEntry("publisher_id", "router.h1");
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private Map<String, Object> payload(int index) {
    return (Map<String, Object>) Objects.requireNonNull(told.get(index).get("payload"));
  }

  private Map<?, ?> send(String method, String path, String body) {
    Request request =
        new Request(
            method,
            path,
            "",
            Map.of(),
            body.getBytes(StandardCharsets.UTF_8),
            "http://localhost",
            "127.0.0.1");
    Response answer = api.handle(request, CONTEXT);
    return answer.body().length == 0
        ? Map.of()
        : (Map<?, ?>) Objects.requireNonNull(Json.read(answer.body()));
  }
}
