package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Load balancing that concerns several hosts. */
@Sites
final class BalancerOnHostsIT {
  private static final String VIP = "10.0.1.200";

  /** Clients' network and servers' network, whose router balances. */
  private record Networks(String clients, String servers) {
    static Networks of(Site site) {
      Cloud cloud = site.cloud();
      String clients = cloud.network("10.0.1.0/24");
      String servers = cloud.network("10.0.2.0/24");
      cloud.router(clients, servers);
      return new Networks(clients, servers);
    }
  }

  /** Each pool is watched by the host that a hash elects; of so many, hardly all by the first. */
  @Test
  void othersWatchThePoolsOfHostsThatDie(Site site) {
    Networks networks = Networks.of(site);
    Machine machine = site.openMachineAt(1, networks.servers(), "10.0.2.11");
    List<Balancer> balancers = new ArrayList<>();
    List<String> members = new ArrayList<>();
    for (int port = 20; port < 26; port++) {
      Web.serve(machine, port);
      Balancer balancer = new Balancer(site.cloud(), networks.servers());
      balancer.monitor("TCP", 1, Map.of());
      members.add(balancer.member(machine, port, 1));
      balancer.vip(networks.clients(), "10.0.1.2" + port, port, Map.of());
      balancers.add(balancer);
    }
    for (int number : new int[] {2, 3}) {
      site.host(number).kill();
    }
    for (int number : new int[] {2, 3}) {
      Until.within(60, "the host is seen as dead", () -> !site.isAlive(site.host(number)));
    }

    machine.inside("ip link set eth0 down");
    awaitStatus(balancers, members, "INACTIVE");

    for (int number : new int[] {2, 3}) {
      site.host(number).startAgent();
    }
    machine.inside("ip link set eth0 up");
    machine.inside("ip route replace default via 10.0.2.1");
    awaitStatus(balancers, members, "ACTIVE");
  }

  private static void awaitStatus(List<Balancer> balancers, List<String> members, String status) {
    for (int i = 0; i < members.size(); i++) {
      Balancer balancer = balancers.get(i);
      String member = members.get(i);
      Until.within(20, "a member is " + status, () -> balancer.statusOf(member).equals(status));
    }
  }

  @Test
  void aStickyClientStaysWithItsServerWhenItMoves(Site site) {
    Networks networks = Networks.of(site);
    Balancer balancer = new Balancer(site.cloud(), networks.servers());
    for (int number = 1; number <= 3; number++) {
      Machine machine = site.openMachineAt(number, networks.servers(), "10.0.2.1" + number);
      Web.serve(machine, 80);
      balancer.member(machine, 80, 1);
    }
    balancer.vip(
        networks.clients(), VIP, 80, Map.of("session_persistence", Map.of("type", "SOURCE_IP")));
    Machine client = site.openMachineAt(1, networks.clients(), "10.0.1.10");
    assertThat(client.reaches(VIP)).isTrue();
    String server = Balancer.serverOf(client, VIP, 80);
    assertThat(server).startsWith("10.0.2.1");

    Host other = site.host(2);
    client.moveTo(other, "10.0.1.1");
    other.mmCtl("--bind-port", client.port(), client.device()).orThrow();
    Until.within(15, "the port is there", () -> site.isActiveOn(client.port(), other));
    assertThat(client.reaches(VIP)).isTrue();

    assertThat(Balancer.connections(client, VIP, 80, 20)).containsOnlyKeys(server);
  }

  @Test
  void whatAPoolServedIsNotForgottenWithAnAgent(Site site) {
    Networks networks = Networks.of(site);
    Machine machine = site.openMachineAt(2, networks.servers(), "10.0.2.11");
    Web.serve(machine, 80);
    Balancer balancer = new Balancer(site.cloud(), networks.servers());
    balancer.member(machine, 80, 1);
    balancer.vip(networks.clients(), VIP, 80, Map.of());
    Machine client = site.openMachineAt(2, networks.clients(), "10.0.1.10");
    assertThat(client.reaches(VIP)).isTrue();
    assertThat(Balancer.connections(client, VIP, 80, 20)).containsOnlyKeys("10.0.2.11");
    Until.within(10, "they are counted", () -> balancer.stats().total() == 20);
    Until.within(10, "they are over", () -> balancer.stats().active() == 0);
    long bytes = balancer.stats().bytesOut();

    site.host(2).kill();
    site.host(2).startAgent();

    assertThat(Balancer.connections(client, VIP, 80, 10)).containsOnlyKeys("10.0.2.11");
    Until.within(10, "they are added", () -> balancer.stats().total() == 30);
    Until.within(10, "they are over", () -> balancer.stats().active() == 0);
    Until.within(10, "so are the octets", () -> balancer.stats().bytesOut() >= bytes * 3 / 2);
  }
}
