package org.midonet.plugin.client.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.FakeMidonet.Release;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetException;
import org.midonet.plugin.client.MidonetResource;
import org.midonet.plugin.client.MidonetSettings;

/** MidoNets at odd places, behind the wrong things, or that change while the server runs. */
@Timeout(20)
class UnusualMidonetTest {
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
  void anOctetNowAndThenDoesNotProlongTheCall() {
    midonet.next(
        "/neutron/networks",
        exchange -> {
          exchange.sendResponseHeaders(201, 0);
          try {
            while (!testIsOver.await(50, TimeUnit.MILLISECONDS)) {
              exchange.getResponseBody().write(' ');
              exchange.getResponseBody().flush();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    MidonetSettings hasty =
        midonet.settings().withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(800));
    try (MidonetApiClient impatient = new MidonetApiClient(hasty)) {
      assertThat(refusalOf(impatient)).hasMessageContaining("within 0.8 s");
    }
  }

  @Test
  void aPortThatDoesNotSpeakTlsIsNamed() {
    String https = midonet.uri().toString().replace("http:", "https:");
    try (MidonetApiClient wrong =
        new MidonetApiClient(MidonetSettings.of(https, "admin", "passw0rd", null))) {
      MidonetException refused = refusalOf(wrong);
      assertThat(refused.status()).isEqualTo(500);
      assertThat(refused).hasMessageContaining("MidoNet at " + https);
    }
  }

  @Test
  void aPortThatDoesNotSpeakHttpIsNamed() throws IOException {
    try (ServerSocket ssh = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = ssh.accept()) {
              socket
                  .getOutputStream()
                  .write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII));
              testIsOver.await();
            } catch (IOException | InterruptedException e) {
              Thread.currentThread().interrupt(); // the test is over
            }
          });
      String address = "http://127.0.0.1:" + ssh.getLocalPort() + "/midonet-api";
      try (MidonetApiClient wrong =
          new MidonetApiClient(MidonetSettings.of(address, "admin", "passw0rd", null))) {
        assertThat(refusalOf(wrong)).hasMessageContaining("MidoNet at " + address);
      }
    }
  }

  @Test
  void anIpv6AddressIsTaken() throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("::1");
    try (ServerSocket probe = new ServerSocket(0, 1, loopback)) {
      assumeTrue(probe.isBound());
    } catch (IOException e) {
      assumeTrue(false, "this machine has no IPv6");
    }
    try (FakeMidonet six = new FakeMidonet(Release.V5_6, loopback);
        MidonetApiClient there = new MidonetApiClient(six.settings())) {
      there.postcommit(CREATE);
      assertThat(six.uri().toString()).startsWith("http://[::1]:");
      assertThat(six.lines()).containsExactly("POST neutron/networks");
    }
  }

  @Test
  void whatWasDoneIsDoneWhateverTheBodySays() {
    midonet.next("/neutron/networks", FakeMidonet.json(201, "text/html", "<h1>Created</h1>"));
    client.postcommit(CREATE);
    midonet.next("/neutron/networks", FakeMidonet.json(200, "application/json", "{\"id\": "));
    client.postcommit(CREATE);
    midonet.next("/neutron/security_group_rules", FakeMidonet.json(201, "text/plain", "Created"));
    client.postcommit(
        new MidonetCall.Create(
            MidonetResource.SECURITY_GROUP_RULE, Map.of("id", "r1", "protocol", "tcp")));
    assertThat(midonet.lines()).hasSize(3);
  }

  /** An address that first led to a MidoNet of 2015 and then to a 5.6, as behind a proxy. */
  @Test
  void anotherReleaseAtTheSameAddressIsFoundAfterTheNextLogin() {
    URI address = midonet.uri();
    midonet.next(
        "",
        FakeMidonet.json(
            200,
            "application/json",
            "{\"version\": \"v1.10\", \"neutron\": \"" + address + "/neutron\"}"));
    midonet.next(
        "/neutron",
        FakeMidonet.json(
            200, "application/json", "{\"networks\": \"" + address + "/neutron/networks\"}"));
    MidonetCall firewall = new MidonetCall.Create(MidonetResource.FIREWALL, Map.of("id", "f1"));
    MidonetException lacking =
        catchThrowableOfType(MidonetException.class, () -> client.postcommit(firewall));
    assertThat(lacking.status()).isEqualTo(501);
    assertThat(lacking).hasMessageContaining("2015.06");

    midonet.forgetToken();
    client.postcommit(CREATE);
    client.postcommit(firewall);

    assertThat(midonet.lines()).endsWith("POST neutron/firewalls");
  }

  private static MidonetException refusalOf(MidonetApiClient client) {
    MidonetException refused =
        catchThrowableOfType(MidonetException.class, () -> client.postcommit(CREATE));
    assertThat(refused).isNotNull();
    return refused;
  }
}
