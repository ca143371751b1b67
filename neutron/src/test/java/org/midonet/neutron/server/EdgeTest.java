package org.midonet.neutron.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.http.Handler;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.http.Response;

/** CORS as oslo.middleware has it; proxies and links as Neutron does. */
final class EdgeTest {
  private static final Map<String, String> CORS =
      Map.of("cors.allowed_origin", "https://horizon.example.org");
  private static final String PAGE = "https://horizon.example.org";

  @Test
  void noOriginIsAllowedUnlessConfigured() {
    assertThat(cors(Map.of(), "GET", Map.of("origin", PAGE)).headers()).isEmpty();
  }

  @Test
  void pageOfAnAllowedOriginMayReadAnswers() {
    assertThat(cors(CORS, "GET", Map.of("origin", PAGE)).headers())
        .containsEntry("Access-Control-Allow-Origin", PAGE)
        .containsEntry("Access-Control-Allow-Credentials", "true")
        .containsEntry("Vary", "Origin")
        .containsKey("Access-Control-Expose-Headers");
    assertThat(cors(CORS, "GET", Map.of("origin", "https://evil.example.org")).headers()).isEmpty();
  }

  @Test
  void anyOriginIsAllowedByAStar() {
    assertThat(cors(Map.of("cors.allowed_origin", "*"), "GET", Map.of("origin", PAGE)).headers())
        .containsEntry("Access-Control-Allow-Origin", "*");
  }

  @Test
  void preflightNeedsNoToken() {
    Response answer =
        cors(
            CORS,
            "OPTIONS",
            Map.of(
                "origin", PAGE,
                "access-control-request-method", "PUT",
                "access-control-request-headers", "x-auth-token, Content-Type"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers())
        .containsEntry("Access-Control-Allow-Methods", "PUT")
        .containsEntry("Access-Control-Allow-Headers", "x-auth-token,Content-Type")
        .containsEntry("Access-Control-Max-Age", "3600");
  }

  @Test
  void preflightForWhatIsNotAllowedIsAnsweredWithoutPermission() {
    assertThat(
            cors(CORS, "OPTIONS", Map.of("origin", PAGE, "access-control-request-method", "TRACE"))
                .headers())
        .isEmpty();
    assertThat(
            cors(
                    CORS,
                    "OPTIONS",
                    Map.of(
                        "origin", PAGE,
                        "access-control-request-method", "GET",
                        "access-control-request-headers", "X-Other"))
                .headers())
        .isEmpty();
  }

  @Test
  void proxyIsBelieved() {
    Handler handler = Origins.behindProxy(EdgeTest::origin);
    assertThat(
            handler
                .handle(
                    request(
                        "GET",
                        Map.of(
                            "x-forwarded-proto", "https",
                            "x-forwarded-host", "api.example.org",
                            "x-forwarded-prefix", "/network",
                            "x-forwarded-for", "203.0.113.5")))
                .text())
        .isEqualTo("https://api.example.org/network 203.0.113.5");
    assertThat(
            handler
                .handle(
                    request(
                        "GET",
                        Map.of(
                            "forwarded",
                            "for=192.0.2.60;proto=https;host=\"a.example.org\", for=10.0.0.1")))
                .text())
        .isEqualTo("https://a.example.org 192.0.2.60");
  }

  @Test
  void linksStartWithTheConfiguredPrefix() {
    assertThat(
            Origins.linkedAt("https://api.example.org:9696/net/", EdgeTest::origin)
                .handle(request("GET", Map.of()))
                .text())
        .isEqualTo("https://api.example.org:9696/net 127.0.0.1");
  }

  /** The API behind it lets nobody in. */
  private static Response cors(
      Map<String, String> options, String method, Map<String, String> headers) {
    return Cors.around(NeutronConfig.of(options).cors(), request -> Response.empty(401))
        .handle(request(method, headers));
  }

  private static Response origin(Request request) {
    return new Response(
        200,
        Map.of(),
        (request.base() + " " + request.peer()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Request request(String method, Map<String, String> headers) {
    return new Request(
        method, "/v2.0/networks", "", headers, new byte[0], "http://h:9696", "127.0.0.1");
  }
}
