package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.midonet.app.scenario.Cloud.FloatingIp;
import org.midonet.app.scenario.Edge.Uplink;

/** Gateway hosts: interfaces of this host by which an edge router meets a provider's routers. */
@Scenario
final class UplinkIT {

  @Test
  void machinesReachTheWorldAndTheWorldReachesFloatingIps(Cloud cloud) throws IOException {
    Edge edge = Edge.of(cloud);
    Uplink uplink = edge.uplink("172.19.0");
    Machine world = uplink.provider();
    world.inside("ip address add " + Edge.WORLD + "/32 dev lo");
    world.serveHttp(80);
    Machine plain = cloud.machine(edge.network());
    Machine server = edge.server();
    FloatingIp floating = cloud.floatingIp(edge.external(), server);

    assertThat(plain.reaches(Edge.WORLD)).isTrue();
    assertThat(plain.curl(Edge.WORLD).text()).contains("sees " + edge.gateway());
    assertThat(server.curl(Edge.WORLD).text()).contains("sees " + floating.address());
    assertThat(world.reaches(floating.address())).isTrue();
    assertThat(world.curl(floating.address()).text()).contains("sees 172.19.0.1");
    assertThat(world.reaches(uplink.near())).isTrue();
    assertThat(world.reaches("203.0.113.1")).isTrue();
    try (Traffic traffic = Traffic.tcp(world, floating.address(), 9).awaitAnswers()) {
      cloud.delete("floatingips/" + floating.id());
      traffic.cutBy(() -> {});
    }
    assertThat(world.isCutOffFrom(floating.address())).isTrue();
  }

  @Test
  void tracerouteNamesEveryRouterOnTheWayInAndOut(Cloud cloud) {
    Edge edge = Edge.of(cloud);
    Uplink uplink = edge.uplink("172.19.0");
    Machine world = uplink.provider();
    world.inside("ip address add " + Edge.WORLD + "/32 dev lo");
    Machine server = edge.server();
    assertThat(server.reaches(Edge.WORLD)).isTrue();
    assertThat(hops(server, "-I", Edge.WORLD))
        .containsExactly("10.0.1.1", "203.0.113.1", Edge.WORLD);
    String floating = cloud.floatingIp(edge.external(), server).address();
    assertThat(world.reaches(floating)).isTrue();
    for (String way : List.of("-U", "-I")) {
      assertThat(hops(world, way, floating))
          .containsExactly(uplink.near(), edge.gateway(), floating);
      assertThat(hops(server, way, Edge.WORLD))
          .containsExactly("10.0.1.1", "203.0.113.1", Edge.WORLD);
    }
  }

  private static Stream<String> hops(Machine from, String way, String to) {
    return from.inside("traceroute -n -q 1 -w 3 " + way + " " + to)
        .lines()
        .skip(1)
        .map(line -> line.strip().split("\\s+", -1)[1]);
  }

  @Test
  void whatIsTooLargeForTheUplinkIsToldItsMtu(Cloud cloud) {
    Edge edge = Edge.of(cloud);
    Machine world = edge.provider("172.19.0.1/30");
    world.onHost("ip link set " + world.device() + " mtu 1400");
    world.inside("ip route add " + Edge.EXTERNAL + " via 172.19.0.2");
    edge.uplink("172.19.0", world, world.device());
    Machine plain = cloud.machine(edge.network());
    assertThat(plain.reaches("172.19.0.1")).isTrue();
    String large = "ping -n -M do -c 1 -W 3 -s 1450 172.19.0.1";
    assertThat(plain.run(large.split(" ", -1)).text()).contains("(mtu = 1400)");
    plain.inside("ip route flush cache");
    plain.serveHttp(80, 2_000_000);
    cloud.allow(cloud.defaultGroup(), "tcp", 80);
    String floating = cloud.floatingIp(edge.external(), plain).address();
    String download = "curl -sS -m 15 -o /dev/null -w %{size_download} http://" + floating;
    assertThat(world.inside(download)).isEqualTo("2000000");
  }

  @Test
  void twoUplinksShareTheWorkAndOneAloneDoesIt(Cloud cloud) throws IOException {
    Edge edge = Edge.of(cloud);
    Uplink left = edge.uplink("172.19.0");
    Uplink right = edge.uplink("172.19.1");
    Machine world = world(cloud, left, right);
    Machine plain = cloud.machine(edge.network());
    assertThat(plain.reaches(Edge.WORLD)).isTrue();
    for (int i = 0; i < 24; i++) {
      plain.curl(Edge.WORLD).orThrow();
    }
    for (Uplink uplink : List.of(left, right)) {
      assertThat(forwarded(uplink)).as(uplink.subnet()).isPositive();
    }
    try (Traffic traffic = Traffic.tcp(plain, Edge.WORLD, 9).awaitAnswers()) {
      world.inside("ip route replace " + Edge.EXTERNAL + " via 10.255.1.1");
      left.provider().onHost("ip link set " + left.provider().device() + " down");
      world.inside("ip route replace " + Edge.EXTERNAL + " via 10.255.2.1");
      traffic.awaitAnswers();
      assertThat(plain.reaches(Edge.WORLD)).isTrue();
      left.provider().onHost("ip link set " + left.provider().device() + " up");
      right.provider().onHost("ip link set " + right.provider().device() + " down");
      left.provider().inside("ip route replace " + Edge.EXTERNAL + " via " + left.near());
      world.inside("ip route replace " + Edge.EXTERNAL + " via 10.255.1.1");
      traffic.awaitAnswers();
    }
    left.provider().onHost("ip link set " + left.provider().device() + " down");
    Until.within(
        10,
        "the sender hears that there is no way",
        () ->
            plain
                .run("ping", "-n", "-c", "1", "-W", "1", Edge.WORLD)
                .text()
                .contains("From 203.0.113.1"));
  }

  /** A server behind both of the provider's routers. */
  private static Machine world(Cloud cloud, Uplink left, Uplink right) {
    Machine world = cloud.provider();
    world.inside("sysctl -qw net.ipv4.conf.all.rp_filter=0");
    world.inside("ip address add " + Edge.WORLD + "/32 dev lo");
    int number = 0;
    for (Uplink uplink : List.of(left, right)) {
      number++;
      String near = "10.255." + number;
      world.cableTo(uplink.provider(), "wan" + number, "wan0");
      world.inside("ip address add " + near + ".2/24 dev wan" + number);
      uplink.provider().inside("ip address add " + near + ".1/24 dev wan0");
      uplink.provider().inside("ip route add " + Edge.WORLD + " via " + near + ".2");
    }
    world.inside(
        "ip route add " + Edge.EXTERNAL + " nexthop via 10.255.1.1 nexthop via 10.255.2.1");
    world.serveHttp(80);
    world.echoTcp(9);
    return world;
  }

  private static long forwarded(Uplink uplink) {
    String counters = uplink.provider().inside("nstat -az IpForwDatagrams");
    return Long.parseLong(counters.lines().toList().getLast().split("\\s+", -1)[1]);
  }

  @Test
  void anUplinkMovesToAnotherInterface(Cloud cloud) {
    Edge edge = Edge.of(cloud);
    Uplink uplink = edge.uplink("172.19.0");
    Machine plain = cloud.machine(edge.network());
    assertThat(plain.reaches(uplink.far())).isTrue();
    Machine next = edge.provider("172.19.0.1/30");
    next.inside("ip route add " + Edge.EXTERNAL + " via " + uplink.near());
    uplink.provider().inside("ip address flush dev eth0");
    cloud.update(
        "port", uplink.port(), Map.of("binding:profile", Map.of("interface_name", next.device())));
    Until.within(
        20,
        "an answer by the other interface",
        () -> plain.run("ping", "-n", "-c", "1", "-W", "1", uplink.far()).succeeded());
  }

  @Test
  void ipv6GoesInAndOutUntranslated(Cloud cloud) {
    String wide = "2001:db8:ffff::1";
    Edge edge = Edge.of(cloud);
    edge.join(cloud.subnet(edge.external(), "2001:db8:e::/64", Map.of("enable_dhcp", false)));
    Machine world = cloud.provider();
    world.inside("ip address add fd1a:6fd3:a22::2/64 dev eth0");
    world.inside("ip address add " + wide + "/128 dev lo");
    world.inside("ip route add 2001:db8:1::/64 via fd1a:6fd3:a22::1");
    world.serveHttp(80);
    edge.uplinkPort("fd1a:6fd3:a22::/64", "fd1a:6fd3:a22::1", world.device());
    edge.route("::/0", "fd1a:6fd3:a22::2");
    String network = cloud.network(Map.of());
    cloud.subnet(network, "2001:db8:1::/64", Ipv6IT.SLAAC);
    String router = cloud.router(network);
    cloud.gateway(router, edge.external());
    edge.route("2001:db8:1::/64", ipv6Gateway(cloud, router));
    Machine server = cloud.machine(network, Cloud.OPEN);
    server.serveHttp(80);

    assertThat(server.reaches(wide)).isTrue();
    assertThat(server.curl("[" + wide + "]").text()).contains("sees 2001:db8:1:");
    assertThat(world.reaches(server.address())).isTrue();
    assertThat(world.curl("[" + server.address() + "]").text()).contains("sees fd1a:");
    assertThat(hops(world, "-6", server.address()))
        .containsExactly("fd1a:6fd3:a22::1", ipv6Gateway(cloud, router), server.address());
  }

  private static String ipv6Gateway(Cloud cloud, String router) {
    return cloud
        .get("routers/" + router)
        .at("/router/external_gateway_info/external_fixed_ips")
        .valueStream()
        .map(fixed -> Cloud.text(fixed, "ip_address"))
        .filter(address -> address.contains(":"))
        .findFirst()
        .orElseThrow();
  }
}
