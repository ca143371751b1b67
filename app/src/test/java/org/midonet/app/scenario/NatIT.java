package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.midonet.app.scenario.Cloud.FloatingIp;

/** Source NAT of gateways, and floating IPs. */
@Scenario
final class NatIT {

  /** A network behind a router with a gateway, and the world outside. */
  private record Site(
      Cloud cloud, String external, String network, String router, String gateway, Machine world) {

    static Site of(Cloud cloud) {
      String external = cloud.external("172.24.4");
      String network = cloud.network("10.0.1.0/24");
      String router = cloud.router(network);
      String gateway = cloud.gateway(router, external);
      Machine world = cloud.openMachineAt(external, "172.24.4.1");
      world.serveHttp(80);
      world.echoUdp(7);
      return new Site(cloud, external, network, router, gateway, world);
    }

    /** A machine that everybody may ask. */
    Machine server() {
      return server(network);
    }

    Machine server(String where) {
      String group = cloud.group();
      cloud.allow(group, Map.of());
      Machine machine = cloud.machine(where, Cloud.groups(group));
      machine.serveHttp(80);
      machine.echoUdp(7);
      return machine;
    }
  }

  @Test
  void machinesGoOutUnderTheGatewaysAddress(Cloud cloud) {
    Site site = Site.of(cloud);
    Machine one = cloud.machine(site.network());
    Capture seen = site.world().capture("icmp or udp");
    assertThat(one.curl("172.24.4.1").text()).contains("sees " + site.gateway());
    assertThat(one.udpEchoes("172.24.4.1", 7, 100)).isTrue();
    assertThat(one.reaches("172.24.4.1")).isTrue();
    seen.await(site.gateway() + " > 172.24.4.1: ICMP echo request");
    assertThat(seen.sees(one.address())).isFalse();
    site.world().inside("ip route add 10.0.1.0/24 via " + site.gateway());
    assertThat(site.world().isCutOffFrom(one.address())).isTrue();
  }

  @Test
  void pingsOfManyMachinesAtOnceAreToldApart(Cloud cloud) {
    Site site = Site.of(cloud);
    List<Process> pings = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Machine machine = cloud.machine(site.network());
      pings.add(machine.start("ping", "-n", "-c", "10", "-i", "0.1", "-e", "77", "172.24.4.1"));
    }
    for (Process ping : pings) {
      Until.within(15, "ping ends", () -> !ping.isAlive());
      assertThat(ping.inputReader().lines()).anyMatch(line -> line.contains(" 0% packet loss"));
    }
  }

  @Test
  void hundredsOfConnectionsAtOnceAreToldApart(Cloud cloud) throws IOException {
    Site site = Site.of(cloud);
    site.world().echoTcp(9);
    Machine one = cloud.machine(site.network());
    Machine two = cloud.machine(site.network());
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 150; i++) {
        for (Machine machine : List.of(one, two)) {
          sockets.add(machine.connect("172.24.4.1", 9));
        }
      }
      for (int i = 0; i < sockets.size(); i++) {
        Socket socket = sockets.get(i);
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write(i % 128);
        assertThat(socket.getInputStream().read()).isEqualTo(i % 128);
      }
      String established = site.world().inside("ss -Htn state established sport = :9");
      assertThat(established.lines()).hasSize(300);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Test
  void aFloatingIpIsReachedFromOutside(Cloud cloud) {
    Site site = Site.of(cloud);
    Machine one = site.server();
    FloatingIp floating = cloud.floatingIp(site.external(), one);
    assertThat(site.world().curl(floating.address()).text()).contains("sees 172.24.4.1");
    assertThat(site.world().reaches(floating.address())).isTrue();
    assertThat(site.world().udpEchoes(floating.address(), 7, 5_000)).isTrue();
    site.world().inside("ping -n -c 2 -i 0.2 -W 3 -s 6000 " + floating.address());
    assertThat(one.curl("172.24.4.1").text()).contains("sees " + floating.address());
  }

  @Test
  void aFloatingIpIsReachedFromInside(Cloud cloud) {
    Site site = Site.of(cloud);
    String back = cloud.network("10.0.2.0/24");
    cloud.join(site.router(), back);
    Machine one = site.server();
    Machine neighbour = site.server();
    Machine distant = site.server(back);
    FloatingIp floating = cloud.floatingIp(site.external(), one);
    for (Machine from : List.of(neighbour, distant, one)) {
      assertThat(from.reaches(floating.address())).as("ping from %s", from.address()).isTrue();
      assertThat(from.curl(floating.address()).text()).contains(one.addresses() + " sees");
    }
    FloatingIp other = cloud.floatingIp(site.external(), distant);
    assertThat(one.curl(other.address()).text()).contains("sees " + floating.address());
  }

  @Test
  void aFloatingIpMovesFromMachineToMachine(Cloud cloud) {
    Site site = Site.of(cloud);
    Machine one = site.server();
    Machine two = site.server();
    FloatingIp floating = cloud.floatingIp(site.external(), one);
    try (Traffic traffic = Traffic.udp(site.world(), floating.address(), 7).awaitAnswers()) {
      assertThat(site.world().curl(floating.address()).text()).contains(one.address());
      cloud.update("floatingip", floating.id(), Map.of("port_id", two.port()));
      Until.within(
          10,
          "the other machine answers",
          () -> site.world().curl(floating.address()).text().contains(two.address()));
      traffic.awaitAnswers();
      traffic.cutBy(() -> cloud.delete("floatingips/" + floating.id()));
    }
    assertThat(site.world().isCutOffFrom(floating.address())).isTrue();
    assertThat(one.curl("172.24.4.1").text()).contains("sees " + site.gateway());
  }

  @Test
  void tracerouteShowsEachHopThroughAFloatingIp(Cloud cloud) {
    Site site = Site.of(cloud);
    Machine one = site.server();
    FloatingIp floating = cloud.floatingIp(site.external(), one);
    assertThat(hops(site.world(), floating.address()))
        .containsExactly(site.gateway(), floating.address());
    assertThat(hops(one, "172.24.4.1")).containsExactly("10.0.1.1", "172.24.4.1");
  }

  private static List<String> hops(Machine from, String to) {
    return from.inside("traceroute -n -q 1 -w 3 " + to)
        .lines()
        .skip(1)
        .map(line -> line.strip().split("\\s+", -1)[1])
        .toList();
  }

  @Test
  void errorsFindTheirWayBackThroughTheTranslation(Cloud cloud) {
    Site site = Site.of(cloud);
    Machine plain = cloud.machine(site.network());
    Machine one = site.server();
    FloatingIp floating = cloud.floatingIp(site.external(), one);
    assertThat(hops(plain, "172.24.4.1")).containsExactly("10.0.1.1", "172.24.4.1");
    Capture seen = site.world().capture("icmp[icmptype] == icmp-unreach");
    assertThat(site.world().udpEchoes(floating.address(), 999, 10)).isFalse();
    seen.await(floating.address() + " > 172.24.4.1: ICMP " + floating.address());
    Capture inside = plain.capture("icmp[icmptype] == icmp-unreach");
    assertThat(plain.udpEchoes("172.24.4.1", 999, 10)).isFalse();
    inside.await("172.24.4.1 > " + plain.address() + ": ICMP 172.24.4.1 udp port 999");
  }

  @Test
  void theMtuOfTheWayIsToldThroughTheTranslation(Cloud cloud) {
    Site site = Site.of(cloud);
    String group = cloud.group();
    cloud.allow(group, Map.of());
    Machine small =
        cloud.machine(
            site.network(),
            Cloud.groups(group),
            machine -> machine.onHost("ip link set " + machine.device() + " mtu 1400"));
    Machine world = site.world();
    world.serveHttp(8000, 1_000_000);
    String download = "curl -sS -m 15 -o /dev/null -w %{size_download} http://172.24.4.1:8000";
    assertThat(small.inside(download)).isEqualTo("1000000");
    assertThat(world.inside("ip route get " + site.gateway())).contains("mtu 1400");

    FloatingIp floating = cloud.floatingIp(site.external(), small);
    assertThat(world.reaches(floating.address())).isTrue();
    String large = "ping -n -M do -c 1 -W 3 -s 1450 " + floating.address();
    assertThat(world.run(large.split(" ", -1)).text())
        .contains("From " + site.gateway(), "(mtu = 1400)");
    assertThat(small.inside(download)).isEqualTo("1000000");
  }

  @Test
  void aConnectionOutlivesChangesAndTheChecksForIdleOnes(Cloud cloud) throws IOException {
    Site site = Site.of(cloud);
    site.world().echoTcp(9);
    Machine one = cloud.machine(site.network());
    try (Socket quiet = one.connect("172.24.4.1", 9);
        Traffic busy = Traffic.tcp(one, "172.24.4.1", 9).awaitAnswers()) {
      cloud.floatingIp(site.external(), cloud.machine(site.network()));
      cloud.join(site.router(), cloud.network("10.0.7.0/24"));
      long begun = System.nanoTime();
      Until.within(10, "checks", () -> System.nanoTime() - begun > 3_500_000_000L);
      assertThat(busy.goesOn()).isTrue();
      quiet.setSoTimeout(5_000);
      quiet.getOutputStream().write(42);
      assertThat(quiet.getInputStream().read()).isEqualTo(42);
    }
  }
}
