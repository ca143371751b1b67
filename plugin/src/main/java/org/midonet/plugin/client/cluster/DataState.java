package org.midonet.plugin.client.cluster;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.store.Dialect;
import org.midonet.neutron.store.Transaction;

/**
 * The single row of {@code midonet_data_state} (spec section 3.6.3). Immutable, safe to share
 * between threads.
 *
 * @param lastProcessedTaskId what the importer has done last; null before the first
 * @param updatedAt when the row last changed, UTC
 * @param activeVersion the version of the data that MidoNet uses; null where none was synced
 * @param readOnly whether changes of what MidoNet is told are refused
 */
public record DataState(
    @Nullable Integer lastProcessedTaskId,
    LocalDateTime updatedAt,
    @Nullable Integer activeVersion,
    boolean readOnly) {

  private static final String SELECT =
      "select last_processed_task_id, updated_at, active_version, readonly from midonet_data_state";

  /**
   * Reads the row.
   *
   * @throws NeutronException InvalidMidonetDataState when there is not exactly one
   */
  public static DataState read(Transaction transaction) {
    return select(transaction, SELECT);
  }

  /**
   * Reads the row and keeps others from changing it, and from adding tasks, until the transaction
   * ends.
   *
   * @throws NeutronException InvalidMidonetDataState when there is not exactly one
   */
  public static DataState locked(Transaction transaction) {
    boolean single = transaction.dialect() == Dialect.SQLITE; // one writer at a time anyway
    return select(transaction, single ? SELECT : SELECT + " for update");
  }

  /**
   * Reads the row as {@link #locked} does, for somebody who adds tasks.
   *
   * @throws NeutronException MidonetDataReadOnly while an operator keeps changes out
   */
  public static DataState lockedForTasks(Transaction transaction) {
    DataState state = locked(transaction);
    if (state.readOnly()) {
      throw new NeutronException(
          503,
          "MidonetDataReadOnly",
          "MidoNet's data are read-only at the moment, while an operator works on them. Try again"
              + " later; midonet-db-manage data-readwrite ends it.");
    }
    return state;
  }

  private static DataState select(Transaction transaction, String sql) {
    try (PreparedStatement select = transaction.connection().prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw invalid("midonet_data_state has no row; it must have one");
      }
      DataState state =
          new DataState(integer(row, 1), Times.get(row, 2), integer(row, 3), row.getBoolean(4));
      if (row.next()) {
        throw invalid("midonet_data_state has several rows; it must have one");
      }
      return state;
    } catch (SQLException e) {
      throw transaction.translate(e);
    }
  }

  private static NeutronException invalid(String message) {
    return new NeutronException(500, "InvalidMidonetDataState", message);
  }

  static @Nullable Integer integer(ResultSet row, int column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  /** Notes which task was done last; null for none. */
  public static void setLastProcessed(Transaction transaction, @Nullable Integer task) {
    set(transaction, "last_processed_task_id", task);
  }

  /** Notes which version MidoNet uses. */
  static void setActiveVersion(Transaction transaction, int version) {
    set(transaction, "active_version", version);
  }

  /** Lets changes in, or not. */
  public static void setReadOnly(Transaction transaction, boolean readOnly) {
    set(transaction, "readonly", readOnly);
  }

  private static void set(Transaction transaction, String column, @Nullable Object value) {
    String sql = "update midonet_data_state set " + column + " = ?, updated_at = ?";
    try (PreparedStatement update = transaction.connection().prepareStatement(sql)) {
      if (value == null) {
        update.setNull(1, Types.INTEGER);
      } else {
        update.setObject(1, value);
      }
      Times.bind(update, 2, Times.now(), transaction.dialect());
      update.executeUpdate();
    } catch (SQLException e) {
      throw transaction.translate(e);
    }
  }
}
