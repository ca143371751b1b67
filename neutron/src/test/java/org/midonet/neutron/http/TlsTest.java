package org.midonet.neutron.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS with a certificate that keytool signs with its own key. */
final class TlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path directory;
  private static KeyStore pair = store();
  private static Path certificate = Path.of("cert.pem");
  private static Path key = Path.of("key.pem");

  @BeforeAll
  static void makePair() throws Exception {
    Path store = directory.resolve("pair.p12");
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start()
            .waitFor();
    assertThat(code).isZero();
    try (InputStream in = Files.newInputStream(store)) {
      pair.load(in, PASSWORD.toCharArray());
    }
    certificate = pem("CERTIFICATE", pair.getCertificate("a").getEncoded());
    key = pem("PRIVATE KEY", pair.getKey("a", PASSWORD.toCharArray()).getEncoded());
  }

  @Test
  void clientThatTrustsTheCertificateIsServed() throws Exception {
    try (HttpServer server = start(new TlsFiles(certificate, key, null))) {
      assertThat(server.secure()).isTrue();
      assertThat(get(server, false)).startsWith("https://127.0.0.1:");
    }
  }

  @Test
  void caFileMakesClientsShowACertificate() throws Exception {
    try (HttpServer server = start(new TlsFiles(certificate, key, certificate))) {
      assertThat(get(server, true)).startsWith("https://");
      assertThatThrownBy(() -> get(server, false)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void requestByHttp10IsAnsweredOverTlsToo() throws Exception {
    try (HttpServer server = start(new TlsFiles(certificate, key, null));
        Socket socket =
            context(false).getSocketFactory().createSocket("127.0.0.1", server.port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void fileThatIsNoPemStopsTheStart() throws IOException {
    Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nonsense");
    assertThatThrownBy(() -> start(new TlsFiles(nonsense, key, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nonsense.pem");
  }

  private static HttpServer start(TlsFiles files) {
    return HttpServer.start(
        new HttpSettings("127.0.0.1", 0, 10, 1000, 2000, 100, Duration.ofMinutes(1), true, files),
        request -> Response.json(200, request.base()));
  }

  private static String get(HttpServer server, boolean withCertificate)
      throws IOException, InterruptedException, GeneralSecurityException {
    URI uri = URI.create("https://127.0.0.1:" + server.port() + "/");
    try (HttpClient client = HttpClient.newBuilder().sslContext(context(withCertificate)).build()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body()
          .replace("\"", "");
    }
  }

  private static SSLContext context(boolean withCertificate)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    KeyStore trusted = store();
    trusted.load(null, null);
    trusted.setCertificateEntry("a", pair.getCertificate("a"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    context.init(withCertificate ? keys() : null, trust.getTrustManagers(), null);
    return context;
  }

  private static KeyManager @Nullable [] keys() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(pair, PASSWORD.toCharArray());
    return keys.getKeyManagers();
  }

  private static KeyStore store() {
    try {
      return KeyStore.getInstance("PKCS12");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path pem(String kind, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        directory.resolve(kind.replace(" ", "") + ".pem"),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }
}
