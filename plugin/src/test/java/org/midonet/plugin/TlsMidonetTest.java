package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.tls.ClientTls;
import org.midonet.plugin.TestServer.Answer;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.MidonetSettings;
import org.midonet.plugin.client.api.MidonetApiClient;

/** A MidoNet that speaks https, with a certificate that it signed itself. */
@Timeout(60)
class TlsMidonetTest {
  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;
  private static KeyStore own;
  private static KeyStore others;

  @BeforeAll
  static void makeCertificates() throws Exception {
    own = keys("own", "ip:127.0.0.1");
    others = keys("others", "dns:midonet.example.com");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsNamedAndNothingIsLeft() throws Exception {
    try (FakeMidonet midonet = new FakeMidonet(context(own));
        TestServer neutron = new TestServer(new MidonetApiClient(midonet.settings()))) {
      Answer refused = neutron.post("/networks", "{'network': {'name': 'n'}}");

      assertThat(refused.status()).isEqualTo(500);
      assertThat(refused.resource().get("message").asString())
          .startsWith("The certificate of MidoNet at " + midonet.uri() + " is not trusted")
          .contains("unable to find valid certification path")
          .contains("cafile in [MIDONET]");
      assertThat(neutron.get("/networks").resource()).isEmpty();
      assertThat(midonet.exchanges()).isEmpty();
    }
  }

  @Test
  void oneThatTheOperatorTrustsIsTold() throws Exception {
    try (FakeMidonet midonet = new FakeMidonet(context(own));
        TestServer neutron = new TestServer(new MidonetApiClient(trusting(midonet, own)))) {
      assertThat(neutron.post("/networks", "{'network': {'name': 'n'}}").status()).isEqualTo(201);
      assertThat(midonet.lines()).contains("POST neutron/networks");
    }
  }

  @Test
  void theCertificateOfAnotherHostIsNamed() throws Exception {
    try (FakeMidonet midonet = new FakeMidonet(context(others));
        TestServer neutron = new TestServer(new MidonetApiClient(trusting(midonet, others)))) {
      Answer refused = neutron.post("/networks", "{'network': {'name': 'n'}}");

      assertThat(refused.status()).isEqualTo(500);
      assertThat(refused.resource().get("message").asString())
          .contains("MidoNet at " + midonet.uri() + " is not trusted")
          .contains("127.0.0.1");
      assertThat(midonet.exchanges()).isEmpty();
    }
  }

  @Test
  void oneThatNeverShakesHandsIsGivenUpAndNothingIsLeft() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String uri = "https://127.0.0.1:" + silent.getLocalPort() + "/midonet-api";
      MidonetSettings settings =
          MidonetSettings.of(uri, null, "", null)
              .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(2));
      try (TestServer neutron = new TestServer(new MidonetApiClient(settings))) {
        Answer refused = neutron.post("/networks", "{'network': {'name': 'n'}}");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.resource().get("message").asString())
            .contains("MidoNet at " + uri)
            .contains("in time");
        assertThat(neutron.get("/networks").resource()).isEmpty();
      }
    }
  }

  @Test
  void aFileThatHoldsNoAuthorityIsNamedAtTheStart() throws IOException {
    Path garbage = Files.writeString(folder.resolve("garbage.pem"), "not a certificate");
    Path missing = folder.resolve("missing.pem");
    for (Path file : List.of(garbage, missing)) {
      MidonetSettings settings =
          MidonetSettings.of("https://127.0.0.1/midonet-api", null, "", null)
              .withTls(new ClientTls(file, null, null, false));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new MidonetApiClient(settings))
          .withMessageContaining(file.toString());
    }
  }

  private static MidonetSettings trusting(FakeMidonet midonet, KeyStore keys) throws Exception {
    Certificate certificate = keys.getCertificate("a");
    Path file = folder.resolve("ca.pem");
    Files.writeString(
        file,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    return midonet.settings().withTls(new ClientTls(file, null, null, false));
  }

  private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static KeyStore keys(String name, String host)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve(name);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=midonet",
                "-ext",
                "san=" + host,
                "-alias",
                "a",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }
}
