package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Agents and ZooKeeper die, and come back. */
@Sites
@Order(Integer.MAX_VALUE - 1)
final class HostFailureIT {
  private static final String SUBNET = "10.0.1.0/24";
  private static final String OUTSIDE = "172.24.4.1";
  private static final int ECHO = 9;
  private static final Duration BREAK = Duration.ofSeconds(1);

  /** One connection in a network, and one by source NAT, both from the first host. */
  private record Connections(Machine client, Machine near, Machine world) {
    static Connections between(Site site) {
      Cloud cloud = site.cloud();
      String external = cloud.external("172.24.4");
      String network = cloud.network(SUBNET);
      cloud.gateway(cloud.router(network), external);
      Machine client = site.machine(2, network);
      Machine near = site.server(1, network);
      Machine world = site.openMachineAt(3, external, OUTSIDE);
      near.echoTcp(ECHO);
      near.echoUdp(ECHO);
      world.echoTcp(ECHO);
      world.echoUdp(ECHO);
      return new Connections(client, near, world);
    }

    Traffic toNear() throws IOException {
      return Traffic.tcp(client, near.address(), ECHO).awaitAnswers();
    }

    Traffic toWorld() throws IOException {
      return Traffic.tcp(client, OUTSIDE, ECHO).awaitAnswers();
    }

    boolean canBegin() {
      try (Traffic _ = toWorld();
          Traffic _ = toNear()) {
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }

  /** Datagrams measure it: TCP waits for long where a few packets in a row are lost. */
  @Test
  void trafficGoesOnWhenAnAgentIsKilledAndAnotherTakesOver(Site site) throws IOException {
    Connections all = Connections.between(site);
    try (Traffic nearTcp = all.toNear();
        Traffic farTcp = all.toWorld();
        Traffic near = Traffic.udp(all.client(), all.near().address(), ECHO).awaitAnswers();
        Traffic far = Traffic.udp(all.client(), OUTSIDE, ECHO).awaitAnswers()) {
      for (int number : new int[] {2, 3}) {
        Duration[] silences = new Duration[2];
        silences[0] =
            near.longestSilenceDuring(
                () -> silences[1] = far.longestSilenceDuring(() -> takeOver(site.host(number))));
        System.out.printf("host %d was taken over with breaks of %s%n", number, List.of(silences));
        assertThat(silences).allSatisfy(silence -> assertThat(silence).isLessThan(BREAK));
        nearTcp.awaitAnswers();
        farTcp.awaitAnswers();
      }
    }
    assertThat(all.canBegin()).isTrue();
  }

  @Test
  void connectionsBeginAndLastWhileAnAgentIsKilledAndAnotherTakesOver(Site site)
      throws IOException {
    String network = site.cloud().network(SUBNET);
    Machine server = site.server(2, network);
    Machine client = site.machine(2, network);
    server.echoTcp(ECHO);
    List<Socket> open = new ArrayList<>();
    try {
      begin(client, server, 50, open);
      site.host(2).kill();
      begin(client, server, 50, open);
      site.host(2).startAgent();
      long end = System.nanoTime() + Duration.ofSeconds(5).toNanos(); // see takeOver
      while (System.nanoTime() < end) {
        begin(client, server, 5, open);
      }
      for (Socket socket : open) {
        assertThat(echoes(socket)).isTrue();
      }
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static void begin(Machine client, Machine server, int count, List<Socket> open)
      throws IOException {
    for (int i = 0; i < count; i++) {
      Socket socket = client.connect(server.address(), ECHO);
      socket.setSoTimeout(10_000);
      open.add(socket);
      assertThat(echoes(socket)).isTrue();
    }
  }

  private static boolean echoes(Socket socket) throws IOException {
    socket.getOutputStream().write(42);
    return socket.getInputStream().read() == 42;
  }

  private static void takeOver(Host host) {
    host.kill();
    host.startAgent();
    Site.pause(Duration.ofSeconds(4)); // the flows of the killed one are replaced after three
  }

  @Test
  void trafficGoesOnWhileZooKeeperIsAway(Site site) throws IOException {
    Connections connections = Connections.between(site);
    try (Traffic near = connections.toNear();
        Traffic far = connections.toWorld()) {
      Duration silence =
          near.longestSilenceDuring(() -> {
            try {
              site.region()
                  .fabric()
                  .withoutZooKeeper(() -> {
                    assertThat(connections.canBegin()).as("with ports that are held").isTrue();
                    Site.pause(Duration.ofSeconds(1));
                  });
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      assertThat(silence).isLessThan(BREAK);
      assertThat(far.goesOn()).isTrue();
    }
    Machine later = site.machine(2, site.networkOf(connections.client()));
    assertThat(later.reaches(connections.near())).isTrue();
  }

  @Test
  void aHostThatIsCutOffFromZooKeeperCatchesUp(Site site) throws IOException {
    Connections connections = Connections.between(site);
    Cloud cloud = site.cloud();
    String network = site.networkOf(connections.client());
    Fabric fabric = site.region().fabric();
    fabric.cutOffFromZooKeeper(2);
    try (Traffic near = connections.toNear()) {
      Machine later = site.server(3, network);
      cloud.delete("ports/" + connections.near().port());
      Site.pause(Duration.ofSeconds(1));
      fabric.reconnectToZooKeeper(2);
      near.cutBy(() -> {});
      assertThat(connections.client().reaches(later)).isTrue();
    } finally {
      fabric.reconnectToZooKeeper(2);
    }
  }

  /** Ports go DOWN in Neutron when agent_down_time has passed as well, which is not waited for. */
  @Test
  void othersNoticeWhenAHostDiesAndWhenItIsBack(Site site) {
    String network = site.cloud().network(SUBNET);
    Machine one = site.machine(1, network);
    Machine three = site.machine(3, network);
    assertThat(one.reaches(three)).isTrue();
    Fabric fabric = site.region().fabric();
    fabric.setCable(3, "down");
    site.host(3).kill();
    Until.within(60, "the host is seen as dead", () -> !site.isAlive(site.host(3)));
    fabric.setCable(3, "up");
    site.host(3).startAgent();
    assertThat(site.isAlive(site.host(3))).isTrue();
    Until.within(15, "the port is active again", () -> site.isActiveOn(three.port(), site.host(3)));
    assertThat(site.cloud().status(three.port())).isEqualTo("ACTIVE");
    assertThat(one.reaches(three)).isTrue();
  }
}
