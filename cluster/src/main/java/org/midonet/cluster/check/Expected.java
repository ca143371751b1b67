package org.midonet.cluster.check;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.midonet.cluster.importer.ImportTask;
import org.midonet.cluster.importer.TaskRefused;
import org.midonet.cluster.importer.TaskTranslation;
import org.midonet.cluster.translation.Chance;
import org.midonet.cluster.translation.Translation;
import org.midonet.cluster.translation.TranslationSettings;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Topology;
import org.midonet.nsdb.Transaction;
import org.midonet.packets.Mac;
import org.midonet.topology.Host;
import org.midonet.topology.ObjectType;

/**
 * What the topology is to be, by what Neutron has. Immutable, safe to share between threads.
 *
 * @param topology of nothing but that, and the hosts that there are
 * @param randomIds the ids in it that were left to chance
 * @param refused what translation cannot follow, a line each
 */
public record Expected(Topology topology, Set<UUID> randomIds, List<String> refused) {
  private static final int STEP = 500;

  /**
   * Translates everything.
   *
   * @param present where the hosts are taken from, which are not Neutron's
   * @param everything the tasks that make all, in an order in which nothing refers to what comes
   *     later
   */
  public static Expected of(Topology present, List<ImportTask> everything, Progress progress) {
    Noted chance = new Noted(Chance.of(new SecureRandom()));
    TaskTranslation translation =
        new TaskTranslation(new Translation(TranslationSettings.BUILT_IN, chance));
    Topology topology = hosts(present);
    List<String> refused = new ArrayList<>();
    int done = 0;
    for (ImportTask task : everything) {
      try {
        Transaction transaction = TaskTranslation.begin(topology, task);
        translation.apply(transaction, task);
        topology = transaction.commit().after();
      } catch (TaskRefused e) {
        refused.add(line(task, e.text()));
      } catch (NsdbException e) {
        refused.add(line(task, String.valueOf(e.getMessage())));
      }
      if (++done % STEP == 0) {
        progress.at("translating", done, everything.size());
      }
    }
    return new Expected(topology, Set.copyOf(chance.ids), List.copyOf(refused));
  }

  private static String line(ImportTask task, String reason) {
    return task.dataType() + " " + task.resourceId() + ": " + reason;
  }

  private static Topology hosts(Topology present) {
    List<Operation> operations = new ArrayList<>();
    for (Host host : present.list(ObjectType.HOST)) {
      operations.add(new Operation.Create(host));
    }
    return Topology.EMPTY.apply(operations);
  }

  /** Remembers what it gave out. */
  private static final class Noted implements Chance {
    private final Chance chance;
    private final Set<UUID> ids = new HashSet<>();

    Noted(Chance chance) {
      this.chance = chance;
    }

    @Override
    public UUID id() {
      UUID id = chance.id();
      ids.add(id);
      return id;
    }

    @Override
    public Mac mac() {
      return chance.mac();
    }
  }
}
