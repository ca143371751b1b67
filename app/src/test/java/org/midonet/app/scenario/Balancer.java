package org.midonet.app.scenario;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A router's load balancer with one pool, by MidoNet's own API. For one thread. */
final class Balancer {
  private final MidonetApi api;
  private final String pool;

  Balancer(Cloud cloud, String router) {
    this(cloud, router, null);
  }

  /**
   * @param monitor the type of health monitor, null for none; it asks every second and a member is
   *     dead after two failures
   */
  Balancer(Cloud cloud, String router, @Nullable String monitor) {
    api = cloud.host().midonetApi();
    String balancer = api.create("load_balancers", Map.of("routerId", router));
    Map<String, Object> body = Cloud.with(Map.of("lbMethod", "ROUND_ROBIN"), Map.of());
    if (monitor != null) {
      body.put(
          "healthMonitorId",
          api.create(
              "health_monitors",
              Map.of("type", monitor, "delay", 1, "timeout", 1, "maxRetries", 2)));
    }
    pool = api.create("load_balancers/" + balancer + "/pools", body);
  }

  String vip(String address, int port, Map<String, ?> more) {
    return api.create(
        "pools/" + pool + "/vips",
        Cloud.with(Map.of("address", address, "protocolPort", port), more));
  }

  String member(Machine machine, int port, int weight) {
    return api.create(
        "pools/" + pool + "/pool_members",
        Map.of("address", machine.address(), "protocolPort", port, "weight", weight));
  }

  void update(String member, Map<String, ?> fields) {
    api.update("pool_members/" + member, fields);
  }

  void remove(String member) {
    api.delete("pool_members/" + member);
  }

  String statusOf(String member) {
    return api.get("pool_members/" + member).path("status").asString();
  }

  /** How many of so many connections each server gets; by the empty name those that failed. */
  static Map<String, Integer> connections(Machine client, String address, int port, int count) {
    Map<String, Integer> served = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      served.merge(serverOf(client, address, port), 1, Integer::sum);
    }
    return served;
  }

  /** Which server a new connection gets, empty for none. */
  static String serverOf(Machine client, String address, int port) {
    String said = say(client, address, port);
    return said.isEmpty() ? said : said.split(" ", -1)[0];
  }

  /** What the server of a new connection says of itself and its client, empty for none. */
  static String say(Machine client, String address, int port) {
    try (Web.Client connection = Web.Client.of(client, address, port)) {
      String said = connection.ask();
      return said == null ? "" : said;
    } catch (UncheckedIOException e) {
      return "";
    }
  }
}
