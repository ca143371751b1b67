package org.midonet.cluster.importer;

import java.util.ArrayList;
import java.util.List;
import org.midonet.cluster.translation.NeutronOperation;
import org.midonet.nsdb.Commit;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Topology;
import org.midonet.nsdb.Transaction;
import org.midonet.topology.ObjectType;

/**
 * Makes a topology that was never filled from all that Neutron has. Pure but for the store; used by
 * one thread.
 */
public final class Fill {
  private static final int BATCH = 32;

  private final TaskTranslation translation;
  private final List<String> refused = new ArrayList<>();

  private Fill(TaskTranslation translation) {
    this.translation = translation;
  }

  /**
   * Applies the tasks that make everything, and notes that all tasks up to one are done by that. It
   * may be broken off at any time and begun anew.
   *
   * @param everything in an order in which nothing refers to what comes later
   * @param last the last task of the table whose effect {@code everything} has
   * @return what the topology could not follow, a line each
   */
  public static List<String> run(
      Nsdb nsdb, List<ImportTask> everything, int last, TaskTranslation translation) {
    Fill fill = new Fill(translation);
    for (int from = 0; from < everything.size(); from += BATCH) {
      List<ImportTask> some = everything.subList(from, Math.min(everything.size(), from + BATCH));
      List<String> before = List.copyOf(fill.refused);
      nsdb.store(topology -> {
        fill.refused.clear();
        fill.refused.addAll(before);
        return fill.commit(topology, some);
      });
    }
    nsdb.commit(topology -> List.of(TaskState.reached(topology, last)));
    return List.copyOf(fill.refused);
  }

  private Commit commit(Topology start, List<ImportTask> tasks) {
    List<Commit> all = new ArrayList<>();
    Topology topology = start;
    for (ImportTask task : tasks) {
      try {
        if (!isThere(topology, task)) {
          Transaction transaction = TaskTranslation.begin(topology, task);
          translation.apply(transaction, task);
          all.add(transaction.commit());
          topology = all.getLast().after();
        }
      } catch (TaskRefused e) {
        refused.add(task.dataType() + " " + task.resourceId() + ": " + e.text());
      }
    }
    return Commit.join(start, all);
  }

  /** Whether an earlier attempt has made it. */
  private static boolean isThere(Topology topology, ImportTask task) {
    return TaskReader.read(task) instanceof NeutronOperation.Create(var model)
        && model.type() != ObjectType.NEUTRON_ROUTER_INTERFACE
        && topology.has(model.type(), model.id());
  }
}
