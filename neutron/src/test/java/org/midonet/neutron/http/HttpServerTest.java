package org.midonet.neutron.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What no ordinary client sends, written to the socket byte by byte. */
final class HttpServerTest {
  private static final int MAX_BODY = 1000;
  private static final int MAX_HEADER_LINE = 2000;

  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private HttpServer server = start(Duration.ofMinutes(1), true);

  private static HttpSettings settings(Duration silence, boolean keepAlive, int most) {
    return new HttpSettings(
        "127.0.0.1", 0, 4096, MAX_BODY, MAX_HEADER_LINE, most, silence, keepAlive, null);
  }

  private static HttpServer start(Duration silence, boolean keepAlive) {
    return start(
        settings(silence, keepAlive, 100),
        request -> {
          if (request.path().equals("/broken")) {
            throw new IllegalStateException("secret");
          }
          return new Response(200, Map.of("Content-Type", "text/plain"), request.body());
        });
  }

  private static HttpServer start(HttpSettings settings, Handler handler) {
    return HttpServer.start(settings, handler);
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
  void aBodyThatCameInTimeLeavesNoTimerBehind() throws IOException {
    for (int i = 0; i < 10; i++) {
      assertThat(
              talk(
                  "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody"))
          .startsWith("HTTP/1.1 200");
    }
    await().untilAsserted(() -> assertThat(Patience.waiting()).isZero());
  }

  @Test
  void whatIsNoHttpIsRefused() throws IOException {
    assertThat(talk("NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400").contains("NeutronError");
    assertThat(talk("GET / HTTP/9.9\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 400");
    assertThat(talk("GET /\r\n\r\n")).startsWith("HTTP/1.1 400");
  }

  @Test
  void requestByHttp10IsTheLastOfItsConnection() throws IOException {
    assertThat(talk("OPTIONS / HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .contains("Connection: close");
    assertThat(talk("GET / HTTP/1.0\r\nHost: h\r\nConnection: Keep-Alive\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .contains("Connection: close");
  }

  @Test
  void requestByHttp10MayCarryABody() throws IOException {
    String head = "POST / HTTP/1.0\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n";
    assertThat(talk(head + "b\u00f6dy")).startsWith("HTTP/1.1 200").endsWith("b\u00f6dy");
  }

  @Test
  void requestByHttp10MayComeByteByByte() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setTcpNoDelay(true);
      for (byte b : "GET /slow HTTP/1.0\r\nA: b\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
        socket.getOutputStream().write(b);
      }
      assertThat(rest(socket)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void headersOfHttp10HaveTheSameLimits() throws IOException {
    assertThat(talk("GET / HTTP/1.0\r\n" + ("X-Many: " + "a".repeat(1000) + "\r\n").repeat(100)))
        .startsWith("HTTP/1.1 4");
    assertThat(talk("GET /" + "a".repeat(9000) + " HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 414");
  }

  @Test
  void twoThousandHalfSentRequestsKeepNobodyWaiting() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 2_000; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        slow.add(socket);
        String sent =
            i % 2 == 0 ? "GET / HT" : "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\na";
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      }
      for (int i = 0; i < 20; i++) {
        assertThat(get("/", "")).startsWith("HTTP/1.1 200");
      }
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void requestBeyondThoseThatMayBeUnderWayIsRefused() throws Exception {
    try (HttpServer narrow = start(settings(Duration.ofMinutes(1), true, 1), this::hold);
        Socket first = new Socket(InetAddress.getLoopbackAddress(), narrow.port());
        Socket second = new Socket(InetAddress.getLoopbackAddress(), narrow.port())) {
      ask(first);
      held.await();
      ask(second);
      assertThat(rest(second)).startsWith("HTTP/1.1 503").contains("The server is busy");
      goOn.countDown();
      assertThat(rest(first)).startsWith("HTTP/1.1 200");
    }
  }

  private Response hold(Request request) {
    try {
      held.countDown();
      goOn.await();
      return Response.empty(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void ask(Socket socket) throws IOException {
    String text = "GET / HTTP/1.1\r\nHost: h\r\n" + closing() + "\r\n";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void connectionWithoutAnyByteIsClosed() throws IOException {
    server.close();
    server = start(Duration.ofSeconds(1), true);
    assertThat(talk("")).isEmpty();
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
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return rest(socket);
    }
  }

  private static String rest(Socket socket) throws IOException {
    socket.setSoTimeout(5_000);
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
