package org.midonet.benchmarks.datapath;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.packets.Ipv4Address;
import tools.jackson.databind.JsonNode;

/** Networks and machines of the program under test. For one thread. */
final class Cloud {
  private static final int RULES = 100;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final Hosts hosts;
  private final Api api;

  Cloud(Hosts hosts) {
    this.hosts = hosts;
    this.api = new Api(hosts.namespace(0));
    // The default group, so that connections are tracked; it lets everything else in too.
    String group = id(api.get("security-groups").path("security_groups").path(0));
    for (String protocol : List.of("tcp", "udp", "icmp")) {
      api.create(
          "security-group-rules",
          "security_group_rule",
          Map.of("security_group_id", group, "direction", "ingress", "protocol", protocol));
    }
  }

  /** A network with a subnet of 24 bits. */
  String network(String prefix, boolean external) {
    Map<String, Object> body = Map.of("name", prefix, "router:external", external);
    String network = id(api.create("networks", "network", body));
    Map<String, Object> subnet = new LinkedHashMap<>();
    subnet.put("network_id", network);
    subnet.put("cidr", prefix + ".0/24");
    subnet.put("ip_version", 4);
    subnet.put("gateway_ip", prefix + ".1");
    subnet.put(
        "allocation_pools", List.of(Map.of("start", prefix + ".10", "end", prefix + ".200")));
    api.create("subnets", "subnet", subnet);
    return network;
  }

  /** A router with interfaces. */
  String router(String... networks) {
    String router = id(api.create("routers", "router", Map.of("name", "router")));
    for (String network : networks) {
      Map<String, ?> body = Map.of("subnet_id", subnet(network));
      api.put("routers/" + router + "/add_router_interface", body);
    }
    return router;
  }

  void gateway(String router, String external) {
    Map<String, ?> gateway = Map.of("external_gateway_info", Map.of("network_id", external));
    api.put("routers/" + router, Map.of("router", gateway));
  }

  /** A machine with so many addresses, with the default group; the same one by each of them. */
  List<Endpoint> machineOf(int addresses, String network) {
    Map<String, Object> fixed = Map.of("subnet_id", subnet(network));
    return machines(0, network, Map.of("fixed_ips", Collections.nCopies(addresses, fixed)));
  }

  /** A machine whose port is bound on a host, with the default group. */
  Endpoint machine(int host, String network) {
    return machine(host, network, Map.of());
  }

  /** What is outside: at the address of the gateway of an external network, and not filtered. */
  Endpoint world(String external, String address) {
    Map<String, Object> fixed = Map.of("ip_address", address);
    return machine(
        0, external, Map.of("port_security_enabled", false, "fixed_ips", List.of(fixed)));
  }

  private Endpoint machine(int host, String network, Map<String, Object> more) {
    return machines(host, network, more).getFirst();
  }

  private List<Endpoint> machines(int host, String network, Map<String, Object> more) {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("network_id", network);
    body.put("name", "machine");
    body.put("device_owner", "compute:benchmark");
    JsonNode port = api.create("ports", "port", body);
    NetworkNamespace machine = Wires.machine();
    List<Endpoint> all = new ArrayList<>();
    for (JsonNode fixed : port.path("fixed_ips")) {
      all.add(new Endpoint(machine, Ipv4Address.parse(fixed.path("ip_address").asString())));
    }
    String address = all.getFirst().address().toString();
    String gateway = address.substring(0, address.lastIndexOf('.')) + ".1";
    String tap = "tap" + id(port).substring(0, 8);
    Wires.cable(hosts.namespace(host), tap, machine, "eth0");
    Endpoint.ip(machine, "link set eth0 address " + port.path("mac_address").asString());
    all.forEach(it -> Endpoint.ip(machine, "address add " + it.address() + "/24 dev eth0"));
    if (!gateway.equals(address)) {
      Endpoint.ip(machine, "route add default via " + gateway);
    }
    hosts.bind(host, id(port), tap);
    await("port " + id(port) + " is active", "ports/" + id(port), "port");
    return all;
  }

  private void await(String what, String path, String singular) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!api.get(path).path(singular).path("status").asString().equals("ACTIVE")) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("it is not so that " + what);
      }
    }
  }

  /** The same machine by a floating IP. */
  Endpoint floating(String external, Endpoint machine) {
    JsonNode port =
        api.get("ports?fixed_ips=ip_address%3D" + machine.address()).path("ports").path(0);
    Map<String, ?> body = Map.of("floating_network_id", external, "port_id", id(port));
    JsonNode made = api.create("floatingips", "floatingip", body);
    return machine.at(made.path("floating_ip_address").asString());
  }

  /**
   * A VIP on a network, whose router balances what comes to it.
   *
   * @param port of it and of its members, which get turns
   */
  Ipv4Address vip(String network, int port, String memberNetwork, List<Endpoint> members) {
    String pool =
        id(
            api.create(
                "lb/pools",
                "pool",
                Map.of(
                    "subnet_id",
                    subnet(memberNetwork),
                    "protocol",
                    "TCP",
                    "lb_method",
                    "ROUND_ROBIN")));
    for (Endpoint member : members) {
      api.create(
          "lb/members",
          "member",
          Map.of("pool_id", pool, "address", member.address().toString(), "protocol_port", port));
    }
    Map<String, ?> body =
        Map.of(
            "pool_id",
            pool,
            "subnet_id",
            subnet(network),
            "protocol",
            "TCP",
            "protocol_port",
            port);
    JsonNode vip = api.create("lb/vips", "vip", body);
    await("the vip is active", "lb/vips/" + id(vip), "vip");
    return Ipv4Address.parse(vip.path("address").asString());
  }

  private String subnet(String network) {
    return id(api.get("subnets?network_id=" + network).path("subnets").path(0));
  }

  /** A firewall on a router, whose last rule of 100 lets everything through. */
  void firewall(String router) {
    List<String> rules = new ArrayList<>();
    for (int i = 1; i < RULES; i++) {
      rules.add(
          rule(
              Map.of(
                  "protocol",
                  "tcp",
                  "source_ip_address",
                  "198.51.100." + i,
                  "destination_port",
                  "80",
                  "action",
                  "deny")));
    }
    rules.add(rule(Map.of("action", "allow")));
    String policy =
        id(
            api.create(
                "fw/firewall_policies",
                "firewall_policy",
                Map.of("name", "policy", "firewall_rules", rules)));
    JsonNode firewall =
        api.create(
            "fw/firewalls",
            "firewall",
            Map.of("firewall_policy_id", policy, "router_ids", List.of(router)));
    await("the firewall is active", "fw/firewalls/" + id(firewall), "firewall");
  }

  private String rule(Map<String, ?> body) {
    return id(api.create("fw/firewall_rules", "firewall_rule", body));
  }

  private static String id(JsonNode resource) {
    return resource.path("id").asString();
  }
}
