package org.midonet.plugin.client.builtin;

import java.util.List;
import java.util.Optional;
import org.midonet.cluster.importer.TaskState;
import org.midonet.neutron.store.Transaction;
import org.midonet.nsdb.Topology;
import org.midonet.plugin.client.cluster.Task;
import org.midonet.plugin.client.cluster.TaskTable;

/**
 * Whether a topology was made from a database, or from another one or a later state of it. Pure
 * functions, safe to share between threads.
 *
 * <p>The topology knows the last task that it followed, and ids of tasks never come again in one
 * database. So that task must be in the table, as long as nobody has tidied up, or a later one.
 */
public final class Descent {
  private Descent() {}

  /**
   * What proves that the topology is not of this database, for operators; empty if nothing does.
   *
   * @param topology the present one or an earlier one
   */
  public static Optional<String> contradiction(Transaction transaction, Topology topology) {
    int mark = TaskState.last(topology).orElse(0);
    if (mark == 0) {
      return Optional.empty();
    }
    String request = TaskState.request(topology);
    List<Task> found = TaskTable.after(transaction, mark - 1, 1);
    if (found.isEmpty()) {
      int last = TaskTable.last(transaction);
      return last == 0
          ? Optional.empty()
          : Optional.of(
              "the topology followed %d tasks, and the database had %d".formatted(mark, last));
    }
    Task task = found.getFirst();
    return task.id() != mark || request.isEmpty() || request.equals(task.transactionId())
        ? Optional.empty()
        : Optional.of(
            "task %d that the topology followed was of request %s, in the database it is of %s"
                .formatted(mark, request, task.transactionId()));
  }
}
