package org.midonet.cluster.importer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Commit;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies some tasks in as few transactions as they take. Not safe to share between threads.
 *
 * <p>Those before one that cannot be applied are committed first, then that one is parked, and the
 * mark moves beyond it.
 */
final class Batch {
  private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

  private final Nsdb nsdb;
  private final TaskSource source;
  private final TaskTranslation translation;

  // Of the attempt under way; the store may begin it anew.
  private int reached;
  private @Nullable ImportTask refused;
  private @Nullable TaskRefused reason;

  Batch(Nsdb nsdb, TaskSource source, TaskTranslation translation) {
    this.nsdb = nsdb;
    this.source = source;
    this.translation = translation;
  }

  /**
   * Applies the tasks, in order, as far as one transaction carries them.
   *
   * @throws NsdbException of kind UNAVAILABLE; what was applied is, as the store says
   */
  void apply(List<ImportTask> tasks) {
    try {
      nsdb.store(topology -> attempt(topology, tasks));
    } catch (NsdbException e) {
      if (e.kind() == NsdbException.Kind.UNAVAILABLE) {
        throw e;
      }
      applyLess(tasks, TaskRefused.of(e));
      return;
    }
    if (refused != null && reason != null) {
      park(refused, reason);
    }
  }

  private Commit attempt(Topology topology, List<ImportTask> tasks) {
    reached = TaskState.last(topology).orElse(Integer.MAX_VALUE);
    refused = null;
    reason = null;
    int before = reached;
    List<Commit> all = new ArrayList<>();
    Topology present = topology;
    for (ImportTask task : tasks) {
      if (task.id() <= before) {
        continue; // another one led meanwhile
      }
      try {
        Commit commit = commit(present, task);
        all.add(commit);
        present = commit.after();
        reached = task.id();
      } catch (TaskRefused e) {
        refused = task;
        reason = e;
        break;
      }
    }
    return Commit.join(topology, all);
  }

  /** As it is known already, if it is. */
  private Commit commit(Topology present, ImportTask task) {
    Commit prepared = source.prepared(task);
    Commit valid = prepared == null ? null : prepared.on(present);
    return valid == null ? translation.commit(present, task) : valid;
  }

  /** The store takes less at once; what it does not take alone is parked. */
  private void applyLess(List<ImportTask> tasks, TaskRefused why) {
    if (tasks.size() > 1) {
      apply(tasks.subList(0, tasks.size() / 2));
    } else {
      park(tasks.getFirst(), why);
    }
  }

  /** A crash between the two parks it again, which changes nothing. */
  private void park(ImportTask task, TaskRefused why) {
    LOG.error(
        "The {} cannot be applied and is parked; midonet db tasks lists it: {}", task, why.text());
    source.park(task, why.text());
    nsdb.commit(topology ->
        TaskState.last(topology).orElse(Integer.MAX_VALUE) < task.id()
            ? List.of(TaskState.reached(topology, task.id(), task.request()))
            : List.of());
  }
}
