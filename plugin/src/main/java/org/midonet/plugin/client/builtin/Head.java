package org.midonet.plugin.client.builtin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 * <p>It runs ahead of the store by the tasks that the importer has not done yet. What it is made of
 * becomes the importer's work, see {@link Prepared}; where that does not fit any more, ids and keys
 * that translation leaves to chance are other ones than the importer will take. Nothing depends on
 * them.
 */
final class Head {
  private static final int PAGE = 500;

  /** After so long the head is made anew if the store had other writers. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** Unless that would take so many translations that the request had to wait for them. */
  private static final int AFFORDABLE = 50;

  private final Nsdb nsdb;
  private final TaskTranslation translation;

  /** Its tasks are committed; null before the first. */
  private @Nullable Position committed;

  /** What the last transaction left task by task, which may have been rolled back since. */
  private final List<Position> tail = new ArrayList<>();

  /** Where the committed tasks lead that the store does not have yet, and the last that it has. */
  private final Deque<Position> path = new ArrayDeque<>();

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
    tail.clear();
    return position;
  }

  /** Notes where the transaction under way will leave the topology if it commits. */
  synchronized void advance(Position next) {
    tail.add(next);
  }

  private @Nullable Position left() {
    return tail.isEmpty() ? null : tail.getLast();
  }

  /** Where to follow the tasks from: what is known already, or the store if that is as good. */
  private Position start() {
    Topology stored = nsdb.topology();
    int applied =
        TaskState.last(stored)
            .orElseThrow(() ->
                BuiltInMidonet.unavailable("its topology was not made from this database yet"));
    Position known = committed;
    Position left = left();
    int end = left != null ? left.task() : known != null ? known.task() : 0;
    if (known == null || applied >= end || isStale(stored, applied, end)) {
      basedAt = System.nanoTime();
      tail.clear();
      path.clear();
      Position start = new Position(applied, "", stored);
      path.add(start);
      return start;
    }
    return applied >= known.task() ? new Position(applied, "", stored) : known;
  }

  /** Whether the store went another way than the head, and it is time to go that way too. */
  private boolean isStale(Topology stored, int applied, int end) {
    while (!path.isEmpty() && path.getFirst().task() < applied) {
      path.removeFirst();
    }
    Position passed = path.isEmpty() ? null : path.getFirst();
    return (passed == null || !passed.topology().holdsTheSame(stored))
        && System.nanoTime() - basedAt >= FRESH.toNanos()
        && end - applied <= AFFORDABLE;
  }

  private Position follow(Transaction transaction, Position start) {
    Position position = start;
    List<Task> tasks;
    do {
      tasks = TaskTable.after(transaction, position.task(), PAGE);
      Position left = left();
      if (left != null && tasks.stream().anyMatch(left::isAfter)) {
        position = left;
        path.addAll(tail);
        tail.clear();
      }
      for (Task task : tasks) {
        if (task.id() > position.task()) {
          position = translated(position, task);
          path.add(position);
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
      topology = translation.commit(topology, imported).after();
    } catch (TaskRefused e) {
      topology =
          topology.apply(List.of(TaskState.reached(topology, task.id(), task.transactionId())));
    }
    return new Position(task.id(), task.transactionId(), topology);
  }

  static ImportTask imported(int id, Task.Draft draft) {
    return new ImportTask(id, draft.type(), draft.dataType(), draft.data(), draft.resourceId(), "");
  }
}
