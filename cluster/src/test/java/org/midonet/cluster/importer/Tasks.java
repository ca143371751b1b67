package org.midonet.cluster.importer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A table of tasks in memory; safe to share between threads. */
final class Tasks implements TaskSource {
  private final List<ImportTask> all = new ArrayList<>();
  private final Map<Integer, String> parked = new LinkedHashMap<>();
  private int done;

  /** Adds a task and returns its id. */
  synchronized int add(String type, String dataType, UUID id, @Nullable String data) {
    String json = data == null ? null : data.replace('\'', '"');
    all.add(new ImportTask(all.size() + 1, type, dataType, json, id.toString(), ""));
    return all.size();
  }

  int network(UUID id) {
    return add("CREATE", "NETWORK", id, "{'id':'%s','name':'n'}".formatted(id));
  }

  int port(UUID id, UUID network) {
    return add("CREATE", "PORT", id, "{'id':'%s','network_id':'%s'}".formatted(id, network));
  }

  @Override
  public synchronized List<ImportTask> after(int id, int most) {
    return all.stream().filter(task -> task.id() > id).limit(most).toList();
  }

  @Override
  public synchronized void park(ImportTask task, String reason) {
    parked.put(task.id(), reason);
  }

  @Override
  public synchronized void done(int id) {
    done = id;
  }

  synchronized Map<Integer, String> parked() {
    return Map.copyOf(parked);
  }

  synchronized int done() {
    return done;
  }
}
