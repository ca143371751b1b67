package org.midonet.plugin.client.cluster;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.store.Transaction;

/**
 * A row of {@code midonet_data_versions}: one import of all there is (spec section 3.6.3).
 * Immutable, safe to share between threads.
 *
 * @param id from 1, in the order in which they were begun
 * @param syncStartedAt UTC
 * @param syncFinishedAt UTC; null while it lasts
 * @param syncStatus how far MidoNet is with it; null before MidoNet begins
 * @param syncTasksStatus how far the writing of its tasks is
 * @param stale whether changes were made that it does not have
 */
public record DataVersion(
    int id,
    @Nullable LocalDateTime syncStartedAt,
    @Nullable LocalDateTime syncFinishedAt,
    @Nullable String syncStatus,
    @Nullable String syncTasksStatus,
    boolean stale) {

  public static final String STARTED = "STARTED";
  public static final String COMPLETED = "COMPLETED";
  public static final String ERROR = "ERROR";
  public static final String ABORTED = "ABORTED";

  private static final String SELECT =
      "select id, sync_started_at, sync_finished_at, sync_status, sync_tasks_status, stale"
          + " from midonet_data_versions order by id";

  /** All versions, the oldest first. */
  public static List<DataVersion> list(Transaction transaction) {
    try (PreparedStatement select = transaction.connection().prepareStatement(SELECT);
        ResultSet rows = select.executeQuery()) {
      List<DataVersion> versions = new ArrayList<>();
      while (rows.next()) {
        versions.add(
            new DataVersion(
                rows.getInt(1),
                Times.find(rows, 2),
                Times.find(rows, 3),
                rows.getString(4),
                rows.getString(5),
                rows.getBoolean(6)));
      }
      return versions;
    } catch (SQLException e) {
      throw transaction.translate(e);
    }
  }

  /** The version begun last. */
  public static Optional<DataVersion> last(Transaction transaction) {
    List<DataVersion> versions = list(transaction);
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
  }

  /** Begins a version, whose tasks are being written, and returns its id. */
  public static int create(Transaction transaction) {
    int id = last(transaction).map(DataVersion::id).orElse(0) + 1;
    String sql =
        "insert into midonet_data_versions (id, sync_started_at, sync_tasks_status, stale)"
            + " values (?, ?, ?, ?)";
    try (PreparedStatement insert = transaction.connection().prepareStatement(sql)) {
      insert.setInt(1, id);
      Times.bind(insert, 2, Times.now(), transaction.dialect());
      insert.setString(3, STARTED);
      insert.setBoolean(4, false);
      insert.executeUpdate();
      return id;
    } catch (SQLException e) {
      throw transaction.translate(e);
    }
  }

  /** Notes what became of the writing of the last version's tasks: one of the constants. */
  public static void setTasksStatus(Transaction transaction, String status) {
    set(transaction, "sync_tasks_status", status);
  }

  /** Notes how far MidoNet is with the last version: one of the constants. */
  static void setSyncStatus(Transaction transaction, String status) {
    set(transaction, "sync_status", status);
  }

  private static void set(Transaction transaction, String column, String status) {
    last(transaction)
        .ifPresent(version ->
            transaction.update(
                "update midonet_data_versions set " + column + " = ? where id = ?",
                status,
                version.id()));
  }

  /** Notes that MidoNet has all of a version. */
  static void setFinished(Transaction transaction, int id) {
    String sql =
        "update midonet_data_versions set sync_status = ?, sync_finished_at = ? where id = ?";
    try (PreparedStatement update = transaction.connection().prepareStatement(sql)) {
      update.setString(1, COMPLETED);
      Times.bind(update, 2, Times.now(), transaction.dialect());
      update.setInt(3, id);
      update.executeUpdate();
    } catch (SQLException e) {
      throw transaction.translate(e);
    }
  }

  /** Notes that the data have moved on from every version but one. */
  static void setOthersStale(Transaction transaction, @Nullable Integer active) {
    transaction.update(
        "update midonet_data_versions set stale = ? where id <> ?",
        true,
        active == null ? 0 : active);
  }

  /** Whether its tasks are still being written, or MidoNet is still at them. */
  boolean isUnderWay() {
    return STARTED.equals(syncTasksStatus) || STARTED.equals(syncStatus);
  }
}
