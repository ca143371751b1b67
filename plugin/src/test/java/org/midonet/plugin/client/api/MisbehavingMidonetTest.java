package org.midonet.plugin.client.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetException;
import org.midonet.plugin.client.MidonetResource;
import org.midonet.plugin.client.MidonetSettings;

/** Whatever MidoNet does, the caller has a clear error in time, or is none the wiser. */
@Timeout(20)
class MisbehavingMidonetTest {

  private static final MidonetCall CREATE =
      new MidonetCall.Create(MidonetResource.NETWORK, Map.of("id", "n1"));

  private final FakeMidonet midonet = new FakeMidonet();
  private final MidonetApiClient client = new MidonetApiClient(midonet.settings());
  private final CountDownLatch testIsOver = new CountDownLatch(1);

  @AfterEach
  void stop() {
    testIsOver.countDown();
    client.close();
    midonet.close();
  }

  @Test
  void anExpiredTokenIsRenewedAndTheRequestRepeatedOnce() {
    client.postcommit(CREATE);
    midonet.clear();
    midonet.forgetToken();

    client.postcommit(CREATE);

    assertThat(midonet.logins()).isEqualTo(2);
    assertThat(midonet.lines()).containsExactly("POST neutron/networks", "POST neutron/networks");
    assertThat(midonet.calls().getLast().header("X-auth-token")).isEqualTo("token2");
  }

  @Test
  void linksAreFollowedAgainAfterANewLogin() {
    client.postcommit(CREATE);
    midonet.forgetToken();
    client.postcommit(CREATE);
    midonet.clear();

    client.postcommit(CREATE);
    client.postcommit(CREATE);

    assertThat(midonet.exchanges().stream().map(e -> e.path()))
        .containsExactly(
            "/midonet-api",
            "/midonet-api/neutron",
            "/midonet-api/neutron/networks",
            "/midonet-api/neutron/networks");
  }

  @Test
  void aSecond401Passes() {
    midonet.next("/neutron/networks", FakeMidonet.error(401, "no"));
    midonet.next("/neutron/networks", FakeMidonet.error(401, "not an administrator"));

    MidonetException refused = refusalOf(client);

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused).hasMessageContaining("not an administrator");
    assertThat(midonet.lines()).hasSize(2);
  }

  @Test
  void aRefusedLoginNamesTheOptions() {
    MidonetSettings wrong = MidonetSettings.of(midonet.uri().toString(), "admin", "wrong", null);
    try (MidonetApiClient stranger = new MidonetApiClient(wrong)) {
      MidonetException refused = refusalOf(stranger);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused)
          .hasMessageContaining("Invalid username or password.")
          .hasMessageContaining("username, password and project_id in [MIDONET]");
    }
  }

  @Test
  void aLoginWithoutTokenIsAnError() {
    midonet.next("/login", FakeMidonet.json(200, "application/json", "{}"));

    assertThat(refusalOf(client)).hasMessageContaining("no session cookie");
  }

  @Test
  void manyThreadsShareOneLogin() throws Exception {
    client.postcommit(CREATE);
    midonet.forgetToken();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all =
          IntStream.range(0, 16)
              .<Future<?>>mapToObj(i -> threads.submit(() -> client.postcommit(CREATE)))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    }
    assertThat(midonet.logins()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "400, 400, HTTPBadRequest",
    "403, 403, HTTPForbidden",
    "404, 404, HTTPNotFound",
    "409, 409, HTTPConflict",
    "500, 500, HTTPInternalServerError",
    "503, 503, HTTPServiceUnavailable",
    "418, 500, HTTPInternalServerError",
    "599, 500, HTTPInternalServerError"
  })
  void theStatusOfMidonetPassesToTheUser(int backend, int user, String type) {
    midonet.next("/neutron/networks", FakeMidonet.error(backend, "the reason"));

    MidonetException refused = refusalOf(client);

    assertThat(refused.toNeutron().status()).isEqualTo(user);
    assertThat(refused.toNeutron().type()).isEqualTo(type);
    assertThat(refused.toNeutron().text())
        .isEqualTo(
            "MidoNet at %s answered POST %s/neutron/networks with %d: the reason"
                .formatted(midonet.uri(), midonet.uri(), backend));
  }

  @Test
  void violationsAreTold() {
    midonet.next(
        "/neutron/networks",
        FakeMidonet.json(
            400,
            "application/json",
            "{\"message\":\"Invalid\",\"violations\":[{\"property\":\"name\"}]}"));

    assertThat(refusalOf(client)).hasMessageEndingWith("Invalid: [{\"property\":\"name\"}]");
  }

  @Test
  void anErrorPageIsQuoted() {
    midonet.next(
        "/neutron/networks",
        FakeMidonet.json(500, "text/html", "<h1>HTTP\n ERROR 500</h1>" + "x".repeat(9999)));

    assertThat(refusalOf(client).getMessage())
        .contains("<h1>HTTP ERROR 500</h1>xxx")
        .hasSizeLessThan(600);
  }

  @Test
  void anErrorIsNotRepeated() {
    midonet.next("/neutron/networks", FakeMidonet.error(503, "lock not obtained"));

    refusalOf(client);

    assertThat(midonet.lines()).hasSize(1);
  }

  @Test
  void aDocumentThatIsNoJsonIsQuoted() {
    midonet.next("", FakeMidonet.json(200, "text/html", "<html>It works!</html>"));

    assertThat(refusalOf(client))
        .hasMessageContaining(midonet.uri().toString())
        .hasMessageContaining("no JSON object: <html>It works!</html>");
  }

  @Test
  void aWrongPathSaysToCheckTheAddress() {
    midonet.next("", FakeMidonet.error(404, "nothing here"));

    MidonetException refused = refusalOf(client);

    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused).hasMessageContaining("There is no MidoNet API at " + midonet.uri());
    client.postcommit(CREATE); // a failed discovery is not remembered
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | offers no neutron",
        "{\"neutron\": 5} | offers no neutron",
        "{\"neutron\": \"file:///etc/passwd\"} | no http URL",
        "{\"neutron\": \"http://[\"} | no URL"
      })
  void aRootWithoutUsableLinkIsAnError(String root, String complaint) {
    midonet.next("", FakeMidonet.json(200, "application/json", root));

    assertThat(refusalOf(client)).hasMessageContaining(complaint);
  }

  @Test
  void aNeutronDocumentWithoutTheResourceIsAnError() {
    midonet.next(
        "/neutron", FakeMidonet.json(200, "application/json", "{\"subnets\": \"http://x/\"}"));

    assertThat(refusalOf(client)).hasMessageContaining("offers no networks");
  }

  @Test
  void anAnswerThatBreaksOffIsAnErrorInTime() {
    midonet.next("", half());

    MidonetException refused = refusalOf(client);

    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused).hasMessageContaining("broke off its answer to GET " + midonet.uri());
  }

  @Test
  void aClosedConnectionIsAnErrorInTime() {
    midonet.next("/neutron/networks", HttpExchange::close);

    assertThat(refusalOf(client)).hasMessageContaining("broke off its answer to POST");
  }

  @Test
  void aSilentMidonetIsGivenUp() {
    midonet.next("/neutron/networks", exchange -> hold());

    assertInTime("POST " + midonet.uri() + "/neutron/networks within 0.5 s");
  }

  @Test
  void aBodyThatNeverEndsIsGivenUp() {
    midonet.next(
        "",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          hold();
        });

    assertInTime("GET " + midonet.uri() + " within 0.5 s");
  }

  @Test
  void aFloodIsCutOff() {
    midonet.next(
        "",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] much = new byte[1 << 20];
          for (int i = 0; i < 64; i++) {
            exchange.getResponseBody().write(much);
          }
        });

    assertThat(refusalOf(client)).hasMessageContaining("broke off");
  }

  @Test
  void anUnreachableMidonetIsNamed() {
    URI address = midonet.uri();
    midonet.close();

    MidonetException refused = refusalOf(client);

    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused)
        .hasMessageContaining("Cannot connect to MidoNet at " + address)
        .hasMessageContaining("midonet_uri in [MIDONET]");
  }

  @Test
  void anUnknownHostIsNamed() {
    MidonetSettings settings =
        MidonetSettings.of("http://midonet.invalid:8181/midonet-api", "u", "p", null);
    try (MidonetApiClient lost = new MidonetApiClient(settings)) {
      assertThat(refusalOf(lost)).hasMessageContaining("midonet.invalid:8181");
    }
  }

  @Test
  void aRedirectedDocumentIsFollowed() {
    midonet.next("", redirect(302, "/midonet-api/"));
    midonet.next(
        "/",
        FakeMidonet.json(
            200, "application/json", "{\"neutron\":\"" + midonet.uri() + "/neutron\"}"));

    client.postcommit(CREATE);

    assertThat(midonet.lines()).containsExactly("POST neutron/networks");
  }

  @Test
  void aRedirectToAnotherServerDoesNotGetTheToken() {
    try (FakeMidonet other = new FakeMidonet()) {
      midonet.next("", redirect(302, other.uri().toString()));

      assertThat(refusalOf(client)).hasMessageContaining("to another server, " + other.uri());
      assertThat(other.exchanges()).isEmpty();
    }
  }

  @Test
  void aRedirectLoopEnds() {
    for (int i = 0; i < 10; i++) {
      midonet.next("", redirect(302, midonet.uri().toString()));
    }

    assertThat(refusalOf(client)).hasMessageContaining("more than 5 redirects");
  }

  @Test
  void aRedirectedChangeIsAnError() {
    midonet.next("/neutron/networks", redirect(307, "/elsewhere"));

    MidonetException refused = refusalOf(client);

    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused).hasMessageContaining("with 307: a redirect to /elsewhere");
  }

  @ParameterizedTest
  @CsvSource({"ftp://host/x", "localhost:8181", "/midonet-api", "http:///x", "'http://a b/'"})
  void anAddressThatIsNoHttpUrlIsRefused(String address) {
    assertThatThrownBy(() -> MidonetSettings.of(address, "u", "p", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("midonet_uri in [MIDONET]");
  }

  private void assertInTime(String message) {
    MidonetSettings hasty =
        midonet.settings().withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(500));
    try (MidonetApiClient impatient = new MidonetApiClient(hasty)) {
      long start = System.nanoTime();
      assertThat(refusalOf(impatient))
          .hasMessageContaining("did not finish its answer to " + message);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  private static MidonetException refusalOf(MidonetApiClient client) {
    MidonetException refused =
        catchThrowableOfType(MidonetException.class, () -> client.postcommit(CREATE));
    assertThat(refused).isNotNull();
    return refused;
  }

  private static FakeMidonet.Answer redirect(int status, String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private static FakeMidonet.Answer half() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 100);
      exchange
          .getResponseBody()
          .write("{\"neutron\": ".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
    };
  }

  private void hold() throws IOException {
    try {
      testIsOver.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
