package org.midonet.cluster.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.cluster.api.TestApi;
import org.midonet.cluster.api.TestApi.Reply;

/** Single requests for Neutron's objects, with the answers that a real MidoNet gave. */
final class NeutronProbesTest {
  private static final String VENDOR = "application/vnd.org.midonet.neutron.";
  private static final String NETWORK = "00000003-0000-4000-8000-000000000000";
  private static final String NOBODY = "00000003-0000-4000-8000-0000000000ff";
  private static final String NETWORKS = "/neutron/networks";

  private final Iterator<String> lines = neutronLines().iterator();

  @Test
  void everyAnswerIsTheRecordedOne() {
    try (TestApi api = TestApi.start()) {
      send(api, "POST", NETWORKS, "Network-v1", Map.of("id", NETWORK, "name", "net"));
      same(send(api, "GET", "/neutron", "Neutron-v3", null));
      same(send(api, "GET", NETWORKS + "/" + NOBODY, "Network-v1", null));
      same(send(api, "PUT", NETWORKS + "/" + NOBODY, "Network-v1", Map.of("name", "x")));
      same(send(api, "PUT", NETWORKS + "/" + NETWORK, "Network-v1", Map.of("name", "noid")));
      same(send(api, "POST", NETWORKS, "Network-v1", Map.of("id", NETWORK)));
      status(500, 400, send(api, "POST", NETWORKS, "Network-v1", Map.of("name", "noid")));
      same(send(api, "POST", NETWORKS, "Networks-v1", List.of(bulk(1), bulk(2))));
      same(send(api, "DELETE", NETWORKS + "/" + bulk(1).get("id"), null, null));
      same(send(api, "DELETE", NETWORKS + "/" + bulk(2).get("id"), null, null));
      same(send(api, "DELETE", NETWORKS + "/" + bulk(2).get("id"), null, null));
      status(400, 400, send(api, "POST", NETWORKS, "Network-v1", Map.of("id", "zzz")));
      same(api.post(NETWORKS, Map.of("id", NOBODY)));
      same(
          send(
              api,
              "POST",
              "/neutron/ports",
              "Port-v1",
              Map.of("id", NETWORK, "network_id", NOBODY)));
    }
    assertThat(lines.hasNext()).isFalse();
  }

  private static Map<String, Object> bulk(int number) {
    return Map.of(
        "id", "000000e%d-0000-4000-8000-000000000000".formatted(number), "name", "b" + number);
  }

  private void same(Reply reply) {
    Probe recorded = Probe.parse(lines.next());
    assertThat(Probe.of(recorded, reply)).isEqualTo(recorded);
  }

  /** Where ours gives a better answer, or says it in other words. */
  private void status(int recorded, int ours, Reply reply) {
    assertThat(Probe.parse(lines.next()).status()).isEqualTo(recorded);
    assertThat(reply.status()).isEqualTo(ours);
    assertThat(reply.object().get("code")).isEqualTo(ours);
  }

  private static Reply send(
      TestApi api, String method, String path, @Nullable String type, @Nullable Object body) {
    return type == null
        ? api.send(method, path, body)
        : api.send(
            method,
            path,
            body,
            "Accept",
            VENDOR + type + "+json",
            "Content-Type",
            VENDOR + type + "+json");
  }

  private static List<String> neutronLines() {
    try (InputStream in =
        NeutronProbesTest.class.getResourceAsStream("/midonet-golden/status-probes.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> line.contains(" /neutron")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
