package org.midonet.app;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.midonet.app.ServerProcess.Answer;

/**
 * One client that creates, renames and deletes ports until the server is gone, and remembers what
 * it was told. Used by one thread at a time.
 */
final class PortLoad {
  /** The names that a port may have by now. */
  private final Map<String, Set<String>> present = new HashMap<>();

  private final Set<String> deleted = new HashSet<>();
  private final Set<String> doubtful = new HashSet<>();
  private final String project;
  private final Random random;
  private int names;

  PortLoad(String project, long seed) {
    this.project = project;
    this.random = new Random(seed);
  }

  /** Works on a network and counts every answer, until no answer comes. */
  void run(ServerProcess server, String network, AtomicInteger answers) {
    try {
      while (true) {
        int dice = random.nextInt(10);
        if (present.isEmpty() || dice < 5) {
          create(server, network);
        } else if (dice < 8) {
          rename(server);
        } else {
          delete(server);
        }
        answers.incrementAndGet();
      }
    } catch (UncheckedIOException e) {
      // Killed, as was to be.
    }
  }

  private void create(ServerProcess server, String network) {
    String name = name();
    Map<String, ?> port = Map.of("network_id", network, "name", name);
    Answer answer = server.send(project, "POST", "ports", Map.of("port", port));
    expect(201, answer);
    present.put(String.valueOf(answer.item("port").get("id")), Set.of(name));
  }

  private void rename(ServerProcess server) {
    String id = any();
    String name = name();
    Set<String> either = new HashSet<>(present.getOrDefault(id, Set.of()));
    either.add(name);
    present.put(id, either);
    expect(200, server.send(project, "PUT", "ports/" + id, Map.of("port", Map.of("name", name))));
    present.put(id, Set.of(name));
  }

  private void delete(ServerProcess server) {
    String id = any();
    present.remove(id);
    doubtful.add(id);
    expect(204, server.send(project, "DELETE", "ports/" + id, null));
    doubtful.remove(id);
    deleted.add(id);
  }

  private static void expect(int status, Answer answer) {
    if (answer.status() != status) {
      throw new AssertionError(answer);
    }
  }

  private String name() {
    return project + "-" + names++;
  }

  private String any() {
    List<String> ids = new ArrayList<>(present.keySet());
    return ids.get(random.nextInt(ids.size()));
  }

  /** What is wrong with the ports that there are now, by identifier. */
  List<String> complaints(Map<String, String> nameById) {
    List<String> complaints = new ArrayList<>();
    present.forEach((id, names) -> {
      String name = nameById.get(id);
      if (name == null) {
        complaints.add("created and lost: " + id);
      } else if (!names.contains(name)) {
        complaints.add(id + " is named " + name + ", not " + names);
      }
    });
    deleted.stream()
        .filter(nameById::containsKey)
        .forEach(id -> complaints.add("deleted and there again: " + id));
    return complaints;
  }
}
