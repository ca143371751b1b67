package org.midonet.cluster.importer;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Commit;

/** Where tasks come from. Implementations are safe to share between threads. */
public interface TaskSource {

  /**
   * The first tasks above an id, in order. They must be there for good: what the importer has done
   * is not undone when the table forgets.
   *
   * @param most how many at most
   */
  List<ImportTask> after(int id, int most);

  /**
   * What {@link TaskTranslation#commit} made of this very task on the topology with the effect of
   * all tasks before it, for whoever wrote the task; null where nobody has done so here.
   */
  default @Nullable Commit prepared(ImportTask task) {
    return null;
  }

  /**
   * Puts a task aside that cannot be applied, with the reason; does nothing when it is there
   * already.
   */
  void park(ImportTask task, String reason);

  /** Hears that tasks up to one are applied, or put aside. */
  default void applied(ImportTask last) {}

  /** Takes note, for people who look at the table, that all tasks up to an id are done. */
  void done(int id);
}
