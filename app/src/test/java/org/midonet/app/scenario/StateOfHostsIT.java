package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Connections and translations that concern several hosts. */
@Sites
final class StateOfHostsIT {
  private static final String SUBNET = "10.0.1.0/24";
  private static final String OUTSIDE = "172.24.4.1";
  private static final int ECHO = 9;

  /** A network behind a router, and the world behind the third host. */
  private record Edge(String external, String network, String gateway, Machine world) {
    static Edge of(Site site) {
      Cloud cloud = site.cloud();
      String external = cloud.external("172.24.4");
      String network = cloud.network(SUBNET);
      String gateway = cloud.gateway(cloud.router(network), external);
      Machine world = site.openMachineAt(3, external, OUTSIDE);
      world.echoTcp(ECHO);
      return new Edge(external, network, gateway, world);
    }
  }

  @Test
  void hostsNeverTranslateTwoConnectionsToTheSamePort(Site site) throws IOException {
    Edge edge = Edge.of(site);
    List<Machine> machines =
        List.of(
            site.machine(1, edge.network()),
            site.machine(2, edge.network()),
            site.machine(2, edge.network()));
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        for (Machine machine : machines) {
          sockets.add(machine.connect(OUTSIDE, ECHO));
        }
      }
      for (int i = 0; i < sockets.size(); i++) {
        Socket socket = sockets.get(i);
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write(i % 128);
        assertThat(socket.getInputStream().read()).isEqualTo(i % 128);
      }
      List<String> peers =
          edge.world()
              .inside("ss -Htn state established sport = :" + ECHO)
              .lines()
              .map(line -> line.strip().split("\\s+", -1)[3])
              .toList();
      Set<String> distinct = new HashSet<>(peers);
      assertThat(distinct).hasSize(sockets.size());
      assertThat(distinct).allMatch(peer -> peer.contains(edge.gateway()));
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void pingsWithOneIdentifierFromTwoHostsAreToldApart(Site site) {
    Edge edge = Edge.of(site);
    List<Process> pings = new ArrayList<>();
    for (int number : new int[] {1, 2, 1, 2}) {
      Machine machine = site.machine(number, edge.network());
      pings.add(machine.start("ping", "-n", "-c", "10", "-i", "0.1", "-e", "77", OUTSIDE));
    }
    for (Process ping : pings) {
      Until.within(15, "ping ends", () -> !ping.isAlive());
      assertThat(ping.inputReader().lines()).anyMatch(line -> line.contains(" 0% packet loss"));
    }
  }

  /** The world sends by one gateway host and receives by another (MDTS l4state). */
  @Test
  void answersMayComeBackByAnotherHost(Site site) throws IOException {
    Edge edge = Edge.of(site);
    Machine out = edge.world();
    Machine back = site.openMachineAt(2, edge.external(), "172.24.4.2");
    Cloud cloud = site.cloud();
    MidonetApi midonet = site.host(1).midonetApi();
    String group =
        midonet.create(
            "port_groups",
            Map.of("name", "uplinks", "tenantId", cloud.project(), "stateful", true));
    for (Machine uplink : List.of(out, back)) {
      midonet.create("port_groups/" + group + "/ports", Map.of("portId", uplink.port()));
    }
    out.joinTo(back, "192.168.77.1/24", "192.168.77.2/24");
    out.inside("ip route replace " + edge.gateway() + "/32 via 192.168.77.2");
    back.configureIpv4("ip_forward", "1");
    Machine client = site.machine(1, edge.network());
    Capture seen = back.capture("tcp and src " + OUTSIDE);
    try (Socket socket = client.connect(OUTSIDE, ECHO)) {
      for (int i = 0; i < 20; i++) {
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write(i);
        assertThat(socket.getInputStream().read()).isEqualTo(i);
      }
    }
    seen.await(OUTSIDE);
    assertThat(client.reaches(OUTSIDE)).isTrue();
  }

  @Test
  void connectionsGoOnWhenAMachineMigrates(Site site) throws IOException {
    Edge edge = Edge.of(site);
    Cloud cloud = site.cloud();
    String group = cloud.group();
    cloud.allow(group, "tcp", ECHO);
    Machine moving = site.on(1).machine(edge.network(), Cloud.groups(group));
    moving.echoTcp(ECHO);
    String floating = cloud.floatingIp(edge.external(), moving).address();
    Machine plain = site.machine(1, edge.network());
    Machine neighbour = site.machine(3, edge.network());
    try (Traffic in = Traffic.tcp(edge.world(), floating, ECHO).awaitAnswers();
        Traffic beside = Traffic.tcp(neighbour, moving.address(), ECHO).awaitAnswers();
        Traffic out = Traffic.tcp(plain, OUTSIDE, ECHO).awaitAnswers()) {
      for (int target : new int[] {2, 1}) {
        for (Machine machine : List.of(moving, plain)) {
          migrate(site, machine, target);
        }
        for (Traffic traffic : List.of(in, beside, out)) {
          Duration restored = traffic.restoredBy(() -> {});
          assertThat(restored).isLessThan(Duration.ofSeconds(5));
        }
      }
    }
  }

  @Test
  void aPortIsMovedByMidonetsOwnApi(Site site) {
    Cloud cloud = site.cloud();
    String network = cloud.network(SUBNET);
    Machine neighbour = site.machine(3, network);
    Machine moving = site.machine(1, network);
    assertThat(moving.reaches(neighbour)).isTrue();
    MidonetApi midonet = site.host(1).midonetApi();
    String ports = "hosts/%s/ports";
    midonet.delete(ports.formatted(site.idOf(site.host(1))) + "/" + moving.port());
    cloud.awaitStatus(moving.port(), "DOWN");
    assertThat(neighbour.isCutOffFrom(moving)).isTrue();
    moving.moveTo(site.host(2), "");
    midonet.create(
        ports.formatted(site.idOf(site.host(2))),
        Map.of("portId", moving.port(), "interfaceName", moving.device()));
    cloud.awaitStatus(moving.port(), "ACTIVE");
    assertThat(site.isActiveOn(moving.port(), site.host(2))).isTrue();
    assertThat(neighbour.reaches(moving)).isTrue();
  }

  private static void migrate(Site site, Machine machine, int target) {
    Host to = site.host(target);
    machine.moveTo(to, "10.0.1.1");
    to.mmCtl("--bind-port", machine.port(), machine.device()).orThrow();
    Until.within(15, "the port is active there", () -> site.isActiveOn(machine.port(), to));
  }
}
