package org.midonet.cluster.importer;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.midonet.cluster.neutron.MalformedException;
import org.midonet.cluster.neutron.NeutronConfig;
import org.midonet.cluster.translation.Chance;
import org.midonet.cluster.translation.NeutronOperation;
import org.midonet.cluster.translation.Translation;
import org.midonet.cluster.translation.TranslationException;
import org.midonet.cluster.translation.TranslationSettings;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Topology;
import org.midonet.topology.ObjectType;

/**
 * What a task does to a topology. Safe to share between threads if its translation is.
 *
 * @param translation of Neutron's operations
 */
public record TaskTranslation(Translation translation) {

  /** The one that MidoNet has, with random ids that nobody can guess. */
  public static TaskTranslation standard() {
    return new TaskTranslation(
        new Translation(TranslationSettings.DEFAULT, Chance.of(new SecureRandom())));
  }

  /**
   * The operations for a task, which {@link Topology#apply} takes. Tasks are applied once, and what
   * they create is new; only a CONFIG may come again, for each server announces itself by one.
   *
   * @throws TaskRefused if the topology cannot follow
   */
  public List<Operation> operations(Topology topology, ImportTask task) {
    try {
      NeutronOperation operation = TaskReader.read(task);
      return isKnown(topology, operation)
          ? List.of()
          : new ArrayList<>(translation.translate(topology, operation));
    } catch (MalformedException e) {
      throw TaskRefused.of(e);
    } catch (TranslationException e) {
      throw TaskRefused.of(e);
    } catch (NsdbException e) {
      throw TaskRefused.of(e);
    }
  }

  private static boolean isKnown(Topology topology, NeutronOperation operation) {
    return operation instanceof NeutronOperation.Create(NeutronConfig config)
        && topology.has(ObjectType.NEUTRON_CONFIG, config.id());
  }
}
