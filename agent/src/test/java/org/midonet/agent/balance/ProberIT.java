package org.midonet.agent.balance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.agent.sim.HealthProber;
import org.midonet.packets.Ipv4Address;

/** Probes of servers in a network namespace. */
@Tag("root")
final class ProberIT {
  private static final Ipv4Address LOOPBACK = Ipv4Address.parse("127.0.0.1");
  private static final char[] PASSWORD = "password".toCharArray();

  private final NetworkNamespace namespace = NetworkNamespace.create();
  private final Prober prober = new Prober(namespace);

  @TempDir Path folder;

  ProberIT() {
    namespace.run(() -> {
      try (Links links = new Links()) {
        links.setUp(links.get("lo").index());
      }
    });
  }

  @AfterEach
  void close() {
    prober.close();
    namespace.close();
  }

  private @Nullable String probe(int port, Watch.Kind kind) throws InterruptedException {
    return prober.probe(
        new Watch(
            UUID.randomUUID(),
            new HealthProber.Target(UUID.randomUUID(), LOOPBACK),
            port,
            kind,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1),
        LOOPBACK);
  }

  private static Watch.Kind http(boolean tls, String path, String codes) {
    return new Watch.Kind.Http(tls, "GET", path, StatusCodes.parse(codes));
  }

  private HttpServer serve(Callable<HttpServer> made) {
    HttpServer server = namespace.call(made);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            boolean well = exchange.getRequestURI().getPath().equals("/well");
            exchange.sendResponseHeaders(well ? 200 : 503, -1);
          }
        });
    server.start();
    return server;
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Test
  void aServerIsAskedForAPathAndItsStatusCompared() throws Exception {
    HttpServer server = serve(() -> HttpServer.create(anyPort(), 8));
    int port = server.getAddress().getPort();
    assertThat(probe(port, http(false, "/well", "200"))).isNull();
    assertThat(probe(port, http(false, "/", "200"))).isEqualTo("status 503");
    assertThat(probe(port, http(false, "/", "200,500-503"))).isNull();
    assertThat(probe(port, http(true, "/well", "200"))).as("no TLS").isNotNull();
    assertThat(probe(port, http(false, "/a b\r\nX: y", "200"))).contains("cannot be asked");
    server.stop(0);
    assertThat(probe(port, http(false, "/well", "200"))).containsIgnoringCase("refused");
  }

  @Test
  void whoseCertificateAServerHasDoesNotMatter() throws Exception {
    HttpServer server =
        serve(() -> {
          HttpsServer secure = HttpsServer.create(anyPort(), 8);
          secure.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
          return secure;
        });
    int port = server.getAddress().getPort();
    // The first handshake of a process takes its time.
    Awaitility.await().until(() -> probe(port, http(true, "/well", "200")) == null);
    assertThat(probe(port, http(true, "/", "200"))).isEqualTo("status 503");
    server.stop(0);
  }

  private SSLContext selfSigned() throws Exception {
    Path store = folder.resolve("store");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=nobody",
                "-alias",
                "own",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void aServerThatSaysNothingFailsInTime() throws Exception {
    try (ServerSocket silent = namespace.call(() -> new ServerSocket(0))) {
      assertThat(probe(silent.getLocalPort(), new Watch.Kind.Tcp())).isNull();
      assertThat(probe(silent.getLocalPort(), http(false, "/", "200"))).contains("no answer");
      assertThat(probe(silent.getLocalPort(), http(true, "/", "200"))).contains("no answer");
    }
  }

  @Test
  void pingsAreAnsweredByWhoIsThere() throws Exception {
    assertThat(probe(0, new Watch.Kind.Ping())).isNull();
  }
}
