package org.midonet.cluster.importer;

import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import org.midonet.cluster.neutron.MalformedException;
import org.midonet.cluster.neutron.NeutronConfig;
import org.midonet.cluster.translation.Chance;
import org.midonet.cluster.translation.NeutronOperation;
import org.midonet.cluster.translation.Translation;
import org.midonet.cluster.translation.TranslationException;
import org.midonet.cluster.translation.TranslationSettings;
import org.midonet.nsdb.Commit;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Topology;
import org.midonet.nsdb.Transaction;
import org.midonet.topology.ObjectType;

/**
 * What a task does to a topology. Safe to share between threads if its translation is.
 *
 * @param translation of Neutron's operations
 */
public record TaskTranslation(Translation translation) {

  /** The one for our own agents, with random ids that nobody can guess. */
  public static TaskTranslation standard() {
    return new TaskTranslation(
        new Translation(TranslationSettings.BUILT_IN, Chance.of(new SecureRandom())));
  }

  /** The beginning of what a task does: what it creates lies together in the store. */
  public static Transaction begin(Topology topology, ImportTask task) {
    try {
      UUID resource = UUID.fromString(String.valueOf(task.resourceId()));
      return topology.begin(id -> resource);
    } catch (IllegalArgumentException e) {
      return topology.begin(); // it will be refused
    }
  }

  /**
   * Applies a task. Tasks are applied once, and what they create is new; only a CONFIG may come
   * again, for each server announces itself by one.
   *
   * @param transaction which is of no more use when this throws
   * @throws TaskRefused if the topology cannot follow
   */
  public void apply(Transaction transaction, ImportTask task) {
    try {
      NeutronOperation operation = TaskReader.read(task);
      if (!isKnown(transaction.present(), operation)) {
        translation.apply(transaction, List.of(operation));
      }
    } catch (MalformedException e) {
      throw TaskRefused.of(e);
    } catch (TranslationException e) {
      throw TaskRefused.of(e);
    } catch (NsdbException e) {
      throw TaskRefused.of(e);
    }
  }

  /**
   * What a task does to a topology, with the note that it is done.
   *
   * @throws TaskRefused if the topology cannot follow
   */
  public Commit commit(Topology topology, ImportTask task) {
    Transaction transaction = begin(topology, task);
    apply(transaction, task);
    transaction.apply(TaskState.reached(transaction.present(), task.id(), task.request()));
    return transaction.commit();
  }

  private static boolean isKnown(Topology topology, NeutronOperation operation) {
    return operation instanceof NeutronOperation.Create(NeutronConfig config)
        && topology.has(ObjectType.NEUTRON_CONFIG, config.id());
  }
}
