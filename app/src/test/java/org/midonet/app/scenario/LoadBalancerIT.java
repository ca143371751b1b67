package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Load balancing with real connections. */
@Scenario
final class LoadBalancerIT {
  private static final String VIP = "10.0.1.200";
  private static final int CONNECTIONS = 3_000;

  /** Three web servers on one network and a client on another, whose router balances. */
  private static final class Site {
    final Cloud cloud;
    final String router;
    final String clients;
    final String servers;
    final Machine client;
    final List<Machine> machines = new ArrayList<>();
    final List<Web> webs = new ArrayList<>();

    Site(Cloud cloud) {
      this.cloud = cloud;
      clients = cloud.network("10.0.1.0/24");
      servers = cloud.network("10.0.2.0/24");
      router = cloud.router(clients, servers);
      client = cloud.openMachineAt(clients, "10.0.1.10");
      for (String address : List.of("10.0.2.11", "10.0.2.12", "10.0.2.13")) {
        Machine machine = cloud.openMachineAt(servers, address);
        machines.add(machine);
        webs.add(Web.serve(machine, 80));
      }
    }
  }

  @Test
  void connectionsAreDistributedByWeight(Cloud cloud) {
    Site site = new Site(cloud);
    Balancer balancer = new Balancer(cloud, site.router);
    balancer.vip(VIP, 80, Map.of());
    for (int i = 0; i < 3; i++) {
      balancer.member(site.machines.get(i), 80, i + 1);
    }
    Map<String, Integer> served = Balancer.connections(site.client, VIP, 80, CONNECTIONS);
    assertThat(served.getOrDefault("", 0)).as("failed").isZero();
    for (int i = 0; i < 3; i++) {
      double expected = CONNECTIONS * (i + 1) / 6.0;
      assertThat(served.get("10.0.2.1" + (i + 1)))
          .isBetween((int) (expected * 0.95), (int) (expected * 1.05));
    }
    assertThat(Balancer.say(site.client, VIP, 80)).endsWith(" 10.0.1.10");
    assertThat(site.client.reaches(VIP)).isTrue();
  }

  @Test
  void aStickyClientStaysWithItsServer(Cloud cloud) {
    Site site = new Site(cloud);
    Balancer balancer = new Balancer(cloud, site.router);
    balancer.vip(VIP, 80, Map.of("sessionPersistence", "SOURCE_IP"));
    site.machines.forEach(machine -> balancer.member(machine, 80, 1));
    assertThat(Balancer.connections(site.client, VIP, 80, 50)).hasSize(1).doesNotContainKey("");
    Machine other = cloud.openMachineAt(site.clients, "10.0.1.20");
    assertThat(Balancer.serverOf(other, VIP, 80))
        .isNotEmpty()
        .isNotEqualTo(Balancer.serverOf(site.client, VIP, 80));
  }

  @Test
  void membersComeAndGoUnderLoad(Cloud cloud) throws Exception {
    Site site = new Site(cloud);
    Balancer balancer = new Balancer(cloud, site.router);
    balancer.vip(VIP, 80, Map.of());
    List<String> members = new ArrayList<>();
    members.add(balancer.member(site.machines.get(0), 80, 1));
    members.add(balancer.member(site.machines.get(1), 80, 1));
    List<Web.Client> lasting = new ArrayList<>();
    List<String> servers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Web.Client connection = Web.Client.of(site.client, VIP, 80);
      lasting.add(connection);
      servers.add(String.valueOf(connection.ask()));
    }
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger failed = new AtomicInteger();
    AtomicInteger made = new AtomicInteger();
    Thread load =
        Thread.ofPlatform()
            .start(() -> {
              while (!over.get()) {
                made.incrementAndGet();
                if (Balancer.serverOf(site.client, VIP, 80).isEmpty()) {
                  failed.incrementAndGet();
                }
              }
            });
    members.add(balancer.member(site.machines.get(2), 80, 1));
    Until.within(10, "the new one serves", () -> serves(site, "10.0.2.13"));
    balancer.update(members.get(0), Map.of("adminStateUp", false));
    Until.within(10, "the disabled one is passed over", () -> isLeftAlone(site, "10.0.2.11"));
    for (int i = 0; i < lasting.size(); i++) {
      assertThat(lasting.get(i).ask()).as("connection %d", i).isEqualTo(servers.get(i));
    }
    balancer.remove(members.get(0));
    Until.within(10, "the removed one is passed over", () -> isLeftAlone(site, "10.0.2.11"));
    for (int i = 0; i < lasting.size(); i++) {
      String said = lasting.get(i).ask();
      if (servers.get(i).startsWith("10.0.2.12")) {
        assertThat(said).as("connection %d", i).isEqualTo(servers.get(i));
      } else {
        assertThat(said).as("one of the removed member").isNull();
      }
    }
    over.set(true);
    load.join(10_000);
    assertThat(failed.get()).as("of %d connections", made.get()).isZero();
    lasting.forEach(Web.Client::close);
  }

  private static boolean serves(Site site, String server) {
    return Balancer.connections(site.client, VIP, 80, 6).containsKey(server);
  }

  private static boolean isLeftAlone(Site site, String server) {
    return !Balancer.connections(site.client, VIP, 80, 6).containsKey(server);
  }

  @Test
  void deadMembersAreNoticedAndHealed(Cloud cloud) {
    Site site = new Site(cloud);
    Balancer balancer = new Balancer(cloud, site.router, "HTTP");
    balancer.vip(VIP, 80, Map.of());
    List<String> members = new ArrayList<>();
    site.machines.forEach(machine -> members.add(balancer.member(machine, 80, 1)));
    site.webs.get(0).close();
    awaitStatus(balancer, members.get(0), "INACTIVE");
    assertThat(Balancer.connections(site.client, VIP, 80, 30))
        .containsOnlyKeys("10.0.2.12", "10.0.2.13");
    Web.serve(site.machines.get(0), 80);
    awaitStatus(balancer, members.get(0), "ACTIVE");
    assertThat(Balancer.connections(site.client, VIP, 80, 30)).hasSize(3);
    assertThat(balancer.statusOf(members.get(1))).isEqualTo("ACTIVE");
  }

  @Test
  void aMachineThatIsCutOffFailsItsPing(Cloud cloud) {
    Site site = new Site(cloud);
    Balancer balancer = new Balancer(cloud, site.router, "PING");
    balancer.vip(VIP, 80, Map.of());
    String member = balancer.member(site.machines.get(0), 80, 1);
    Until.within(10, "the server answers", () -> serves(site, "10.0.2.11"));
    site.machines.get(0).inside("ip link set eth0 down");
    awaitStatus(balancer, member, "INACTIVE");
    site.machines.get(0).inside("ip link set eth0 up");
    site.machines.get(0).inside("ip route replace default via 10.0.2.1");
    awaitStatus(balancer, member, "ACTIVE");
  }

  /** What is promised is two delays of a second; the machine may have much else to do. */
  private static void awaitStatus(Balancer balancer, String member, String status) {
    Until.within(10, "the member is " + status, () -> balancer.statusOf(member).equals(status));
  }

  @Test
  void theVipMayBeWhereTheServersAre(Cloud cloud) {
    Site site = new Site(cloud);
    Balancer balancer = new Balancer(cloud, site.router);
    balancer.vip("10.0.2.200", 8080, Map.of());
    site.machines.forEach(machine -> balancer.member(machine, 80, 1));
    Machine neighbour = cloud.openMachineAt(site.servers, "10.0.2.50");
    assertThat(Balancer.connections(neighbour, "10.0.2.200", 8080, 6))
        .hasSize(3)
        .doesNotContainKey("");
    assertThat(Balancer.connections(site.machines.get(0), "10.0.2.200", 8080, 6))
        .as("a server that asks the VIP, which may lead back to itself")
        .hasSize(3)
        .doesNotContainKey("");
    assertThat(Balancer.connections(site.client, "10.0.2.200", 8080, 6)).hasSize(3);
  }

  @Test
  void theVipMayBeOutside(Cloud cloud) {
    Site site = new Site(cloud);
    String external = cloud.external("203.0.113");
    cloud.gateway(site.router, external);
    Machine outside = cloud.openMachineAt(external, "203.0.113.10");
    Balancer balancer = new Balancer(cloud, site.router);
    balancer.vip("203.0.113.99", 80, Map.of());
    site.machines.forEach(machine -> balancer.member(machine, 80, 1));
    assertThat(Balancer.connections(outside, "203.0.113.99", 80, 6))
        .hasSize(3)
        .doesNotContainKey("");
    assertThat(Balancer.say(outside, "203.0.113.99", 80)).endsWith(" 203.0.113.10");
    assertThat(Balancer.connections(site.client, "203.0.113.99", 80, 6)).hasSize(3);

    String elsewhere = cloud.network("10.9.0.0/24");
    cloud.gateway(cloud.router(elsewhere), external);
    Machine stranger = cloud.openMachineAt(elsewhere, "10.9.0.10");
    assertThat(Balancer.connections(stranger, "203.0.113.99", 80, 6))
        .hasSize(3)
        .doesNotContainKey("");
  }
}
