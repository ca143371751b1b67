package org.midonet.app;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.midonet.app.ServerProcess.Answer;

/**
 * One client that makes, changes and deletes networks, ports, groups, routers with what hangs on
 * them and floating IPs until the server is gone, and remembers what it was told. Used by one
 * thread at a time.
 */
final class CloudLoad {
  static final List<String> COLLECTIONS =
      List.of(
          "networks",
          "subnets",
          "ports",
          "security-groups",
          "security-group-rules",
          "routers",
          "floatingips");

  private static final int MOST = 12;

  /** Something that was answered: its collection and id. */
  record Thing(String collection, String id) {
    String path() {
      return collection + "/" + id;
    }
  }

  /** What it may be described as by now; without those whose fate is open. */
  private final Map<Thing, Set<String>> present = new HashMap<>();

  private final Set<Thing> deleted = new HashSet<>();
  private final Map<String, String> subnetOfNetwork = new HashMap<>();
  private final String project;
  private final String external;
  private final Random random;
  private final AtomicInteger done;
  private int words;
  private int blocks;

  /**
   * A client.
   *
   * @param external an external network
   * @param done counts what was done
   */
  CloudLoad(String project, String external, long seed, AtomicInteger done) {
    this.done = done;
    this.project = project;
    this.external = external;
    this.random = new Random(seed);
  }

  /** Works and counts what was done, until no answer comes. */
  void run(ServerProcess server) {
    try {
      while (true) {
        step(server);
      }
    } catch (UncheckedIOException e) {
      // Killed, as was to be.
    }
  }

  private void step(ServerProcess server) {
    switch (random.nextInt(14)) {
      case 0 -> network(server);
      case 1, 2, 3 -> port(server);
      case 4 -> describe(server, any("ports"));
      case 5 -> changeGroups(server);
      case 6 -> group(server);
      case 7 -> rule(server);
      case 8 -> router(server);
      case 9 -> join(server);
      case 10 -> floatingIp(server);
      case 11 -> describe(server, any("networks", "routers", "security-groups"));
      case 12 -> gateway(server);
      default ->
          delete(
              server,
              any("ports", "floatingips", "security-group-rules", "routers", "security-groups"));
    }
  }

  private @Nullable Thing any(String... collections) {
    String collection = collections[random.nextInt(collections.length)];
    List<Thing> things =
        present.keySet().stream().filter(thing -> thing.collection.equals(collection)).toList();
    return things.isEmpty() ? null : things.get(random.nextInt(things.size()));
  }

  private boolean isFull(String collection, int most) {
    return present.keySet().stream().filter(it -> it.collection.equals(collection)).count() >= most;
  }

  private void network(ServerProcess server) {
    if (isFull("networks", 4)) {
      return;
    }
    String network = create(server, "networks", "network", Map.of());
    if (network != null) {
      String subnet =
          create(
              server,
              "subnets",
              "subnet",
              Map.of(
                  "network_id",
                  network,
                  "ip_version",
                  4,
                  "cidr",
                  "10.%d.%d.0/24".formatted(project.hashCode() & 0x7f, blocks++ & 0xff)));
      if (subnet != null) {
        subnetOfNetwork.put(network, subnet);
      }
    }
  }

  private void port(ServerProcess server) {
    Thing network = any("networks");
    if (network != null && !isFull("ports", MOST)) {
      Map<String, Object> port = new HashMap<>(Map.of("network_id", network.id));
      Thing group = any("security-groups");
      if (group != null && random.nextBoolean()) {
        port.put("security_groups", List.of(group.id));
      }
      if (random.nextInt(3) == 0) {
        port.put("allowed_address_pairs", List.of(Map.of("ip_address", "9.9.9.9")));
      }
      create(server, "ports", "port", port);
    }
  }

  private void changeGroups(ServerProcess server) {
    Thing port = any("ports");
    Thing group = any("security-groups");
    if (port != null && group != null) {
      send(
          server, "PUT", port.path(), Map.of("port", Map.of("security_groups", List.of(group.id))));
    }
  }

  private void group(ServerProcess server) {
    if (!isFull("security-groups", 4)) {
      create(server, "security-groups", "security_group", Map.of("name", "g"));
    }
  }

  private void rule(ServerProcess server) {
    Thing group = any("security-groups");
    if (group != null && !isFull("security-group-rules", MOST)) {
      create(
          server,
          "security-group-rules",
          "security_group_rule",
          Map.of(
              "security_group_id",
              group.id,
              "direction",
              random.nextBoolean() ? "ingress" : "egress",
              "protocol",
              "tcp",
              "port_range_min",
              1 + random.nextInt(60_000),
              "remote_group_id",
              group.id));
    }
  }

  private void router(ServerProcess server) {
    if (!isFull("routers", 3)) {
      create(server, "routers", "router", Map.of());
    }
  }

  private void gateway(ServerProcess server) {
    Thing router = any("routers");
    if (router != null) {
      Map<String, ?> gateway = random.nextInt(4) == 0 ? Map.of() : Map.of("network_id", external);
      send(
          server, "PUT", router.path(), Map.of("router", Map.of("external_gateway_info", gateway)));
    }
  }

  /** Or leave, if it is there already. */
  private void join(ServerProcess server) {
    Thing router = any("routers");
    Thing network = any("networks");
    String subnet = network == null ? null : subnetOfNetwork.get(network.id);
    if (router != null && subnet != null) {
      String verb = random.nextInt(3) == 0 ? "remove_router_interface" : "add_router_interface";
      send(server, "PUT", router.path() + "/" + verb, Map.of("subnet_id", subnet));
    }
  }

  private void floatingIp(ServerProcess server) {
    Thing port = any("ports");
    Thing present = any("floatingips");
    if (present != null && random.nextBoolean()) {
      Map<String, @Nullable Object> to = new HashMap<>();
      to.put("port_id", port == null || random.nextInt(3) == 0 ? null : port.id);
      send(server, "PUT", present.path(), Map.of("floatingip", to));
    } else if (port != null && !isFull("floatingips", 4)) {
      create(
          server,
          "floatingips",
          "floatingip",
          Map.of("floating_network_id", external, "port_id", port.id));
    }
  }

  private @Nullable String create(
      ServerProcess server, String collection, String key, Map<String, ?> fields) {
    String word = word();
    Map<String, Object> body = new HashMap<>(fields);
    body.put("description", word);
    Answer answer = send(server, "POST", collection, Map.of(key, body));
    if (answer.status() != 201) {
      return null;
    }
    String id = String.valueOf(answer.item(key).get("id"));
    present.put(new Thing(collection, id), Set.of(word));
    return id;
  }

  private void describe(ServerProcess server, @Nullable Thing thing) {
    if (thing == null) {
      return;
    }
    String word = word();
    Set<String> before = present.getOrDefault(thing, Set.of());
    Set<String> either = new HashSet<>(before);
    either.add(word);
    present.put(thing, either);
    String key = thing.collection.substring(0, thing.collection.length() - 1).replace('-', '_');
    Answer answer =
        send(server, "PUT", thing.path(), Map.of(key, Map.of("description", word, "name", word)));
    present.put(thing, answer.status() == 200 ? Set.of(word) : before);
  }

  private void delete(ServerProcess server, @Nullable Thing thing) {
    Set<String> before = thing == null ? null : present.remove(thing);
    if (thing == null || before == null) {
      return;
    }
    Answer answer = send(server, "DELETE", thing.path(), null);
    switch (answer.status()) {
      case 204 -> {
        deleted.add(thing);
        if (thing.collection.equals("security-groups")) { // its rules went with it
          present.keySet().removeIf(it -> it.collection.equals("security-group-rules"));
        }
      }
      case 404 -> {} // a delete whose answer was lost
      default -> present.put(thing, before);
    }
  }

  /** What Neutron's rules forbid is an answer like any other. */
  private Answer send(
      ServerProcess server, String method, String path, @Nullable Map<String, ?> body) {
    Answer answer = server.send(project, method, path, body);
    if (answer.status() >= 500) {
      throw new AssertionError(method + " " + path + ": " + answer);
    }
    if (answer.status() < 300) {
      done.incrementAndGet();
    }
    return answer;
  }

  private String word() {
    return project + "-" + words++;
  }

  /** Makes the external network that clients share. */
  static String external(ServerProcess server) {
    String network =
        CheckedServer.create(server, "network", Map.of("name", "ext", "router:external", true));
    CheckedServer.create(
        server, "subnet", Map.of("network_id", network, "ip_version", 4, "cidr", "203.0.0.0/20"));
    return network;
  }

  /** What a server shows otherwise than clients were told. */
  static List<String> complaints(ServerProcess server, List<CloudLoad> clients) {
    Map<Thing, String> now = new HashMap<>();
    for (String collection : COLLECTIONS) {
      Map<?, ?> body = server.send("admin", "GET", collection, null).body();
      List<?> items = (List<?>) Objects.requireNonNull(body.get(collection.replace('-', '_')));
      for (Object item : items) {
        Map<?, ?> fields = (Map<?, ?>) item;
        now.put(
            new Thing(collection, String.valueOf(fields.get("id"))),
            String.valueOf(fields.get("description")));
      }
    }
    return clients.stream().flatMap(client -> client.complaints(now).stream()).toList();
  }

  /** What is wrong with all that there is now: descriptions by collection and id. */
  private List<String> complaints(Map<Thing, String> now) {
    List<String> complaints = new ArrayList<>();
    present.forEach((thing, words) -> {
      String word = now.get(thing);
      if (word == null) {
        complaints.add("made and lost: " + thing);
      } else if (!words.contains(word)) {
        complaints.add(thing + " is described as " + word + ", not " + words);
      }
    });
    deleted.stream()
        .filter(now::containsKey)
        .forEach(thing -> complaints.add("deleted and there again: " + thing));
    return complaints;
  }
}
