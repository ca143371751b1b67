package org.midonet.app.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A project's network behind its router, an external network behind an edge router, and uplinks
 * from that to a provider: all the way that a packet to the world goes. For one thread.
 */
final class Edge {
  /** Of a server that is behind all of the provider's routers. */
  static final String WORLD = "198.51.100.1";

  static final String EXTERNAL = "203.0.113.0/24";

  private final Cloud cloud;
  private final String external;
  private final String network;
  private final String edge;
  private final String gateway;
  private final List<Map<String, String>> routes = new ArrayList<>();

  private Edge(Cloud cloud) {
    this.cloud = cloud;
    external = cloud.network(Map.of("router:external", true));
    Map<String, ?> pool = Map.of("start", "203.0.113.100", "end", "203.0.113.200");
    cloud.subnet(
        external, EXTERNAL, Map.of("enable_dhcp", false, "allocation_pools", List.of(pool)));
    edge = cloud.router(external);
    network = cloud.network("10.0.1.0/24");
    gateway = cloud.gateway(cloud.router(network), external);
  }

  static Edge of(Cloud cloud) {
    return new Edge(cloud);
  }

  String external() {
    return external;
  }

  String network() {
    return network;
  }

  /** The address by which the project's machines go out. */
  String gateway() {
    return gateway;
  }

  /** A router of the provider, at the other end of an uplink. */
  record Uplink(String port, Machine provider, String subnet) {
    /** The edge router's address. */
    String near() {
      return subnet + ".2";
    }

    /** The provider's address. */
    String far() {
      return subnet + ".1";
    }
  }

  /** An uplink by a cable to a router of a provider that knows the way to the external network. */
  Uplink uplink(String subnet) {
    Machine provider = provider(subnet + ".1/30");
    Uplink uplink = uplink(subnet, provider, provider.device());
    provider.inside("ip route add " + EXTERNAL + " via " + uplink.near());
    return uplink;
  }

  /** A router of a provider; its cable's other end is a device of this host. */
  Machine provider(String address) {
    Machine provider = cloud.provider();
    provider.inside("ip address add " + address + " dev eth0");
    provider.inside("sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0");
    return provider;
  }

  /** An uplink by any device of this host, over which all goes that has no nearer way. */
  Uplink uplink(String subnet, Machine provider, String device) {
    String port = uplinkPort(subnet + ".0/30", subnet + ".2", device);
    Uplink uplink = new Uplink(port, provider, subnet);
    route("0.0.0.0/0", uplink.far());
    return uplink;
  }

  /** Makes an uplink as MidoNet's users make it, and returns its port. */
  String uplinkPort(String cidr, String address, String device) {
    String uplinks = cloud.network(Map.of("provider:network_type", "uplink"));
    cloud.subnet(uplinks, cidr, Map.of("enable_dhcp", false));
    Map<String, Object> bound =
        Map.of(
            "network_id",
            uplinks,
            "binding:host_id",
            "scenario",
            "binding:profile",
            Map.of("interface_name", device));
    String port = Cloud.id(cloud.create("port", Cloud.with(bound, Cloud.fixed(address))));
    cloud.routerInterface(edge, Map.of("port_id", port));
    return port;
  }

  /** Gives the edge router another route. */
  void route(String destination, String nextHop) {
    routes.add(Map.of("destination", destination, "nexthop", nextHop));
    cloud.update("router", edge, Map.of("routes", routes));
  }

  /** Joins another subnet to the edge router. */
  void join(String subnet) {
    cloud.routerInterface(edge, Map.of("subnet_id", subnet));
  }

  /** A machine of the project that everybody may ask. */
  Machine server() {
    String group = cloud.group();
    cloud.allow(group, Map.of());
    Machine machine = cloud.machine(network, Cloud.groups(group));
    machine.serveHttp(80);
    machine.echoTcp(9);
    return machine;
  }
}
