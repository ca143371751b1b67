package org.midonet.plugin.client.cluster;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.midonet.neutron.store.Transaction;

/**
 * A row of {@code midonet_parked_tasks}: a task that the built-in importer could not apply.
 * Immutable, safe to share between threads.
 *
 * @param task as it stood in the table of tasks
 * @param error why it could not be applied
 */
public record ParkedTask(Task task, String error) {

  private static final String SELECT =
      "select id, type, tenant_id, data_type, data, resource_id, transaction_id, created_at, error"
          + " from midonet_parked_tasks order by id";

  private static final String INSERT =
      "insert into midonet_parked_tasks"
          + " (id, type, tenant_id, data_type, data, resource_id, transaction_id, created_at, error)"
          + " select id, type, tenant_id, data_type, data, resource_id, transaction_id, created_at, ?"
          + " from midonet_tasks where id = ?";

  /** All parked tasks, in the order of their ids. */
  public static List<ParkedTask> list(Transaction transaction) {
    try (PreparedStatement select = transaction.connection().prepareStatement(SELECT);
        ResultSet rows = select.executeQuery()) {
      List<ParkedTask> parked = new ArrayList<>();
      while (rows.next()) {
        parked.add(new ParkedTask(TaskTable.task(rows), rows.getString(9)));
      }
      return parked;
    } catch (SQLException e) {
      throw transaction.translate(e);
    }
  }

  /** How many there are. */
  public static int count(Transaction transaction) {
    return transaction.strings("select id from midonet_parked_tasks").size();
  }

  /** The parked task of an id. */
  public static Optional<ParkedTask> find(Transaction transaction, int id) {
    return list(transaction).stream().filter(parked -> parked.task.id() == id).findFirst();
  }

  /** Parks a task of the table of tasks; does nothing when it is parked already. */
  public static void park(Transaction transaction, int id, String error) {
    if (find(transaction, id).isEmpty()) {
      transaction.update(INSERT, error, id);
    }
  }

  /** Forgets a parked task. */
  public static void drop(Transaction transaction, int id) {
    transaction.update("delete from midonet_parked_tasks where id = ?", id);
  }

  /**
   * Makes it the last of the tasks, to be tried again.
   *
   * @return the id that it has there
   */
  public int retry(Transaction transaction) {
    DataState.lockedForTasks(transaction);
    drop(transaction, task.id());
    return TaskTable.append(
        transaction,
        new Task.Draft(
            task.type(),
            String.valueOf(task.dataType()),
            task.data(),
            String.valueOf(task.resourceId())),
        task.tenantId(),
        task.transactionId());
  }
}
