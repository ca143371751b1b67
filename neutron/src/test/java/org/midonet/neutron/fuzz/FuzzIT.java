package org.midonet.neutron.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.server.TestServer;
import tools.jackson.core.JacksonException;

/**
 * Whatever is sent, the answer is Neutron's and never a fault.
 *
 * <p>{@code -Dfuzz.seed=N -Dfuzz.count=N} try other requests.
 */
class FuzzIT {
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int COUNT = Integer.getInteger("fuzz.count", 10_000);
  private static final int SHOWN = 40;

  /** Signs of a stack trace or of the programs beneath. */
  private static final Pattern INNARDS =
      Pattern.compile(
          "Exception|\\bat (org|java|io|tools)\\.|java\\.|SQLITE|jooq|org\\.midonet",
          Pattern.CASE_INSENSITIVE);

  /** Error bodies of the version handler and of unknown extensions. */
  private static final Set<Set<String>> BESIDE_THE_API =
      Set.of(Set.of("code", "title", "description"), Set.of("code", "title", "message"));

  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  @Test
  void noRequestMakesTheServerFail(@TempDir Path directory) throws IOException {
    try (TestServer server = TestServer.start(directory);
        RawHttp http = new RawHttp(server.server().port())) {
      List<ResourceDefinition> definitions =
          List.copyOf(server.server().core().catalog().definitions());
      RequestFuzzer fuzzer = new RequestFuzzer(SEED, definitions);
      for (int i = 0; i < COUNT; i++) {
        FuzzRequest request = fuzzer.next();
        RawHttp.Answer answer = answer(http, i, request);
        statuses.merge(answer.status(), 1, Integer::sum);
        String fault = fault(request, answer);
        if (fault != null) {
          faults.add("#" + i + " " + fault + "\n  " + request + "\n  " + shortened(answer.text()));
        }
        learn(fuzzer, definitions, request, answer);
      }
      FuzzRequest health =
          new FuzzRequest(
              "GET",
              "/v2.0/networks?limit=1",
              Map.of("X-Project-Id", "a", "X-Roles", "admin"),
              new byte[0]);
      assertThat(http.send(health).status()).isEqualTo(200);
    }
    assertThat(faults.stream().limit(SHOWN))
        .as("%d faults with seed %d; answers by status %s", faults.size(), SEED, statuses)
        .isEmpty();
    // A good part must get past the first checks, or the test tests little.
    assertThat(statuses.getOrDefault(201, 0))
        .as("created, of %s", statuses)
        .isGreaterThan(COUNT / 50);
  }

  private static RawHttp.Answer answer(RawHttp http, int i, FuzzRequest request)
      throws IOException {
    try {
      return http.send(request);
    } catch (IOException | RuntimeException e) {
      throw new IOException("no HTTP answer to #" + i + " " + request, e);
    }
  }

  private static @Nullable String fault(FuzzRequest request, RawHttp.Answer answer) {
    if (answer.status() >= 500 && !isPostToQuotas(request, answer)) {
      return "status " + answer.status();
    }
    if (answer.status() < 400 || request.method().equals("HEAD")) {
      return null;
    }
    if (INNARDS.matcher(answer.text()).find()) {
      return "innards shown";
    }
    return isErrorBody(answer) ? null : "error body of another form, status " + answer.status();
  }

  /** Neutron answers this one request, and no other, with 501. */
  private static boolean isPostToQuotas(FuzzRequest request, RawHttp.Answer answer) {
    return answer.status() == 501
        && request.method().equals("POST")
        && request.target().startsWith("/v2.0/quotas")
        && answer.text().contains("\"HTTPNotImplemented\"");
  }

  private static boolean isErrorBody(RawHttp.Answer answer) {
    try {
      if (!(Json.read(answer.body()) instanceof Map<?, ?> body)) {
        return false;
      }
      if (body.get("NeutronError") instanceof Map<?, ?> error) {
        return error.keySet().equals(Set.of("type", "message", "detail"))
            && error.values().stream().allMatch(String.class::isInstance);
      }
      return BESIDE_THE_API.contains(body.keySet());
    } catch (JacksonException notJson) {
      return false;
    }
  }

  private static void learn(
      RequestFuzzer fuzzer,
      List<ResourceDefinition> definitions,
      FuzzRequest request,
      RawHttp.Answer answer) {
    if (answer.status() != 201 || !request.method().equals("POST")) {
      return;
    }
    if (Json.read(answer.body()) instanceof Map<?, ?> body) {
      for (ResourceDefinition definition : definitions) {
        if (body.get(definition.name()) instanceof Map<?, ?> item
            && item.get("id") instanceof String id) {
          fuzzer.learn(definition.name(), id);
        }
      }
    }
  }

  private static String shortened(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }
}
