package org.midonet.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.control.ControlAnswer;
import org.midonet.agent.control.ControlClient;
import org.midonet.agent.control.ControlRequest;
import org.midonet.agent.trace.Question;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;
import tools.jackson.databind.JsonNode;

/**
 * Networks and machines in a few words, all of them gone when this is closed. Not to be shared
 * between threads.
 */
final class Cloud implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int PREFIX = 24;

  private final Api api;
  private final Path socket;
  private final List<Machine> machines = new ArrayList<>();

  /**
   * @param socket on which the agent of this host listens
   */
  Cloud(Api api, Path socket) {
    this.api = api;
    this.socket = socket;
  }

  /**
   * A network with one subnet of 24 bits, its gateway at .1.
   *
   * @param subnet its id
   */
  record Network(String id, String subnet, @Nullable String gateway) {}

  Network network(String project, String name, String prefix) {
    String id =
        api.create(project, "networks", "network", Map.of("name", name)).path("id").asString();
    String gateway = prefix + ".1";
    return new Network(id, subnet(project, id, Map.of("cidr", prefix + ".0/24")), gateway);
  }

  /** An external network, of which .1 is the world outside. */
  Network external(String project, String name, String prefix) {
    String id =
        api.create(project, "networks", "network", Map.of("name", name, "router:external", true))
            .path("id")
            .asString();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("cidr", prefix + ".0/24");
    body.put("enable_dhcp", false);
    body.put("gateway_ip", prefix + ".1");
    body.put("allocation_pools", List.of(Map.of("start", prefix + ".100", "end", prefix + ".200")));
    return new Network(id, subnet(project, id, body), null);
  }

  private String subnet(String project, String network, Map<String, Object> more) {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("network_id", network);
    body.put("ip_version", 4);
    return api.create(project, "subnets", "subnet", body).path("id").asString();
  }

  /** A router with a gateway on an external network, and an interface on each of the others. */
  void router(String project, String name, Network external, Network... inside) {
    String id =
        api.create(
                project,
                "routers",
                "router",
                Map.of("name", name, "external_gateway_info", Map.of("network_id", external.id())))
            .path("id")
            .asString();
    for (Network network : inside) {
      api.put(
          project,
          "routers/" + id + "/add_router_interface",
          Map.of("subnet_id", network.subnet()));
    }
  }

  /** A machine on a network, with the project's default security group. */
  Machine machine(String project, String name, Network network) {
    return machine(project, name, network, Map.of());
  }

  /** The same with an address of our choice. */
  Machine machineAt(String project, String name, Network network, String address) {
    return machine(
        project, name, network, Map.of("fixed_ips", List.of(Map.of("ip_address", address))));
  }

  /** What is outside of all projects' networks: on the external network, and not filtered. */
  Machine outside(String project, String name, Network external, String address) {
    return machine(
        project,
        name,
        external,
        Map.of(
            "port_security_enabled", false, "fixed_ips", List.of(Map.of("ip_address", address))));
  }

  private Machine machine(String project, String name, Network network, Map<String, Object> more) {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("name", name);
    body.put("network_id", network.id());
    body.put("device_owner", "compute:demo");
    JsonNode port = api.create(project, "ports", "port", body);
    UUID id = UUID.fromString(port.path("id").asString());
    Machine machine =
        Machine.start(
            name,
            id,
            Mac.parse(port.path("mac_address").asString()),
            port.path("fixed_ips").path(0).path("ip_address").asString(),
            PREFIX,
            network.gateway());
    machines.add(machine);
    ControlAnswer bound =
        ask("PUT", "/binding/" + id, "{\"interfaceName\": \"" + machine.device() + "\"}");
    if (!bound.isSuccess()) {
      throw new IllegalStateException("port " + id + " was not bound: " + bound.body());
    }
    return machine;
  }

  /** Waits until Neutron shows all ports of machines as ACTIVE. */
  void awaitActive(String project) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Machine machine : machines) {
      while (!isActive(project, machine)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("port " + machine.port() + " did not become ACTIVE");
        }
        pause();
      }
    }
  }

  private boolean isActive(String project, Machine machine) {
    return api.get(project, "ports/" + machine.port())
        .path("port")
        .path("status")
        .asString()
        .equals("ACTIVE");
  }

  static void pause() {
    try {
      Thread.sleep(Duration.ofMillis(20));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives a machine an address on the external network, and returns it. */
  String floatingIp(String project, Network external, Machine machine) {
    return api.create(
            project,
            "floatingips",
            "floatingip",
            Map.of("floating_network_id", external.id(), "port_id", machine.port().toString()))
        .path("floating_ip_address")
        .asString();
  }

  /** Lets connections to a TCP port in, by the project's default group; returns the rule's id. */
  String allow(String project, int tcpPort) {
    JsonNode groups = api.get(project, "security-groups?name=default&project_id=" + project);
    return api.create(
            project,
            "security-group-rules",
            "security_group_rule",
            Map.of(
                "security_group_id",
                groups.path("security_groups").path(0).path("id").asString(),
                "direction",
                "ingress",
                "ethertype",
                "IPv4",
                "protocol",
                "tcp",
                "port_range_min",
                tcpPort,
                "port_range_max",
                tcpPort))
        .path("id")
        .asString();
  }

  void removeRule(String project, String id) {
    api.delete(project, "security-group-rules/" + id);
  }

  /** What would become of a connection to a TCP port. */
  String trace(Machine from, String to, int tcpPort) {
    Question question =
        new Question(
            from.port(),
            IpAddress.parse(to),
            Question.Protocol.TCP,
            tcpPort,
            /* everyRule= */ false);
    return ask("POST", "/trace", question.toJson()).body();
  }

  private ControlAnswer ask(String method, String path, String body) {
    try {
      return ControlClient.ask(socket, new ControlRequest(method, path, body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    machines.forEach(Machine::close);
  }
}
