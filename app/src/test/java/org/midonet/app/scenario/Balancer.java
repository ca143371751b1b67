package org.midonet.app.scenario;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A pool of servers on a network, as users of Neutron make it. For one thread. */
final class Balancer {
  private static final String FAILED = "failed: ";

  private final Cloud cloud;
  private final String pool;

  /**
   * Makes a pool.
   *
   * @param servers the network of its members
   */
  Balancer(Cloud cloud, String servers) {
    this.cloud = cloud;
    Map<String, ?> body =
        Map.of("subnet_id", subnet(servers), "protocol", "TCP", "lb_method", "ROUND_ROBIN");
    pool = Cloud.id(cloud.create("pool", body));
  }

  private String subnet(String network) {
    return cloud.subnetsOf(network).getFirst();
  }

  /**
   * Lets members be watched; they are dead after two failures.
   *
   * @param delay seconds between two probes
   */
  void monitor(String type, int delay, Map<String, ?> more) {
    Map<String, ?> body = Map.of("type", type, "delay", delay, "timeout", 1, "max_retries", 2);
    String monitor = Cloud.id(cloud.create("health_monitor", Cloud.with(body, more)));
    cloud
        .host()
        .api()
        .post(
            cloud.project(),
            "lb/pools/" + pool + "/health_monitors",
            Map.of("health_monitor", Map.of("id", monitor)));
  }

  void vip(String network, String address, int port, Map<String, ?> more) {
    Map<String, ?> body =
        Map.of(
            "pool_id",
            pool,
            "subnet_id",
            subnet(network),
            "address",
            address,
            "protocol",
            "TCP",
            "protocol_port",
            port);
    cloud.create("vip", Cloud.with(body, more));
  }

  String member(Machine machine, int port, int weight) {
    Map<String, ?> body =
        Map.of(
            "pool_id", pool, "address", machine.address(), "protocol_port", port, "weight", weight);
    return Cloud.id(cloud.create("member", body));
  }

  void update(String member, Map<String, ?> fields) {
    cloud.update("member", member, fields);
  }

  void remove(String member) {
    cloud.delete("lb/members/" + member);
  }

  String statusOf(String member) {
    return Cloud.text(cloud.get("lb/members/" + member).path("member"), "status");
  }

  /** What the pool has served. */
  Stats stats() {
    JsonNode stats = cloud.get("lb/pools/" + pool + "/stats").path("stats");
    return new Stats(
        stats.path("bytes_in").asLong(),
        stats.path("bytes_out").asLong(),
        stats.path("active_connections").asLong(),
        stats.path("total_connections").asLong());
  }

  /** Octets from clients and to them, and connections. */
  record Stats(long bytesIn, long bytesOut, long active, long total) {}

  /** How many of so many connections each server gets, and how many failed for which reason. */
  static Map<String, Integer> connections(Machine client, String address, int port, int count) {
    Map<String, Integer> served = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      served.merge(serverOf(client, address, port), 1, Integer::sum);
    }
    return served;
  }

  /** Which server a new connection gets, or why it failed. */
  static String serverOf(Machine client, String address, int port) {
    String said = say(client, address, port);
    return said.startsWith(FAILED) ? said : said.split(" ", -1)[0];
  }

  /** What the server of a new connection says of itself and its client, or why it failed. */
  static String say(Machine client, String address, int port) {
    long begin = System.nanoTime();
    String reason = "no answer";
    try (Web.Client connection = Web.Client.of(client, address, port)) {
      String said = connection.ask();
      if (said != null) {
        return said;
      }
    } catch (UncheckedIOException e) {
      reason = String.valueOf(e.getMessage());
    }
    return FAILED + reason + " after ms " + (System.nanoTime() - begin) / 1_000_000;
  }

  static boolean isFailure(String server) {
    return server.startsWith(FAILED);
  }
}
