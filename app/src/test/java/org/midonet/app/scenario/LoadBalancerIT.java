package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Load balancing with real connections. */
@Scenario
final class LoadBalancerIT {
  private static final String VIP = "10.0.1.200";
  private static final String[] SERVERS = {"10.0.2.11", "10.0.2.12", "10.0.2.13"};
  private static final int CONNECTIONS = 3_000;

  /** Of two seconds, and a little for the machine that has much else to do. */
  private static final int TWO_DELAYS = 5;

  /** Three web servers on one network and a client on another, whose router balances. */
  private static final class Site {
    final String router;
    final String clients;
    final String servers;
    final Machine client;
    final List<Machine> machines = new ArrayList<>();
    final List<Web> webs = new ArrayList<>();

    Site(Cloud cloud) {
      clients = cloud.network("10.0.1.0/24");
      servers = cloud.network("10.0.2.0/24");
      router = cloud.router(clients, servers);
      client = cloud.openMachineAt(clients, "10.0.1.10");
      for (String address : SERVERS) {
        Machine machine = cloud.openMachineAt(servers, address);
        machines.add(machine);
        webs.add(Web.serve(machine, 80));
      }
    }
  }

  @Test
  void connectionsAreDistributedByWeight(Cloud cloud) {
    Site site = new Site(cloud);
    Balancer balancer = new Balancer(cloud, site.servers);
    for (int i = 0; i < 3; i++) {
      balancer.member(site.machines.get(i), 80, i + 1);
    }
    balancer.vip(site.clients, VIP, 80, Map.of());
    assertThat(site.client.reaches(VIP)).isTrue();
    Map<String, Integer> served = Balancer.connections(site.client, VIP, 80, CONNECTIONS);
    assertThat(served).containsOnlyKeys(SERVERS);
    for (int i = 0; i < 3; i++) {
      double expected = CONNECTIONS * (i + 1) / 6.0;
      assertThat(served.get("10.0.2.1" + (i + 1)))
          .isBetween((int) (expected * 0.95), (int) (expected * 1.05));
    }
    assertThat(Balancer.say(site.client, VIP, 80)).endsWith(" 10.0.1.10");
    long all = CONNECTIONS + 1;
    Until.within(5, "all are counted", () -> balancer.stats().total() == all);
    Until.within(5, "all are over", () -> balancer.stats().active() == 0);
  }

  @Test
  void whatAPoolServesIsCounted(Cloud cloud) {
    Site site = new Site(cloud);
    Balancer balancer = new Balancer(cloud, site.servers);
    balancer.member(site.machines.get(0), 8080, 1);
    balancer.vip(site.clients, VIP, 80, Map.of());
    int octets = 1_000_000;
    site.machines.get(0).serveHttp(8080, octets);
    assertThat(site.client.reaches(VIP)).isTrue();
    assertThat(balancer.stats()).isEqualTo(new Balancer.Stats(0, 0, 0, 0));
    for (int i = 0; i < 3; i++) {
      assertThat(site.client.curl(VIP).succeeded()).isTrue();
    }
    Until.within(5, "bytes are counted", () -> balancer.stats().bytesOut() >= 3L * octets);
    Balancer.Stats stats = balancer.stats();
    assertThat(stats.total()).isEqualTo(3);
    assertThat(stats.bytesOut()).as("with headers").isLessThan(3L * octets * 11 / 10);
    assertThat(stats.bytesIn()).isBetween(3 * 200L, 3L * octets / 10);
    List<Web.Client> open = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      open.add(Web.Client.of(site.client, VIP, 80));
    }
    Until.within(5, "they are counted", () -> balancer.stats().active() == 5);
    open.forEach(Web.Client::close);
    Until.within(5, "they are over", () -> balancer.stats().active() == 0);
    assertThat(balancer.stats().total()).isEqualTo(8);
  }

  @Test
  void aStickyClientStaysWithItsServer(Cloud cloud) {
    Site site = new Site(cloud);
    Balancer balancer = new Balancer(cloud, site.servers);
    site.machines.forEach(machine -> balancer.member(machine, 80, 1));
    balancer.vip(site.clients, VIP, 80, Map.of("session_persistence", Map.of("type", "SOURCE_IP")));
    assertThat(site.client.reaches(VIP)).isTrue();
    assertThat(Balancer.connections(site.client, VIP, 80, 50))
        .hasSize(1)
        .allSatisfy((server, count) -> assertThat(Balancer.isFailure(server)).as(server).isFalse());
    Machine other = cloud.openMachineAt(site.clients, "10.0.1.20");
    assertThat(Balancer.serverOf(other, VIP, 80))
        .startsWith("10.0.2.1")
        .isNotEqualTo(Balancer.serverOf(site.client, VIP, 80));
  }

  @Test
  void membersComeAndGoUnderLoad(Cloud cloud) throws Exception {
    Site site = new Site(cloud);
    Balancer balancer = new Balancer(cloud, site.servers);
    List<String> members = new ArrayList<>();
    members.add(balancer.member(site.machines.get(0), 80, 1));
    members.add(balancer.member(site.machines.get(1), 80, 1));
    balancer.vip(site.clients, VIP, 80, Map.of());
    assertThat(site.client.reaches(VIP)).isTrue();
    List<Web.Client> lasting = new ArrayList<>();
    List<String> servers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Web.Client connection = Web.Client.of(site.client, VIP, 80);
      lasting.add(connection);
      servers.add(String.valueOf(connection.ask()));
    }
    AtomicBoolean over = new AtomicBoolean();
    Queue<String> failed = new ConcurrentLinkedQueue<>();
    AtomicInteger made = new AtomicInteger();
    Thread load =
        Thread.ofPlatform()
            .start(() -> {
              while (!over.get()) {
                made.incrementAndGet();
                String server = Balancer.serverOf(site.client, VIP, 80);
                if (Balancer.isFailure(server)) {
                  failed.add(server);
                }
              }
            });
    members.add(balancer.member(site.machines.get(2), 80, 1));
    Until.within(10, "the new one serves", () -> serves(site, "10.0.2.13"));
    balancer.update(members.get(0), Map.of("admin_state_up", false));
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
    assertThat(failed).as("of %d connections", made.get()).isEmpty();
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
    Balancer balancer = new Balancer(cloud, site.servers);
    balancer.monitor("TCP", 1, Map.of());
    List<String> members = new ArrayList<>();
    site.machines.forEach(machine -> members.add(balancer.member(machine, 80, 1)));
    balancer.vip(site.clients, VIP, 80, Map.of());
    site.webs.get(0).close();
    awaitStatus(balancer, members.get(0), "INACTIVE");
    assertThat(Balancer.connections(site.client, VIP, 80, 30))
        .containsOnlyKeys("10.0.2.12", "10.0.2.13");
    Web.serve(site.machines.get(0), 80);
    awaitStatus(balancer, members.get(0), "ACTIVE");
    assertThat(Balancer.connections(site.client, VIP, 80, 30)).containsOnlyKeys(SERVERS);
    assertThat(balancer.statusOf(members.get(1))).isEqualTo("ACTIVE");
  }

  @Test
  void aServerThatSaysSoIsPassedOver(Cloud cloud) {
    Site site = new Site(cloud);
    AtomicInteger answer = new AtomicInteger(204);
    HttpServer health =
        Host.serve(site.machines.get(0).namespace(), InetAddress.ofLiteral("0.0.0.0"), 8080);
    health.createContext(
        "/alive",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(answer.get(), -1);
          }
        });
    health.start();
    Balancer balancer = new Balancer(cloud, site.servers);
    balancer.monitor("HTTP", 2, Map.of("url_path", "/alive", "expected_codes", "200-204"));
    String member = balancer.member(site.machines.get(0), 8080, 1);
    balancer.member(site.machines.get(1), 80, 1);
    balancer.vip(site.clients, VIP, 80, Map.of());
    assertThat(site.client.reaches(VIP)).isTrue();
    assertThat(balancer.statusOf(member)).isEqualTo("ACTIVE");
    answer.set(503);
    Until.within(TWO_DELAYS, "INACTIVE", () -> balancer.statusOf(member).equals("INACTIVE"));
    assertThat(Balancer.connections(site.client, VIP, 80, 6)).containsOnlyKeys("10.0.2.12");
    answer.set(204);
    Until.within(TWO_DELAYS, "ACTIVE", () -> balancer.statusOf(member).equals("ACTIVE"));
    health.stop(0);
  }

  @Test
  void aServerIsAskedByTlsWhoeverSignedItsCertificate(Cloud cloud, @TempDir Path folder)
      throws IOException, GeneralSecurityException {
    Site site = new Site(cloud);
    Machine machine = site.machines.get(0);
    HttpsServer health =
        machine.namespace().call(() -> HttpsServer.create(new InetSocketAddress(443), 0));
    health.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
    AtomicInteger answer = new AtomicInteger(200);
    health.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(answer.get(), -1);
          }
        });
    health.start();
    Balancer balancer = new Balancer(cloud, site.servers);
    balancer.monitor("HTTPS", 1, Map.of("url_path", "/", "expected_codes", "200"));
    String member = balancer.member(machine, 443, 1);
    String plain = balancer.member(site.machines.get(1), 80, 1);
    balancer.vip(site.clients, VIP, 443, Map.of());
    awaitStatus(balancer, plain, "INACTIVE"); // it speaks no TLS
    assertThat(balancer.statusOf(member)).isEqualTo("ACTIVE");
    answer.set(500);
    awaitStatus(balancer, member, "INACTIVE");
    answer.set(200);
    awaitStatus(balancer, member, "ACTIVE");
    health.stop(0);
  }

  private static SSLContext selfSigned(Path folder) throws IOException, GeneralSecurityException {
    Path file = folder.resolve("keys");
    char[] password = "secret".toCharArray();
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-dname",
            "CN=nobody",
            "-storepass",
            "secret",
            "-keystore",
            file.toString());
    Process keytool = new ProcessBuilder(command).inheritIO().start();
    assertThat(keytool.onExit().join().exitValue()).isZero();
    KeyStore keys = KeyStore.getInstance(file.toFile(), password);
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void aMachineThatIsCutOffFailsItsPing(Cloud cloud) {
    Site site = new Site(cloud);
    Balancer balancer = new Balancer(cloud, site.servers);
    balancer.monitor("PING", 1, Map.of());
    String member = balancer.member(site.machines.get(0), 80, 1);
    balancer.vip(site.clients, VIP, 80, Map.of());
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
    Balancer balancer = new Balancer(cloud, site.servers);
    site.machines.forEach(machine -> balancer.member(machine, 80, 1));
    balancer.vip(site.servers, "10.0.2.200", 8080, Map.of());
    assertThat(site.client.reaches("10.0.2.200")).isTrue();
    Machine neighbour = cloud.openMachineAt(site.servers, "10.0.2.50");
    assertThat(Balancer.connections(neighbour, "10.0.2.200", 8080, 6)).containsOnlyKeys(SERVERS);
    assertThat(Balancer.connections(site.machines.get(0), "10.0.2.200", 8080, 6))
        .as("a server that asks the VIP, which may lead back to itself")
        .containsOnlyKeys(SERVERS);
    assertThat(Balancer.connections(site.client, "10.0.2.200", 8080, 6)).containsOnlyKeys(SERVERS);
  }

  @Test
  void theVipMayBeOutside(Cloud cloud) {
    Site site = new Site(cloud);
    String external = cloud.external("203.0.113");
    cloud.gateway(site.router, external);
    Machine outside = cloud.openMachineAt(external, "203.0.113.10");
    Balancer balancer = new Balancer(cloud, site.servers);
    site.machines.forEach(machine -> balancer.member(machine, 80, 1));
    balancer.vip(external, "203.0.113.99", 80, Map.of());
    assertThat(outside.reaches("203.0.113.99")).isTrue();
    assertThat(Balancer.connections(outside, "203.0.113.99", 80, 6)).containsOnlyKeys(SERVERS);
    assertThat(Balancer.say(outside, "203.0.113.99", 80)).endsWith(" 203.0.113.10");
    assertThat(Balancer.connections(site.client, "203.0.113.99", 80, 6)).containsOnlyKeys(SERVERS);

    String elsewhere = cloud.network("10.9.0.0/24");
    cloud.gateway(cloud.router(elsewhere), external);
    Machine stranger = cloud.openMachineAt(elsewhere, "10.9.0.10");
    assertThat(Balancer.connections(stranger, "203.0.113.99", 80, 6)).containsOnlyKeys(SERVERS);
  }
}
