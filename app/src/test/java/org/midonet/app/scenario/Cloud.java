package org.midonet.app.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.Mac;
import tools.jackson.databind.JsonNode;

/**
 * A project's networks in a few words, as a test needs them, and its machines, which are gone when
 * this is closed. For one thread.
 */
final class Cloud implements AutoCloseable {
  static final Map<String, Object> OPEN = Map.of("port_security_enabled", false);

  private final Host host;
  private final String project;
  private final Map<String, JsonNode> subnets;
  private final List<Machine> machines;

  Cloud(Host host) {
    this(host, UUID.randomUUID().toString().replace("-", ""), new HashMap<>(), new ArrayList<>());
  }

  private Cloud(Host host, String project, Map<String, JsonNode> subnets, List<Machine> machines) {
    this.host = host;
    this.project = project;
    this.subnets = subnets;
    this.machines = machines;
  }

  /** The same cloud, whose further machines are on another host. */
  Cloud on(Host other) {
    return new Cloud(other, project, subnets, machines);
  }

  Host host() {
    return host;
  }

  String project() {
    return project;
  }

  /** Makes any resource, and returns it. */
  JsonNode create(String singular, Map<String, ?> body) {
    return host.api().create(project, singular, body);
  }

  JsonNode update(String singular, String id, Map<String, ?> body) {
    return host.api().update(project, singular, id, body);
  }

  JsonNode get(String path) {
    return host.api().get(project, path);
  }

  void delete(String path) {
    host.api().delete(project, path);
  }

  /** A network without subnets. */
  String network(Map<String, ?> more) {
    return id(create("network", with(Map.of("name", "net"), more)));
  }

  /** A network with a subnet; its gateway is at the first address. */
  String network(String cidr) {
    String network = network(Map.of());
    subnet(network, cidr, Map.of());
    return network;
  }

  /** An external network, whose addresses for floating IPs are those from .100 on. */
  String external(String prefix) {
    String network = network(Map.of("router:external", true));
    subnet(
        network,
        prefix + ".0/24",
        Map.of(
            "enable_dhcp",
            false,
            "allocation_pools",
            List.of(Map.of("start", prefix + ".100", "end", prefix + ".200"))));
    return network;
  }

  String subnet(String network, String cidr, Map<String, ?> more) {
    int version = Cidr.parse(cidr).version();
    JsonNode subnet =
        create(
            "subnet",
            with(Map.of("network_id", network, "cidr", cidr, "ip_version", version), more));
    subnets.put(id(subnet), subnet);
    return id(subnet);
  }

  /** The subnets of a network that were made here. */
  List<String> subnetsOf(String network) {
    return subnets.values().stream()
        .filter(subnet -> text(subnet, "network_id").equals(network))
        .map(Cloud::id)
        .toList();
  }

  /** A router with an interface on each subnet of networks. */
  String router(String... networks) {
    String router = id(create("router", Map.of("name", "router")));
    join(router, networks);
    return router;
  }

  void join(String router, String... networks) {
    for (String network : networks) {
      for (String subnet : subnetsOf(network)) {
        routerInterface(router, Map.of("subnet_id", subnet));
      }
    }
  }

  /** An interface as Neutron takes it: a subnet or a port. */
  void routerInterface(String router, Map<String, ?> body) {
    host.api().put(project, "routers/" + router + "/add_router_interface", body);
  }

  /** Gives a router a gateway, and returns the address it has there. */
  String gateway(String router, String external) {
    JsonNode updated =
        update("router", router, Map.of("external_gateway_info", Map.of("network_id", external)));
    return updated
        .path("external_gateway_info")
        .path("external_fixed_ips")
        .path(0)
        .path("ip_address")
        .asString();
  }

  /** A machine, with all addresses of its port and the project's default security group. */
  Machine machine(String network) {
    return machine(network, Map.of());
  }

  Machine machine(String network, Map<String, ?> more) {
    return machine(network, more, machine -> {});
  }

  /**
   * A machine with something done before its port is bound.
   *
   * @param before what is done when it has its cable
   */
  Machine machine(String network, Map<String, ?> more, Consumer<Machine> before) {
    JsonNode port = port(network, more);
    Machine machine = cabled(port);
    before.accept(machine);
    for (JsonNode fixed : port.path("fixed_ips")) {
      JsonNode subnet = subnet(text(fixed, "subnet_id"));
      String gateway = text(subnet, "gateway_ip");
      String length = text(subnet, "cidr").split("/", -1)[1];
      machine.inside("ip address add " + text(fixed, "ip_address") + "/" + length + " dev eth0");
      if (!gateway.isEmpty() && !gateway.equals(text(fixed, "ip_address"))) {
        machine.inside("ip route replace default via " + gateway);
      }
    }
    plug(machine);
    return machine;
  }

  /** A machine at an address. */
  Machine machineAt(String network, String address) {
    return machine(network, fixed(address));
  }

  /** A machine without port security: what the world outside is, or who may do anything. */
  Machine openMachineAt(String network, String address) {
    return machine(network, with(OPEN, fixed(address)));
  }

  /** A machine that has to find out its addresses by itself. */
  Machine bareMachine(String network, Map<String, ?> more) {
    Machine machine = cabled(port(network, more));
    plug(machine);
    return machine;
  }

  JsonNode port(String network, Map<String, ?> more) {
    return create(
        "port",
        with(Map.of("network_id", network, "name", "m", "device_owner", "compute:nova"), more));
  }

  /** A machine for a port, not yet bound to it. */
  Machine cabled(JsonNode port) {
    List<String> addresses = new ArrayList<>();
    port.path("fixed_ips").forEach(fixed -> addresses.add(text(fixed, "ip_address")));
    Machine machine = new Machine(host, id(port), Mac.parse(text(port, "mac_address")), addresses);
    machines.add(machine);
    return machine;
  }

  /** What is beyond this host: it has a cable to a device here, but no port of this cloud. */
  Machine provider() {
    String name = UUID.randomUUID().toString();
    String mac = "02:00:" + name.substring(0, 8).replaceAll("(..)(?=.)", "$1:");
    Machine provider = new Machine(host, name, Mac.parse(mac), List.of());
    machines.add(provider);
    return provider;
  }

  /** Binds a machine's port to its tap, and waits until Neutron shows it as ACTIVE. */
  void plug(Machine machine) {
    host.mmCtl("--bind-port", machine.port(), machine.device()).orThrow();
    awaitStatus(machine.port(), "ACTIVE");
  }

  void awaitStatus(String port, String status) {
    awaitStatus(port, status, 15);
  }

  void awaitStatus(String port, String status, int seconds) {
    Until.within(seconds, "port " + port + " is " + status, () -> status(port).equals(status));
  }

  String status(String port) {
    return text(get("ports/" + port).path("port"), "status");
  }

  /** Gives a machine's first address a floating IP, and returns it. */
  FloatingIp floatingIp(String external, @Nullable Machine machine) {
    Map<String, Object> body = new LinkedHashMap<>(Map.of("floating_network_id", external));
    if (machine != null) {
      body.put("port_id", machine.port());
    }
    JsonNode made = create("floatingip", body);
    return new FloatingIp(id(made), text(made, "floating_ip_address"));
  }

  /** A floating IP's id and address. */
  record FloatingIp(String id, String address) {}

  /** A security group that lets everything out and nothing in. */
  String group() {
    return id(create("security_group", Map.of("name", "group")));
  }

  /** The project's default security group. */
  String defaultGroup() {
    JsonNode groups = get("security-groups?name=default&project_id=" + project);
    return id(groups.path("security_groups").path(0));
  }

  /** Lets something in; returns the rule's id. */
  String allow(String group, Map<String, ?> what) {
    return id(
        create(
            "security_group_rule",
            with(
                Map.of("security_group_id", group, "direction", "ingress", "ethertype", "IPv4"),
                what)));
  }

  /** Lets a port of a protocol in. */
  String allow(String group, String protocol, int port) {
    return allow(
        group, Map.of("protocol", protocol, "port_range_min", port, "port_range_max", port));
  }

  void removeRule(String rule) {
    delete("security-group-rules/" + rule);
  }

  private JsonNode subnet(String id) {
    return subnets.computeIfAbsent(id, it -> get("subnets/" + it).path("subnet"));
  }

  static Map<String, Object> fixed(String... addresses) {
    List<Map<String, String>> list =
        Stream.of(addresses).map(address -> Map.of("ip_address", address)).toList();
    return Map.of("fixed_ips", list);
  }

  static Map<String, Object> groups(String... groups) {
    return Map.of("security_groups", List.of(groups));
  }

  /** Both, of which the latter wins. */
  static Map<String, Object> with(Map<String, ?> one, Map<String, ?> other) {
    Map<String, Object> both = new LinkedHashMap<>(one);
    both.putAll(other);
    return both;
  }

  static String id(JsonNode resource) {
    return text(resource, "id");
  }

  /** A field's text, empty if it is null or missing. */
  static String text(JsonNode resource, String field) {
    JsonNode value = resource.path(field);
    return value.isNull() ? "" : value.asString("");
  }

  @Override
  public void close() {
    machines.forEach(Machine::close);
  }
}
