package org.midonet.plugin.client.builtin;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.importer.ImportTask;
import org.midonet.nsdb.Commit;

/**
 * What requests of this process found out about the tasks they wrote, so that the importer need not
 * find it out again; safe to share between threads.
 *
 * <p>The importer takes a commit only for the row that it was made for, and only on the topology
 * that it was made on. Then it is what the importer would make itself, but for ids left to chance.
 */
public final class Prepared {
  /** Should the importer stand still, the rest is worked out when it goes on. */
  private static final int MOST = 2000;

  private final Map<Integer, Entry> entries = new HashMap<>();

  synchronized void put(int task, String request, Commit commit) {
    if (entries.size() < MOST) {
      entries.put(task, new Entry(request, commit));
    } else {
      entries.remove(task);
    }
  }

  /** Takes back what a transaction put that was rolled back. */
  @SuppressWarnings("ReferenceEquality") // another attempt at the same may have put its own
  synchronized void remove(int task, Commit commit) {
    Entry entry = entries.get(task);
    if (entry != null && entry.commit == commit) {
      entries.remove(task);
    }
  }

  synchronized void removeUpTo(int task) {
    entries.keySet().removeIf(id -> id <= task);
  }

  synchronized @Nullable Commit get(ImportTask task) {
    Entry entry = entries.get(task.id());
    return entry != null && entry.request.equals(task.request()) ? entry.commit : null;
  }

  private record Entry(String request, Commit commit) {}
}
