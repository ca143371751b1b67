package org.midonet.cluster.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.importer.TaskState;
import org.midonet.nsdb.Sequence;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Mac;
import org.midonet.topology.HealthMonitor;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.References;
import org.midonet.topology.TopologyObject;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the present topology differs from the expected one. Immutable, safe to share between threads.
 */
public final class Comparison {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int SHOWN = 300;

  /** An object that is not as it is to be. */
  record Changed(TopologyObject present, TopologyObject target) {}

  final Wanted wanted;
  final Targets targets;
  final List<TopologyObject> missing = new ArrayList<>();
  final List<Changed> changed = new ArrayList<>();
  final List<Leftovers.Key> leftovers;
  final List<Entries.Entry<?, ?>> entries;
  final Map<Sequence, Long> sequences;
  final Set<String> unreadable;
  final OptionalInt mark;
  private final boolean isMarked;
  private List<String> lines = List.of(); // once it is made

  private Comparison(
      Expected expected,
      Topology present,
      Set<String> unreadable,
      Predicate<Mac> isNeutrons,
      int last) {
    this.wanted = Wanted.of(expected, present);
    Keys keys = Keys.of(present, wanted);
    this.targets = new Targets(wanted.servers(), keys, watchedPools(expected.topology()));
    this.leftovers = Leftovers.of(present, wanted);
    this.entries = Entries.of(present, expected.topology(), isNeutrons);
    this.sequences = keys.behind(present);
    this.unreadable = new TreeSet<>(unreadable);
    this.mark = TaskState.last(present);
    this.isMarked = mark.isPresent() && mark.getAsInt() <= last;
  }

  private static Set<UUID> watchedPools(Topology expected) {
    Set<UUID> pools = new HashSet<>();
    for (HealthMonitor monitor : expected.list(ObjectType.HEALTH_MONITOR)) {
      if (monitor.adminStateUp()) {
        pools.addAll(expected.references(References.HEALTH_MONITOR_POOLS, monitor.id()));
      }
    }
    return pools;
  }

  /**
   * Compares.
   *
   * @param present with the effect of the tasks that are committed
   * @param unreadable the znodes that are left out of it
   * @param isNeutrons whether an address is one that Neutron gives to its ports
   * @param last the highest id that a task has had
   */
  public static Comparison of(
      Expected expected,
      Topology present,
      Set<String> unreadable,
      Predicate<Mac> isNeutrons,
      int last) {
    Comparison comparison = new Comparison(expected, present, unreadable, isNeutrons, last);
    for (ObjectType<?> type : ObjectType.all()) {
      for (TopologyObject object : comparison.wanted.list(type)) {
        comparison.compare(object, present.find(type, object.id()));
      }
    }
    comparison.lines = List.copyOf(comparison.describe());
    return comparison;
  }

  private void compare(TopologyObject object, @Nullable TopologyObject there) {
    if (there == null) {
      missing.add(object);
      return;
    }
    TopologyObject target = targets.of(object, there);
    if (!target.equals(there)) {
      changed.add(new Changed(there, target));
    }
  }

  /** Whether nothing differs. */
  public boolean isEqual() {
    return lines.isEmpty();
  }

  /** How many differences there are. */
  public int size() {
    return lines.size();
  }

  /** The differences, a line each, by kind and id. */
  public List<String> lines() {
    return lines;
  }

  /** How many objects there are to be. */
  public int objects() {
    return ObjectType.all().stream().mapToInt(type -> wanted.list(type).size()).sum();
  }

  private List<String> describe() {
    List<String> lines = new ArrayList<>();
    if (!isMarked) {
      lines.add(
          mark.isEmpty()
              ? "C3POState is missing: the topology was never filled, or lost its mark"
              : "C3POState says that task %d is done, which is none of this database"
                  .formatted(mark.getAsInt()));
    }
    unreadable.forEach(path -> lines.add("The znode " + path + " cannot be read"));
    missing.forEach(object -> lines.add(named(object.type(), object.id()) + " is missing"));
    changed.forEach(each -> lines.add(line(each)));
    leftovers.forEach(key -> lines.add(named(key.type(), key.id()) + " is not Neutron's any more"));
    entries.forEach(entry ->
        lines.add(
            "%s: %s -> %s %s"
                .formatted(
                    entry.table(),
                    entry.key(),
                    entry.value(),
                    entry.wanted() ? "is missing" : "is too much")));
    sequences.forEach((sequence, number) ->
        lines.add("%s would give out %d again".formatted(sequence.znode(), number)));
    return lines;
  }

  private static String named(ObjectType<?> type, UUID id) {
    return type.name() + " " + id;
  }

  private static String line(Changed each) {
    TopologyObject present = each.present();
    if (present instanceof Port was
        && each.target() instanceof Port port
        && was.withTunnelKey(port.tunnelKey()).equals(port)) {
      return named(present.type(), present.id())
          + (was.tunnelKey() == 0 ? " has no tunnel key" : " has a wrong tunnel key: ")
          + (was.tunnelKey() == 0 ? "" : was.tunnelKey());
    }
    Map<String, String> is = fields(present);
    Map<String, String> to = fields(each.target());
    List<String> parts = new ArrayList<>();
    Set<String> names = new TreeSet<>(is.keySet());
    names.addAll(to.keySet());
    for (String name : names) {
      String one = is.getOrDefault(name, "none");
      String other = to.getOrDefault(name, "none");
      if (!one.equals(other) && !name.equals("tunnelKey")) {
        parts.add(name + " is " + shortened(one) + ", not " + shortened(other));
      }
    }
    return named(present.type(), present.id()) + ": " + String.join("; ", parts);
  }

  private static Map<String, String> fields(TopologyObject object) {
    Map<String, String> fields = new TreeMap<>();
    if (object instanceof NeutronObject document) {
      document.document().forEach((name, value) -> fields.put(name, String.valueOf(value)));
      return fields;
    }
    JsonNode json = JSON.readTree(object.type().encodeObject(object));
    json.properties().forEach(field -> fields.put(field.getKey(), field.getValue().toString()));
    return fields;
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }

  /** Whether the topology says how far the import is. */
  boolean isMarked() {
    return isMarked;
  }
}
