package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.nsdb.EmbeddedZooKeeper;
import org.midonet.nsdb.ZooKeeperConfig;
import org.midonet.nsdb.ZooKeeperNsdb;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server and the agent of a host, each with a session of its own on one ensemble, as if they were
 * two processes; ports of Nova's are plugged by {@code mm-ctl}. Not to be shared between threads.
 */
final class PluggedHost implements AutoCloseable {
  private static final Path MM_CTL = Path.of("..", "mm-ctl").toAbsolutePath().normalize();
  private static final int PREFIX = 24;

  private final Path folder;
  private final String tag = UUID.randomUUID().toString().substring(0, 4);
  private final EmbeddedZooKeeper zooKeeper;
  private final NeutronConfig config;
  private final Server server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Machine> machines = new ArrayList<>();
  private @Nullable ZooKeeperNsdb session;
  private @Nullable HostAgent agent;

  /** A network namespace at a port. */
  record Machine(
      UUID port, String server, Mac mac, String address, String device, NetworkNamespace inside) {}

  PluggedHost(Path folder, Map<String, String> more) throws IOException {
    this.folder = folder;
    zooKeeper = EmbeddedZooKeeper.start(folder.resolve("zookeeper"), 0);
    Map<String, String> settings = new HashMap<>(more);
    settings.put("DEFAULT.auth_strategy", "noauth");
    settings.put("DEFAULT.bind_host", "127.0.0.1");
    settings.put("DEFAULT.bind_port", "0");
    settings.put("DEFAULT.host", "host-" + tag);
    settings.put("DEFAULT.core_plugin", "midonet_v2");
    settings.put("DEFAULT.service_plugins", "midonet_l3");
    settings.put("DEFAULT.state_path", folder.toString());
    settings.put("database.connection", "sqlite:///" + folder.resolve("neutron.db"));
    settings.put("MIDONET.client", "builtin");
    settings.put("MIDONET.cluster_api_port", "0");
    settings.put("MIDONET.zookeeper_hosts", zooKeeper.hosts());
    settings.put("MIDONET.agent_socket", socket().toString());
    config = NeutronConfig.of(settings);
    server = Server.start(config, true);
    assertThat(server.requireTopology().get().isConnected()).isTrue();
  }

  Path socket() {
    return folder.resolve("agent.sock");
  }

  /** What Neutron calls it. */
  String name() {
    return "host-" + tag;
  }

  void startAgent() {
    ZooKeeperNsdb opened = ZooKeeperNsdb.open(ZooKeeperConfig.of(zooKeeper));
    session = opened;
    DatapathConfig datapath =
        new DatapathConfig("mns" + tag, 1 << 12, 1 << 20, 20_000, 2_000, Optional.empty());
    agent = HostAgent.start(config, opened, datapath);
  }

  /** As a clean stop of its process. */
  void stopAgent() {
    if (agent != null) {
      agent.close();
      agent = null;
    }
    if (session != null) {
      session.close();
      session = null;
    }
  }

  /** The host no longer says that it is alive, as when it lost power. */
  void silence() {
    if (session != null) {
      session.close();
    }
  }

  String network() {
    String id =
        api("POST", "networks", Map.of("network", Map.of("name", "net")))
            .at("/network/id")
            .asString();
    api(
        "POST",
        "subnets",
        Map.of("subnet", Map.of("network_id", id, "ip_version", 4, "cidr", "10.0.5.0/24")));
    return id;
  }

  /** A port as Nova makes it, and a namespace with its device; not yet bound. */
  Machine machine(String name, String network) {
    String server = UUID.randomUUID().toString();
    JsonNode port =
        api(
                "POST",
                "ports",
                Map.of(
                    "port",
                    Map.of(
                        "name", name,
                        "network_id", network,
                        "device_owner", "compute:nova",
                        "device_id", server,
                        "port_security_enabled", false)))
            .path("port");
    UUID id = UUID.fromString(port.path("id").asString());
    Machine machine =
        new Machine(
            id,
            server,
            Mac.parse(port.path("mac_address").asString()),
            port.at("/fixed_ips/0/ip_address").asString(),
            "tap" + id.toString().substring(0, 8),
            NetworkNamespace.create());
    machines.add(machine);
    cable(machine);
    return machine;
  }

  private static void cable(Machine machine) {
    String peer = machine.device + "p";
    try (Links links = new Links()) {
      links.createVeth(machine.device, peer);
      links.move(links.get(peer).index(), machine.inside);
      links.setUp(links.get(machine.device).index());
      machine.inside.run(() -> {
        try (Links inside = new Links()) {
          int index = inside.get(peer).index();
          inside.setUp(inside.get("lo").index());
          inside.setMac(index, machine.mac);
          inside.setUp(index);
          inside.addAddress(index, IpAddress.parse(machine.address), PREFIX);
        }
      });
    }
  }

  void bind(Machine machine) {
    mmCtl("--bind-port", machine.port.toString(), machine.device);
  }

  void mmCtl(String... arguments) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", MM_CTL.toString()));
    command.addAll(List.of(arguments));
    String said = run(null, Map.of("MIDONET_AGENT_SOCKET", socket().toString()), command);
    assertThat(said).startsWith("0:");
  }

  /** Runs a command in a machine, or on the host; exit code, colon, and what it said. */
  static String run(
      @Nullable Machine machine, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = machine == null ? builder.start() : machine.inside.call(builder::start);
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() + ":" + said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static String ping(Machine from, Machine to, int count) {
    return run(
        from,
        Map.of(),
        List.of("ping", "-c", String.valueOf(count), "-i", "0.2", "-W", "2", to.address()));
  }

  String status(Machine machine) {
    return api("GET", "ports/" + machine.port, Map.of()).at("/port/status").asString();
  }

  JsonNode api(String method, String path, Map<String, Object> body) {
    JsonMapper json = JsonMapper.shared();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v2.0/" + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
      return answer.body().isEmpty() ? json.createObjectNode() : json.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Machine machine : machines) {
      try (Links links = new Links()) {
        links.find(machine.device).ifPresent(link -> links.delete(link.index()));
      }
      machine.inside.close();
    }
    try {
      stopAgent();
    } finally {
      server.close();
      zooKeeper.close();
      http.close();
    }
  }
}
