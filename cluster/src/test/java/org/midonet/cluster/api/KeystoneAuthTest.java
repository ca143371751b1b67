package org.midonet.cluster.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.cluster.api.TestApi.Reply;
import org.midonet.neutron.auth.KeystoneSettings;

/** Administrators come in with Keystone tokens, and get them at /login. */
final class KeystoneAuthTest {
  private static final String TOKEN =
      """
      {"token": {"user": {"id": "u", "name": "%s"}, "roles": [{"name": "%s"}],
       "expires_at": "2099-01-01T00:00:00.000000Z"}}\
      """;

  private HttpServer keystone;
  private KeystoneAuth auth;
  private TestApi api;

  @BeforeEach
  void start() throws IOException {
    keystone = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keystone.createContext("/v3/auth/tokens", KeystoneAuthTest::tokens);
    keystone.createContext(
        "/v3/projects",
        exchange ->
            answer(
                exchange,
                200,
                """
                {"projects": [{"id": "p1", "name": "demo", "description": "d", "enabled": true}]}\
                """));
    keystone.start();
    auth =
        new KeystoneAuth(
            KeystoneSettings.of(
                URI.create("http://127.0.0.1:" + keystone.getAddress().getPort()),
                KeystoneSettings.Account.inDefaultDomain("midonet", "secret", "service")),
            "admin");
    api = TestApi.start(auth);
  }

  @AfterEach
  void stop() {
    api.close();
    auth.close();
    keystone.stop(0);
  }

  /** Logins with the password "secret" succeed; the tokens are named after the role they carry. */
  private static void tokens(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("POST")) {
      boolean right = body.contains("\"secret\"");
      exchange.getResponseHeaders().add("X-Subject-Token", "admin-token");
      answer(exchange, right ? 201 : 401, right ? TOKEN.formatted("x", "admin") : "{}");
      return;
    }
    String token = exchange.getRequestHeaders().getFirst("X-Subject-Token");
    switch (token) {
      case "admin-token" -> answer(exchange, 200, TOKEN.formatted("alice", "Admin"));
      case "member-token" -> answer(exchange, 200, TOKEN.formatted("bob", "member"));
      default -> answer(exchange, 404, "{}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void aLoginGivesATokenInBodyAndCookie() {
    Reply reply = login("alice:secret");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.object()).containsEntry("key", "admin-token");
    assertThat(reply.header("Set-Cookie"))
        .isEqualTo("sessionId=admin-token;Expires=Thu, 01-Jan-2099 00:00:00 GMT");
  }

  @Test
  void aWrongPasswordIsRefused() {
    Reply reply = login("alice:guess");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).startsWith("Basic");
    assertThat(login("alice").status()).isEqualTo(401);
  }

  @Test
  void onlyAdministratorsPass() {
    assertThat(bridges("admin-token").status()).isEqualTo(200);
    assertThat(bridges("member-token").status()).isEqualTo(401);
    assertThat(bridges("forged").status()).isEqualTo(401);
    assertThat(api.get("/bridges").status()).isEqualTo(401);
    assertThat(api.get("/bridges").object()).containsEntry("code", 401);
  }

  @Test
  void tenantsAreKeystonesProjects() {
    Reply reply = api.send("GET", "/tenants", null, "Accept", "*/*", "X-Auth-Token", "admin-token");
    assertThat(reply.list()).extracting(tenant -> tenant.get("name")).containsExactly("demo");
  }

  @Test
  void withoutKeystoneNobodyIsTakenForABadCaller() {
    keystone.stop(0);
    assertThat(bridges("admin-token").status()).isEqualTo(503);
    assertThat(login("alice:secret").status()).isEqualTo(503);
  }

  private Reply login(String credentials) {
    String encoded =
        Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return api.send("POST", "/login", "{}", "Authorization", "Basic " + encoded);
  }

  private Reply bridges(String token) {
    return api.send("GET", "/bridges", null, "Accept", "*/*", "X-Auth-Token", token);
  }
}
