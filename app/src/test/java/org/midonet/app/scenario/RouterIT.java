package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;

/** Machines on networks that routers join. */
@Scenario
final class RouterIT {

  @Test
  void subnetsReachEachOtherAndTheRoutersAddresses(Cloud cloud) {
    String front = cloud.network("10.0.1.0/24");
    String back = cloud.network("10.0.2.0/24");
    cloud.router(front, back);
    Machine one = cloud.machine(front);
    Machine two = cloud.machine(back);
    assertThat(one.run("ping", "-n", "-c", "3", "-i", "0.2", "-W", "3", two.address()).text())
        .contains("ttl=63");
    assertThat(two.reaches(one)).isTrue();
    assertThat(one.reaches("10.0.1.1")).isTrue();
    assertThat(one.reaches("10.0.2.1")).isTrue();
  }

  @Test
  void tracerouteNamesEachRouterOnTheWay(Cloud cloud) {
    String front = cloud.network("10.0.1.0/24");
    String transit = cloud.network("10.0.9.0/24");
    String back = cloud.network("10.0.2.0/24");
    String near = cloud.router(front, transit);
    String far = cloud.router(back);
    String port = Cloud.id(cloud.create("port", joining(transit, "10.0.9.2")));
    cloud.routerInterface(far, Map.of("port_id", port));
    route(cloud, near, "10.0.2.0/24", "10.0.9.2");
    route(cloud, far, "10.0.1.0/24", "10.0.9.1");
    Machine one = cloud.machine(front);
    Machine two = cloud.machine(back);
    assertThat(one.reaches(two)).isTrue();

    for (String way : new String[] {"-U", "-I"}) {
      String hops = one.inside("traceroute -n -q 1 -w 3 " + way + " " + two.address());
      assertThat(hops.lines().skip(1).map(line -> line.strip().split("\\s+", -1)[1]))
          .containsExactly("10.0.1.1", "10.0.9.2", two.address());
    }
  }

  private static Map<String, Object> joining(String network, String address) {
    return Cloud.with(Cloud.fixed(address), Map.of("network_id", network));
  }

  private static void route(Cloud cloud, String router, String destination, String nextHop) {
    cloud.update(
        "router",
        router,
        Map.of("routes", List.of(Map.of("destination", destination, "nexthop", nextHop))));
  }

  @Test
  void anExtraRouteLeadsToAMachineThatRoutes(Cloud cloud) {
    String front = cloud.network("10.0.1.0/24");
    String back = cloud.network("10.0.2.0/24");
    String router = cloud.router(front, back);
    Machine one = cloud.machine(front);
    Machine two = cloud.openMachineAt(back, "10.0.2.50");
    two.inside("ip address add 192.168.50.1/32 dev lo");
    assertThat(one.isCutOffFrom("192.168.50.1")).isTrue();
    route(cloud, router, "192.168.50.0/24", "10.0.2.50");
    assertThat(one.reaches("192.168.50.1")).isTrue();
    cloud.update("router", router, Map.of("routes", List.of()));
    assertThat(one.isCutOffFrom("192.168.50.1")).isTrue();
  }

  @Test
  void connectionsAreSpreadOverEqualRoutesAndStayOnTheirs(Cloud cloud) throws IOException {
    String front = cloud.network("10.0.1.0/24");
    String back = cloud.network("10.0.2.0/24");
    String router = cloud.router(front, back);
    Machine one = cloud.machine(front);
    Machine left = cloud.openMachineAt(back, "10.0.2.51");
    Machine right = cloud.openMachineAt(back, "10.0.2.52");
    List<Map<String, String>> routes = new ArrayList<>();
    for (Machine next : List.of(left, right)) {
      next.inside("ip address add 192.168.50.1/32 dev lo");
      next.echoTcp(9);
      routes.add(Map.of("destination", "192.168.50.0/24", "nexthop", next.address()));
    }
    cloud.update("router", router, Map.of("routes", routes));
    assertThat(one.reaches("192.168.50.1")).isTrue();
    for (int i = 0; i < 24; i++) {
      try (Socket socket = one.connect("192.168.50.1", 9)) {
        for (int j = 0; j < 3; j++) {
          socket.getOutputStream().write(j);
          assertThat(socket.getInputStream().read()).isEqualTo(j);
        }
      }
    }
    for (Machine next : List.of(left, right)) {
      String passive = next.inside("nstat -az TcpPassiveOpens");
      assertThat(passive).doesNotContainPattern("TcpPassiveOpens +0 ");
    }
  }

  @Test
  void theSenderHearsWhereNothingCanBeReached(Cloud cloud) {
    String front = cloud.network("10.0.1.0/24");
    String back = cloud.network("10.0.2.0/24");
    cloud.router(front, back);
    Machine one = cloud.machine(front);
    assertThat(one.run("ping", "-n", "-c", "1", "-W", "5", "203.0.113.1").text())
        .contains("From 10.0.1.1", "Destination Net Unreachable");
    assertThat(one.run("ping", "-n", "-c", "1", "-W", "9", "10.0.2.99").text())
        .contains("From 10.0.1.1", "Destination Host Unreachable");
    assertThat(one.run("ping", "-n", "-c", "1", "-t", "1", "-W", "5", "10.0.2.99").text())
        .contains("From 10.0.1.1", "Time to live exceeded");
  }

  @Test
  void fragmentsAreRouted(Cloud cloud) {
    String front = cloud.network("10.0.1.0/24");
    String back = cloud.network("10.0.2.0/24");
    cloud.router(front, back);
    Machine one = cloud.machine(front);
    Machine two = cloud.machine(back);
    one.inside("ping -n -c 2 -i 0.2 -W 3 -s 6000 " + two.address());
    two.echoUdp(7);
    assertThat(one.udpEchoes(two.address(), 7, 20_000)).isTrue();
  }

  @Test
  void whatIsTooLargeForTheWayIsToldItsMtu(Cloud cloud) {
    String front = cloud.network("10.0.1.0/24");
    String back = cloud.network("10.0.2.0/24");
    cloud.router(front, back);
    Machine one = cloud.machine(front);
    Machine two =
        cloud.machine(
            back, Map.of(), small -> small.onHost("ip link set " + small.device() + " mtu 1400"));
    assertThat(one.reaches(two)).isTrue();
    assertThat(one.run("ping", "-n", "-M", "do", "-c", "1", "-W", "3", "-s", "1450", two.address()))
        .asString()
        .contains("From 10.0.1.1", "(mtu = 1400)");
    one.inside("ping -n -M do -c 1 -W 3 -s 1372 " + two.address());
    one.inside("ip route flush cache");
    // The server does not know of the smaller MTU: what it is told by TCP is 1460.
    one.serveHttp(80, 3_000_000);
    String got = two.inside("curl -sS -m 15 -o /dev/null -w %{size_download} " + one.address());
    assertThat(got).isEqualTo("3000000");
    assertThat(one.inside("ip route get " + two.address())).contains("mtu 1400");
  }

  @Test
  void anArpReplyFromOutsideTheSubnetIsNotBelieved(Cloud cloud) {
    String front = cloud.network("10.0.1.0/24");
    String back = cloud.network("10.0.2.0/24");
    String side = cloud.network("10.0.3.0/24");
    cloud.router(front, back, side);
    Machine one = cloud.machine(front);
    Machine liar = cloud.openMachineAt(back, "10.0.2.50");
    assertThat(liar.reaches("10.0.2.1")).isTrue();
    Mac router = neighbour(liar, "10.0.2.1");
    Ipv4Address claimed = Ipv4Address.parse("10.0.3.50");
    Capture seen = liar.capture("icmp");
    for (String target : new String[] {"10.0.2.1", "10.0.3.1", "10.0.3.50"}) {
      Arp asked = Arp.request(router, Ipv4Address.parse(target), claimed);
      liar.send(Ethernet.of(router, liar.mac(), asked.reply(liar.mac())));
      liar.send(Ethernet.of(Mac.BROADCAST, liar.mac(), asked.reply(liar.mac())));
    }
    assertThat(one.run("ping", "-n", "-c", "1", "-W", "9", "10.0.3.50").text())
        .contains("Destination Host Unreachable");
    assertThat(seen.lines()).isEmpty();
  }

  private static Mac neighbour(Machine machine, String address) {
    String[] words = machine.inside("ip neighbour show " + address).split(" ", -1);
    return Mac.parse(words[List.of(words).indexOf("lladdr") + 1]);
  }

  @Test
  void aRouterThatIsTurnedOffForwardsNothing(Cloud cloud) {
    String front = cloud.network("10.0.1.0/24");
    String back = cloud.network("10.0.2.0/24");
    String router = cloud.router(front, back);
    Machine one = cloud.machine(front);
    Machine two = cloud.machine(back);
    two.echoUdp(7);
    try (Traffic traffic = Traffic.udp(one, two.address(), 7).awaitAnswers()) {
      traffic.cutBy(() -> cloud.update("router", router, Map.of("admin_state_up", false)));
      traffic.restoredBy(() -> cloud.update("router", router, Map.of("admin_state_up", true)));
      Map<String, String> subnet = Map.of("subnet_id", cloud.subnetsOf(back).getFirst());
      traffic.cutBy(() ->
          cloud
              .host()
              .api()
              .put(cloud.project(), "routers/" + router + "/remove_router_interface", subnet));
      cloud.join(router, back);
      two.inside("ip neighbour flush all"); // the router's address has another MAC
      traffic.awaitAnswers();
    }
  }
}
