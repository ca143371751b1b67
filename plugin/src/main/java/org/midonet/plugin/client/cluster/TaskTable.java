package org.midonet.plugin.client.cluster;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.store.Transaction;

/**
 * Table {@code midonet_tasks} (spec section 3.6.2). Stateless, safe to share between threads.
 *
 * <p>Importers ask for ids above the last one they have seen. So that no lower id becomes visible
 * later, a writer holds the row of {@code midonet_data_state} until it commits: see {@link
 * DataState#locked}.
 */
public final class TaskTable {

  private static final String COLUMNS =
      "id, type, tenant_id, data_type, data, resource_id, transaction_id, created_at";

  private static final String INSERT =
      "insert into midonet_tasks"
          + " (type, tenant_id, data_type, data, resource_id, transaction_id, created_at)"
          + " values (?, ?, ?, ?, ?, ?, ?)";

  private TaskTable() {}

  /**
   * Adds a task; the caller holds the state's row.
   *
   * @param tenantId the project of the one who asks, null for the server's own work
   * @param transactionId the request's id, cut off after 40 characters
   * @return its id
   */
  public static int append(
      Transaction transaction, Task.Draft task, @Nullable String tenantId, String transactionId) {
    try (PreparedStatement insert =
        transaction.connection().prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, task.type());
      insert.setString(2, tenantId);
      insert.setString(3, task.dataType());
      insert.setString(4, task.data());
      insert.setString(5, task.resourceId());
      insert.setString(6, shortened(transactionId));
      Times.bind(insert, 7, Times.now(), transaction.dialect());
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        if (!keys.next()) {
          throw new SQLException("the database told no id of the task");
        }
        return keys.getInt(1);
      }
    } catch (SQLException e) {
      throw transaction.translate(e);
    }
  }

  /** A request's id as rows have it. */
  public static String shortened(String transactionId) {
    return transactionId.length() <= 40 ? transactionId : transactionId.substring(0, 40);
  }

  /** All tasks above an id, in order; 0 for all there are. */
  public static List<Task> after(Transaction transaction, int id) {
    return after(transaction, id, Integer.MAX_VALUE);
  }

  /** The first tasks above an id, in order. */
  public static List<Task> after(Transaction transaction, int id, int most) {
    String sql = "select " + COLUMNS + " from midonet_tasks where id > ? order by id limit " + most;
    try (PreparedStatement select = transaction.connection().prepareStatement(sql)) {
      select.setInt(1, id);
      List<Task> tasks = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          tasks.add(task(rows));
        }
      }
      return tasks;
    } catch (SQLException e) {
      throw transaction.translate(e);
    }
  }

  static Task task(ResultSet row) throws SQLException {
    return new Task(
        row.getInt(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        Times.get(row, 8));
  }

  /**
   * Deletes the tasks that are processed and clears the mark of the last one.
   *
   * @return how many were deleted
   */
  public static int clean(Transaction transaction) {
    Integer last = DataState.locked(transaction).lastProcessedTaskId();
    if (last == null) {
      return 0;
    }
    DataState.setLastProcessed(transaction, null); // the mark refers to a row that goes
    return transaction.update("delete from midonet_tasks where id <= ?", last);
  }

  /** Whether there is a task of that id. */
  public static boolean has(Transaction transaction, int id) {
    return !transaction.strings("select id from midonet_tasks where id = ?", id).isEmpty();
  }

  /** The highest id that a task has; 0 when there is none. */
  public static int last(Transaction transaction) {
    return transaction.strings("select id from midonet_tasks order by id desc limit 1").stream()
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(0);
  }

  /** Deletes the tasks below an id; the caller knows that they are processed. */
  public static void prune(Transaction transaction, int below) {
    transaction.update("delete from midonet_tasks where id < ?", below);
  }

  /** Deletes all tasks, processed or not. */
  static void clear(Transaction transaction) {
    DataState.setLastProcessed(transaction, null);
    transaction.update("delete from midonet_tasks");
  }
}
