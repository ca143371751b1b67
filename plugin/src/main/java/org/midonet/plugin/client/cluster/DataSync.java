package org.midonet.plugin.client.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.store.Transaction;
import org.midonet.plugin.client.MidonetCall;

/**
 * Tells an emptied MidoNet everything anew, in versions (spec section 7.1, data_sync). Stateless,
 * safe to share between threads.
 *
 * <p>An operator makes the data read-only, begins a version, waits until the importer has done its
 * tasks, activates the version and makes the data writable. What is out of this order is refused by
 * an {@link IllegalStateException} whose message is for the operator.
 */
public final class DataSync {

  private DataSync() {}

  /**
   * Begins a version: replaces the tasks by those that make everything.
   *
   * @param everything what MidoNet is to be told
   * @return the version
   */
  public static DataVersion begin(
      Session session, MidonetClusterClient client, List<MidonetCall> everything) {
    Transaction transaction = session.transaction();
    DataState state = DataState.locked(transaction);
    require(state.readOnly(), "The data are writable. Run data-readonly first.");
    require(
        DataVersion.last(transaction).filter(DataVersion::isUnderWay).isEmpty(),
        "A version is being synced already. Run data-version-activate when its tasks are done.");
    int left = unprocessed(transaction, state);
    require(left == 0, left + " tasks are not processed yet; task-list -u shows them.");
    DataVersion.create(transaction);
    client.replace(transaction, session.context().requestId(), everything);
    DataVersion.setTasksStatus(transaction, DataVersion.COMPLETED);
    DataVersion.setSyncStatus(transaction, DataVersion.STARTED);
    return DataVersion.last(transaction).orElseThrow();
  }

  /**
   * Declares a version the one that MidoNet uses, once the importer has done its tasks.
   *
   * @param wanted its id, null for the last one
   */
  public static DataVersion activate(Transaction transaction, @Nullable Integer wanted) {
    DataState state = DataState.locked(transaction);
    DataVersion last =
        DataVersion.last(transaction)
            .orElseThrow(() -> new IllegalStateException("There is no version."));
    require(state.readOnly(), "The data are writable. Run data-readonly first.");
    require(
        wanted == null || wanted == last.id(),
        "MidoNet has the data of version " + last.id() + " only.");
    require(!last.stale(), "Version " + last.id() + " is stale. Run data-version-sync.");
    int left = unprocessed(transaction, state);
    require(left == 0, left + " of its tasks are not processed yet; task-list -u shows them.");
    DataVersion.setFinished(transaction, last.id());
    DataState.setActiveVersion(transaction, last.id());
    return DataVersion.last(transaction).orElseThrow();
  }

  /** Lets changes in again; versions that are not active miss them from now on. */
  public static void makeWritable(Transaction transaction) {
    DataState state = DataState.locked(transaction);
    DataState.setReadOnly(transaction, false);
    DataVersion.setOthersStale(transaction, state.activeVersion());
  }

  private static int unprocessed(Transaction transaction, DataState state) {
    Integer last = state.lastProcessedTaskId();
    return TaskTable.after(transaction, last == null ? 0 : last).size();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
