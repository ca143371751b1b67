package org.midonet.plugin.client.builtin;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.importer.ImportTask;
import org.midonet.cluster.importer.TaskSource;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.Dialect;
import org.midonet.neutron.store.Transaction;
import org.midonet.nsdb.Commit;
import org.midonet.plugin.client.cluster.DataState;
import org.midonet.plugin.client.cluster.ParkedTask;
import org.midonet.plugin.client.cluster.Task;
import org.midonet.plugin.client.cluster.TaskTable;

/** The table of tasks as the importer sees it; safe to share between threads. */
public final class SqlTaskSource implements TaskSource {
  /** How many tasks stay in the table after they are done, for people who look at it. */
  private static final int KEPT = 1000;

  private final Database database;
  private final Prepared prepared;
  private final AtomicInteger onDisk = new AtomicInteger();
  private final TaskLag lag;

  /**
   * @param prepared what the requests of this process know of their tasks
   */
  public SqlTaskSource(Database database, Prepared prepared) {
    this(database, prepared, _ -> {});
  }

  /**
   * @param prepared what the requests of this process know of their tasks
   * @param lags hears of each task, in nanoseconds, how long it was committed before it was applied
   */
  public SqlTaskSource(Database database, Prepared prepared, LongConsumer lags) {
    this.database = database;
    this.prepared = prepared;
    this.lag = new TaskLag(lags);
  }

  /** Says that tasks up to an id are on disk, which saves making sure. */
  public void committed(int task) {
    onDisk.accumulateAndGet(task, Math::max);
    lag.committed(task);
  }

  @Override
  public void applied(ImportTask last) {
    lag.applied(last.id());
  }

  /**
   * On SQLite others see a commit in the moment before it is on disk; the end of a transaction that
   * writes waits for all commits before it.
   */
  @Override
  public List<ImportTask> after(int id, int most) {
    prepared.removeUpTo(id);
    List<Task> tasks = database.read(transaction -> TaskTable.after(transaction, id, most));
    if (tasks.isEmpty()) {
      return List.of();
    }
    tasks.forEach(task -> lag.fetched(task.id(), task.createdAt()));
    int last = tasks.getLast().id();
    if (last > onDisk.get() && database.dialect() == Dialect.SQLITE) {
      database.write(transaction -> true);
      onDisk.accumulateAndGet(last, Math::max);
    }
    return tasks.stream().map(SqlTaskSource::imported).toList();
  }

  /** All tasks above an id that a transaction sees, in order. */
  public static List<ImportTask> after(Transaction transaction, int id) {
    return TaskTable.after(transaction, id).stream().map(SqlTaskSource::imported).toList();
  }

  static ImportTask imported(Task task) {
    return new ImportTask(
        task.id(),
        task.type(),
        task.dataType(),
        task.data(),
        task.resourceId(),
        task.transactionId());
  }

  @Override
  public @Nullable Commit prepared(ImportTask task) {
    return prepared.get(task);
  }

  @Override
  public void park(ImportTask task, String reason) {
    database.write(transaction -> {
      ParkedTask.park(transaction, task.id(), reason);
      return true;
    });
  }

  @Override
  public void done(int id) {
    database.write(transaction -> {
      DataState.locked(transaction);
      if (TaskTable.has(transaction, id)) { // or else somebody has tidied up
        DataState.setLastProcessed(transaction, id);
        TaskTable.prune(transaction, id - KEPT);
      }
      return true;
    });
  }
}
