package org.midonet.plugin.client.cluster.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.neutron.agent.AgentSource.Agent;
import org.midonet.neutron.error.NeutronException;

/** MidoNet's hosts are found, and a topology API in trouble is an error in time. */
@Timeout(20)
class TopologyApiTest {
  private static final UUID ONE = UUID.fromString("ffffffff-0000-4000-8000-000000000001");
  private static final UUID TWO = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final Duration SHORT = Duration.ofMillis(500);

  /** What a server does with a connection. */
  private interface Behaviour {
    void of(Socket socket) throws Exception;
  }

  @Test
  void everyHostIsAnAgent() throws Exception {
    try (FakeTopology topology = new FakeTopology(ONE, TWO)) {
      assertThat(TopologyApi.at("127.0.0.1", "" + topology.port()).agents())
          .containsExactly(
              new Agent(ONE, "Midonet Agent", "midolman"),
              new Agent(TWO, "Midonet Agent", "midolman"));
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(topology.asked()).containsExactly("handshake", "snapshot", "bye"));
    }
  }

  @Test
  void aHostIsFoundByItsId() throws Exception {
    try (FakeTopology topology = new FakeTopology(ONE)) {
      TopologyApi api = TopologyApi.at("127.0.0.1", "" + topology.port());
      assertThat(api.agent(ONE)).isPresent();
      assertThat(api.agent(TWO)).isEmpty();
    }
  }

  @Test
  void aMessageOfManyHostsIsRead() throws Exception {
    UUID[] many = new UUID[10_000];
    for (int i = 0; i < many.length; i++) {
      many[i] = new UUID(i, -i);
    }
    try (FakeTopology topology = new FakeTopology(many)) {
      assertThat(TopologyApi.at("127.0.0.1", "" + topology.port()).agents())
          .extracting(Agent::id)
          .containsExactly(many);
    }
  }

  @Test
  void nobodyThereIsNamed() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0)) {
      port = gone.getLocalPort();
    }
    NeutronException refused =
        catchThrowableOfType(
            NeutronException.class, () -> TopologyApi.at("127.0.0.1", "" + port).agents());
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.type()).isEqualTo("ClusterConnectionError");
    assertThat(refused.text()).contains("127.0.0.1:" + port, "cluster_ip and cluster_port");
    assertThat(
            catchThrowableOfType(
                    NeutronException.class, () -> TopologyApi.at("x.invalid", "1").agents())
                .text())
        .contains("there is no host x.invalid");
  }

  @Test
  void silenceIsGivenUp() throws Exception {
    assertRefused(socket -> socket.getInputStream().readAllBytes(), "");
  }

  @Test
  void oneOctetNowAndThenIsGivenUp() throws Exception {
    assertRefused(
        socket -> {
          socket.getOutputStream().write(100);
          while (true) {
            socket.getOutputStream().write(0);
            socket.setSoTimeout(100);
            try {
              socket.getInputStream().read(new byte[100]);
            } catch (IOException e) {
              socket.getOutputStream().flush();
            }
          }
        },
        "");
  }

  @Test
  void aClosedConnectionIsAnError() throws Exception {
    assertRefused(Socket::close, "");
  }

  @Test
  void anotherProtocolIsAnError() throws Exception {
    assertRefused(
        socket ->
            socket
                .getOutputStream()
                .write(
                    "HTTP/1.1 400 Bad Request\r\n\r\n"
                        .repeat(9)
                        .getBytes(StandardCharsets.US_ASCII)),
        "protocol");
  }

  @Test
  void tooMuchIsNotRead() throws Exception {
    assertRefused(
        socket -> socket.getOutputStream().write(new byte[] {-1, -1, -1, 127}),
        "announced a message of 268435455 octets");
  }

  @Test
  void aRefusedHandshakeIsAnError() throws Exception {
    assertRefused(
        socket -> socket.getOutputStream().write(new Message().number(1, 3).framed()), "refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0", "65536", "-1", "999999"})
  void aPortThatIsNoneIsRefusedAtTheStart(String port) {
    assertThatThrownBy(() -> TopologyApi.at("h", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cluster_port in [MIDONET]");
  }

  private static void assertRefused(Behaviour behaviour, String reason) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              behaviour.of(socket);
              socket.getInputStream().readAllBytes();
            } catch (Exception e) {
              Thread.currentThread().interrupt(); // the client went, as it should
            }
          });
      TopologyApi api = new TopologyApi("127.0.0.1", server.getLocalPort(), SHORT);
      long begun = System.nanoTime();
      NeutronException refused = catchThrowableOfType(NeutronException.class, api::agents);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text()).contains(reason);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }
  }
}
