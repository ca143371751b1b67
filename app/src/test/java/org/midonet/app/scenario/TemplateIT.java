package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.TcpSegment;

/** Connections of a kind that the agent has decided about begin without it, and end with it. */
@Scenario
final class TemplateIT {
  private static final String SUBNET = "10.0.1.0/24";
  private static final int ECHO = 9;
  private static final int MANY = 1_000;
  private static final int OPEN = 50;
  private static final URI METRICS = URI.create("http://127.0.0.1:9698/metrics");

  /** Generous, as the machine may have much else to do; what is promised is 100 ms. */
  private static final Duration SOON = Duration.ofSeconds(2);

  @Test
  void manyConnectionsBeginWithoutTheAgentAndAreCutWithTheirRule(Cloud cloud) throws IOException {
    String network = cloud.network(SUBNET);
    String group = cloud.group();
    String rule = cloud.allow(group, "tcp", ECHO);
    Machine server = cloud.machine(network, Cloud.groups(group));
    Machine client = cloud.machine(network);
    server.echoTcp(ECHO);
    double before = metric(cloud, "midonet_agent_begun_connections_total");
    List<Socket> open = new ArrayList<>();
    try (Traffic traffic = Traffic.tcp(client, server.address(), ECHO).awaitAnswers()) {
      for (int i = 0; i < MANY; i++) {
        Socket socket = client.connect(server.address(), ECHO);
        assertThat(echoes(socket)).isTrue();
        if (i % (MANY / OPEN) == 0) {
          open.add(socket);
        } else {
          socket.close();
        }
      }
      double begun = metric(cloud, "midonet_agent_begun_connections_total") - before;
      assertThat(begun).isGreaterThan(MANY * 0.9);
      assertThat(open).allMatch(TemplateIT::echoes);

      Socket late = client.connect(server.address(), ECHO);
      open.add(late);
      assertThat(traffic.cutBy(() -> cloud.removeRule(rule))).isLessThan(SOON);
      for (Socket socket : open) {
        socket.setSoTimeout(20);
        assertThat(echoes(socket)).isFalse();
      }
      assertThat(client.cannotCurl(server.address() + ":" + ECHO)).isTrue();
      cloud.allow(group, "tcp", ECHO);
      late.setSoTimeout(10_000);
      assertThat(echoes(late)).as("what was sent in vain is sent again").isTrue();
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void aFloodOfSynsLeavesOthersAlone(Cloud cloud) throws IOException {
    String network = cloud.network(SUBNET);
    String group = cloud.group();
    cloud.allow(group, "tcp", ECHO);
    Machine server = cloud.machine(network, Cloud.groups(group));
    Machine client = cloud.machine(network);
    Machine flooder = cloud.machine(network);
    server.echoTcp(ECHO);
    for (int i = 0; i < 5; i++) {
      flooder.connect(server.address(), ECHO).close();
    }
    List<Ethernet> syns = new ArrayList<>();
    for (int port = 1; port < 1 << 16; port++) {
      syns.add(syn(flooder, server, port));
    }
    try (Traffic traffic = Traffic.tcp(client, server.address(), ECHO).awaitAnswers()) {
      for (int i = 0; i < 3; i++) {
        flooder.send(syns.toArray(Ethernet[]::new));
        try (Socket socket = client.connect(server.address(), ECHO)) {
          assertThat(echoes(socket)).isTrue();
        }
      }
      assertThat(traffic.goesOn()).isTrue();
      assertThat(metric(cloud, "midonet_agent_state{kind=\"connection\"}"))
          .isLessThan((1 << 16) + 10_000);
    }
  }

  private static Ethernet syn(Machine from, Machine to, int port) {
    TcpSegment segment = TcpSegment.of(port, ECHO, TcpSegment.SYN, Octets.EMPTY);
    Ipv4Packet packet =
        Ipv4Packet.of(
            Ipv4Address.parse(from.address()), Ipv4Address.parse(to.address()), 6, segment);
    return Ethernet.of(to.mac(), from.mac(), packet);
  }

  private static boolean echoes(Socket socket) {
    try {
      if (socket.getSoTimeout() == 0) {
        socket.setSoTimeout(10_000);
      }
      socket.getOutputStream().write(42);
      return socket.getInputStream().read() == 42;
    } catch (IOException e) {
      return false;
    }
  }

  private static double metric(Cloud cloud, String name) {
    String text = Api.exchange(cloud.host().namespace(), "GET", METRICS, Map.of(), Map.of()).text();
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }
}
