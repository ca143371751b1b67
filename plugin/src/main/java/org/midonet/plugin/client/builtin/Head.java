package org.midonet.plugin.client.builtin;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.importer.ImportTask;
import org.midonet.cluster.importer.TaskRefused;
import org.midonet.cluster.importer.TaskState;
import org.midonet.cluster.importer.TaskTranslation;
import org.midonet.neutron.store.Transaction;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Topology;
import org.midonet.plugin.client.cluster.Task;
import org.midonet.plugin.client.cluster.TaskTable;

/**
 * The topology as it will be when all committed tasks are applied; safe to share between threads,
 * each of which holds the row of {@code midonet_data_state} while it asks.
 *
 * <p>It runs ahead of the store by the tasks that the importer has not done yet. Ids and keys that
 * translation leaves to chance are other ones than the importer will take; nothing depends on them.
 */
final class Head {
  private static final int PAGE = 500;

  /** After so long the head is made anew, for the store has other writers too. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** Unless that would take so many translations that the request had to wait for them. */
  private static final int AFFORDABLE = 50;

  private final Nsdb nsdb;
  private final TaskTranslation translation;

  /** Its tasks are committed; null before the first. */
  private @Nullable Position committed;

  /** What the last transaction left, which may have been rolled back since. */
  private @Nullable Position tail;

  private long basedAt;

  Head(Nsdb nsdb, TaskTranslation translation) {
    this.nsdb = nsdb;
    this.translation = translation;
  }

  /**
   * The topology with the effect of all tasks that the transaction sees.
   *
   * @throws org.midonet.neutron.error.NeutronException MidonetUnavailable when the store was never
   *     filled
   */
  synchronized Position present(Transaction transaction) {
    Position position = follow(transaction, start());
    committed = position;
    tail = null;
    return position;
  }

  /** Notes where the transaction under way will leave the topology if it commits. */
  synchronized void advance(Position next) {
    tail = next;
  }

  /** Where to follow the tasks from: what is known already, or the store if that is as good. */
  private Position start() {
    Topology stored = nsdb.topology();
    int applied =
        TaskState.last(stored)
            .orElseThrow(() ->
                BuiltInMidonet.unavailable("its topology was not made from this database yet"));
    Position known = committed;
    Position left = tail;
    int end = left != null ? left.task() : known != null ? known.task() : 0;
    boolean isStale = System.nanoTime() - basedAt >= FRESH.toNanos() && end - applied <= AFFORDABLE;
    if (known == null || applied >= end || isStale) {
      basedAt = System.nanoTime();
      tail = null;
      return new Position(applied, "", stored);
    }
    return applied >= known.task() ? new Position(applied, "", stored) : known;
  }

  private Position follow(Transaction transaction, Position start) {
    Position position = start;
    List<Task> tasks;
    do {
      tasks = TaskTable.after(transaction, position.task(), PAGE);
      Position left = tail;
      if (left != null && tasks.stream().anyMatch(left::isAfter)) {
        position = left;
      }
      for (Task task : tasks) {
        if (task.id() > position.task()) {
          position = translated(position, task);
        }
      }
    } while (tasks.size() == PAGE);
    return position;
  }

  /** A task that is refused has no effect: the importer will park it. */
  private Position translated(Position position, Task task) {
    Topology topology = position.topology();
    try {
      ImportTask imported = SqlTaskSource.imported(task);
      topology = topology.apply(translation.operations(topology, imported));
    } catch (TaskRefused e) {
      // As the importer does.
    }
    return new Position(task.id(), task.transactionId(), topology);
  }

  /**
   * The topology with what a task does that is about to be added.
   *
   * @throws TaskRefused if the topology cannot follow
   */
  Topology with(Topology topology, Task.Draft draft) {
    return topology.apply(translation.operations(topology, imported(0, draft)));
  }

  static ImportTask imported(int id, Task.Draft draft) {
    return new ImportTask(id, draft.type(), draft.dataType(), draft.data(), draft.resourceId());
  }
}
