package org.midonet.neutron.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no ordinary client sends, written to the socket byte by byte. */
final class HttpServerTest {
  private static final int MAX_BODY = 1000;
  private static final int MAX_HEADER_LINE = 2000;

  private HttpServer server = start(Duration.ofMinutes(1), true);

  private static HttpServer start(Duration silence, boolean keepAlive) {
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1", 0, 10, MAX_BODY, MAX_HEADER_LINE, 100, silence, keepAlive, null);
    return HttpServer.start(
        settings,
        request -> {
          if (request.path().equals("/broken")) {
            throw new IllegalStateException("secret");
          }
          return new Response(200, Map.of("Content-Type", "text/plain"), request.body());
        });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void requestLineThatIsNoneIsRefused() throws IOException {
    assertThat(talk("GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("NeutronError");
    assertThat(talk("G(T / HTTP/1.1\r\nHost: h\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("NeutronError");
  }

  @Test
  void whatIsNoHttpIsClosedWithoutAnAnswer() throws IOException {
    assertThat(talk("NONSENSE\r\n\r\n")).isEmpty();
    assertThat(talk("GET / HTTP/9.9\r\nHost: h\r\n\r\n")).isEmpty();
  }

  @Test
  void requestLineThatIsTooLongIsRefused() throws IOException {
    assertThat(talk("GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: h\r\n\r\n"))
        .startsWith("HTTP/1.1 414")
        .contains("NeutronError");
  }

  @Test
  void requestLineOfEightThousandBytesIsRead() throws IOException {
    assertThat(get("/" + "a".repeat(8000), "")).startsWith("HTTP/1.1 200");
  }

  @Test
  void headerLineThatIsTooLongIsRefused() throws IOException {
    assertThat(get("/", "X-Long: " + "a".repeat(MAX_HEADER_LINE) + "\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("NeutronError")
        .contains("Connection: close");
  }

  @Test
  void tooManyHeadersAreRefused() throws IOException {
    assertThat(get("/", ("X-Many: " + "a".repeat(1000) + "\r\n").repeat(100)))
        .startsWith("HTTP/1.1 400")
        .contains("NeutronError");
  }

  @Test
  void declaredBodyThatIsTooLargeIsRefusedUnread() throws IOException {
    assertThat(talk("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000\r\n\r\n"))
        .startsWith("HTTP/1.1 413")
        .contains("Request is too large. Larger than max_request_body_size (1000).");
  }

  @Test
  void chunkedBodyThatIsTooLargeIsRefused() throws IOException {
    String chunk = "400\r\n" + "a".repeat(0x400) + "\r\n0\r\n\r\n";
    assertThat(talk("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk))
        .startsWith("HTTP/1.1 413")
        .contains("Request is too large. Larger than 1000.");
  }

  @Test
  void getMayCarryABody() throws IOException {
    assertThat(talk("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n" + closing() + "\r\nbody"))
        .startsWith("HTTP/1.1 200")
        .endsWith("body");
  }

  @Test
  void headIsAnsweredWithoutBody() throws IOException {
    assertThat(talk("HEAD / HTTP/1.1\r\nHost: h\r\n" + closing() + "\r\n"))
        .startsWith("HTTP/1.1 200")
        .endsWith("\r\n\r\n");
  }

  @Test
  void defectTellsTheClientNothing() throws IOException {
    assertThat(get("/broken", ""))
        .startsWith("HTTP/1.1 500")
        .contains("Request Failed: internal server error while processing your request.")
        .doesNotContain("secret");
  }

  @Test
  void silentConnectionIsClosed() throws IOException {
    server.close();
    server = start(Duration.ofSeconds(1), true);
    assertThat(talk("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc")).isEmpty();
    assertThat(talk("GET / HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 200");
  }

  @Test
  void connectionCarriesOneRequestWithoutKeepAlive() throws IOException {
    server.close();
    server = start(Duration.ofMinutes(1), false);
    assertThat(talk("GET / HTTP/1.1\r\nHost: h\r\n\r\n")).contains("Connection: close");
  }

  private String get(String path, String headers) throws IOException {
    return talk("GET " + path + " HTTP/1.1\r\nHost: h\r\n" + headers + closing() + "\r\n");
  }

  private static String closing() {
    return "Connection: close\r\n";
  }

  /** Sends the text and reads until the server closes the connection. */
  private String talk(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
