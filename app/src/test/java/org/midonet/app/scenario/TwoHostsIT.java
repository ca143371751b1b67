package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What works on one host works between hosts. */
@Sites
final class TwoHostsIT {
  private static final String SUBNET = "10.0.1.0/24";
  private static final String OTHER_SUBNET = "10.0.2.0/24";

  @Test
  void machinesOfANetworkReachEachOther(Site site) {
    String network = site.cloud().network(SUBNET);
    Machine one = site.machine(1, network);
    Machine two = site.machine(2, network);
    Machine three = site.machine(3, network);
    assertThat(one.reaches(two)).isTrue();
    assertThat(two.reaches(one)).isTrue();
    assertThat(three.reaches(two)).isTrue();
  }

  @Test
  void broadcastsReachTheMachinesOfAllHostsOnce(Site site) {
    String network = site.cloud().network(SUBNET);
    Machine one = site.openMachineAt(1, network, "10.0.1.11");
    Machine beside = site.openMachineAt(1, network, "10.0.1.12");
    Machine two = site.openMachineAt(2, network, "10.0.1.13");
    Machine three = site.openMachineAt(3, network, "10.0.1.14");
    Machine[] others = {beside, two, three};
    Capture[] seen = new Capture[others.length];
    for (int i = 0; i < others.length; i++) {
      seen[i] = others[i].capture("icmp[icmptype] == icmp-echo and host 10.0.1.255");
    }
    one.run("ping", "-n", "-b", "-c", "3", "-i", "0.2", "-W", "1", "10.0.1.255");
    for (Capture at : seen) {
      at.await("seq 3,");
      assertThat(at.count(line -> line.contains("seq 2,"))).isEqualTo(1);
    }
    one.inside("arping -c 1 -w 3 -I eth0 10.0.1.14");
  }

  @Test
  void routersWorkOnTheHostWhereAPacketEnters(Site site) {
    String front = site.cloud().network(SUBNET);
    String back = site.cloud().network(OTHER_SUBNET);
    site.cloud().router(front, back);
    Machine one = site.server(1, front);
    Machine two = site.server(2, back);
    two.serveHttp(80);
    assertThat(one.run("ping", "-n", "-c", "3", "-i", "0.2", "-W", "3", two.address()).text())
        .contains("ttl=63");
    assertThat(two.reaches(one)).isTrue();
    assertThat(one.curl(two.address()).text()).contains("sees " + one.address());
    assertThat(
            one.inside("traceroute -n -q 1 -w 3 " + two.address())
                .lines()
                .skip(1)
                .map(line -> line.strip().split("\\s+", -1)[1]))
        .containsExactly("10.0.1.1", two.address());
  }

  @Test
  void securityGroupsKnowTheMembersOnOtherHosts(Site site) {
    Cloud cloud = site.cloud();
    String network = cloud.network(SUBNET);
    String friends = cloud.group();
    String servers = cloud.group();
    cloud.allow(servers, Map.of("protocol", "tcp", "remote_group_id", friends));
    Machine server = site.on(2).machine(network, Cloud.groups(servers));
    Machine friend = site.on(1).machine(network, Cloud.groups(friends));
    Machine stranger = site.on(3).machine(network, Cloud.groups(cloud.group()));
    server.serveHttp(80);
    assertThat(friend.curl(server.address()).text()).contains("sees " + friend.address());
    assertThat(stranger.cannotCurl(server.address())).isTrue();
    cloud.update("port", stranger.port(), Cloud.groups(friends));
    Until.within(10, "it is let in", () -> stranger.curl(server.address()).succeeded());
    cloud.update("port", friend.port(), Cloud.groups(cloud.group()));
    assertThat(friend.cannotCurl(server.address())).isTrue();
  }

  @Test
  void sourceNatAndFloatingIpsWorkWithTheWorldBehindAnotherHost(Site site) {
    Cloud cloud = site.cloud();
    String external = cloud.external("172.24.4");
    String network = cloud.network(SUBNET);
    String gateway = cloud.gateway(cloud.router(network), external);
    Machine world = site.openMachineAt(3, external, "172.24.4.1");
    world.serveHttp(80);
    Machine client = site.machine(1, network);
    Machine server = site.server(2, network);
    server.serveHttp(80);
    server.echoUdp(7);
    assertThat(client.curl("172.24.4.1").text()).contains("sees " + gateway);
    assertThat(client.reaches("172.24.4.1")).isTrue();
    String floating = cloud.floatingIp(external, server).address();
    assertThat(world.reaches(floating)).isTrue();
    assertThat(world.curl(floating).text()).contains("sees 172.24.4.1");
    assertThat(client.curl(floating).text()).contains(server.address());
    assertThat(server.curl("172.24.4.1").text()).contains("sees " + floating);
    assertThat(world.udpEchoes(floating, 7, 5_000)).as("fragments").isTrue();
    Capture errors = world.capture("icmp[icmptype] == icmp-unreach");
    assertThat(world.udpEchoes(floating, 999, 10)).isFalse();
    errors.await(floating + " > 172.24.4.1: ICMP " + floating);
    Capture inside = client.capture("icmp[icmptype] == icmp-unreach");
    assertThat(client.udpEchoes("172.24.4.1", 999, 10)).isFalse();
    inside.await("172.24.4.1 > " + client.address() + ": ICMP 172.24.4.1 udp port 999");
  }

  @Test
  void whatIsTooLargeForTheOverlayIsToldSoByTheRouter(Site site) {
    String front = site.cloud().network(SUBNET);
    String back = site.cloud().network(OTHER_SUBNET);
    site.cloud().router(front, back);
    Machine one = site.machine(1, front);
    Machine two = site.server(2, back);
    one.inside("ip link set eth0 mtu 1500");
    two.inside("ip link set eth0 mtu 1500");
    two.serveHttp(8000, 1_000_000);
    String url = "http://" + two.address() + ":8000";
    assertThat(one.inside("curl -sS -m 15 -o /dev/null -w %{size_download} " + url))
        .isEqualTo("1000000");
    assertThat(two.inside("ip route get " + one.address())).contains("mtu 1450");
    assertThat(one.run(("ping -n -M do -c 1 -W 3 -s 1472 " + two.address()).split(" ", -1)).text())
        .contains("From 10.0.1.1", "(mtu = 1450)");
    one.inside("ping -n -M do -c 1 -W 3 -s 1422 " + two.address());
  }

  @Test
  void ipv6WorksBetweenHosts(Site site) {
    Cloud cloud = site.cloud();
    String[] networks = new String[2];
    for (int i = 0; i < 2; i++) {
      networks[i] = cloud.network(Map.of());
      cloud.subnet(networks[i], "2001:db8:%d::/64".formatted(i), Ipv6IT.SLAAC);
    }
    cloud.router(networks);
    Machine one = site.machine(1, networks[0]);
    Machine two = site.machine(2, networks[0]);
    Machine three = site.machine(3, networks[1]);
    assertThat(one.reaches(two)).isTrue();
    assertThat(one.reaches(three)).isTrue();
    assertThat(three.reaches(two)).isTrue();
    one.inside("ping -n -c 2 -i 0.2 -W 3 -s 5000 " + three.address());
  }

  @Test
  void eachHostServesItsMachinesAddressesAndMetadata(Site site, @TempDir Path folder)
      throws IOException {
    String network = site.cloud().network(SUBNET);
    site.cloud().router(network);
    Machine machine = site.on(2).bareMachine(network, Map.of("device_id", "second"));
    assertThat(DhcpIT.lease(machine, folder))
        .contains("new_ip_address=" + machine.address(), "new_interface_mtu=" + Site.MTU);
    String path = "instance-id-" + site.cloud().project();
    assertThat(machine.curl("169.254.169.254/latest/meta-data/" + path).text()).contains(path);
    assertThat(site.host(2).nova().requests("/latest/meta-data/" + path))
        .singleElement()
        .satisfies(request ->
            assertThat(request.headers().get("X-Instance-ID")).containsExactly("second"));
    assertThat(machine.reaches(site.machine(1, network))).isTrue();
  }

  @Test
  void bulkTrafficGoesThroughTheOverlay(Site site) {
    String front = site.cloud().network(SUBNET);
    String back = site.cloud().network(OTHER_SUBNET);
    site.cloud().router(front, back);
    Machine one = site.machine(1, front);
    Machine two = site.server(2, front);
    Machine three = site.server(2, back);
    for (Machine server : new Machine[] {two, three}) {
      server.start("iperf3", "-s", "-1", "--forceflush");
      Until.within(
          10, "iperf3 listens", () -> server.inside("ss -Hltn sport = :5201").contains("5201"));
      long got =
          JsonMapper.shared()
              .readTree(one.inside("iperf3 -c " + server.address() + " -t 1 -P 2 -J"))
              .path("end")
              .path("sum_received")
              .path("bytes")
              .asLong();
      System.out.printf("by the overlay: %d MiB in a second%n", got >> 20);
      assertThat(got).isGreaterThan(10 << 20);
    }
  }

  @Test
  void aPortThatIsDeletedIsReachedNoMore(Site site) {
    String network = site.cloud().network(SUBNET);
    Machine one = site.machine(1, network);
    Machine two = site.machine(2, network);
    assertThat(one.reaches(two)).isTrue();
    site.cloud().delete("ports/" + two.port());
    assertThat(one.isCutOffFrom(two)).isTrue();
  }

  @Test
  void anAddressIsFollowedToWhoAnnouncesIt(Site site) {
    Cloud cloud = site.cloud();
    String front = cloud.network(SUBNET);
    String back = cloud.network(OTHER_SUBNET);
    cloud.router(front, back);
    Machine[] holders = {
      site.openMachineAt(2, front, "10.0.1.11"), site.openMachineAt(3, front, "10.0.1.12")
    };
    Machine neighbour = site.openMachineAt(1, front, "10.0.1.13");
    Machine distant = site.machine(1, back);
    for (int i = 0; i < 2 * holders.length; i++) {
      Machine now = holders[i % holders.length];
      Machine before = holders[(i + 1) % holders.length];
      before.run("ip", "address", "del", "10.0.1.99/32", "dev", "eth0");
      now.inside("ip address add 10.0.1.99/32 dev eth0");
      now.inside("arping -U -c 2 -I eth0 -s 10.0.1.99 10.0.1.99");
      Capture seen = now.capture("icmp[icmptype] == icmp-echo");
      assertThat(neighbour.reaches("10.0.1.99")).as("move %d", i).isTrue();
      assertThat(distant.reaches("10.0.1.99")).as("move %d", i).isTrue();
      seen.await(neighbour.address() + " > 10.0.1.99");
    }
  }

  @Test
  void aHostIsFollowedToAnotherAddress(Site site) {
    String network = site.cloud().network(SUBNET);
    Machine one = site.machine(1, network);
    Machine two = site.machine(2, network);
    assertThat(one.reaches(two)).isTrue();
    String zone = "tunnel_zones/00000000-0000-0000-0000-000000000001/hosts";
    String host = site.idOf(site.host(2));
    MidonetApi midonet = site.host(1).midonetApi();
    two.onHost("ip address add 172.30.0.22/24 dev underlay");
    try {
      midonet.delete(zone + "/" + host);
      assertThat(one.isCutOffFrom(two)).isTrue();
      midonet.create(zone, Map.of("hostId", host, "ipAddress", "172.30.0.22"));
      assertThat(one.reaches(two)).isTrue();
    } finally {
      midonet.delete(zone + "/" + host);
      midonet.create(zone, Map.of("hostId", host, "ipAddress", "172.30.0.2"));
      two.onHost("ip address del 172.30.0.22/24 dev underlay");
    }
    assertThat(one.reaches(two)).isTrue();
  }
}
