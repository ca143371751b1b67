package org.midonet.nsdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TopologyObject;

/** Differences between snapshots. Stateless. */
@SuppressWarnings("ReferenceEquality") // what snapshots share is one object, and equal
final class Changes {
  private Changes() {}

  /** What leads from one snapshot to another, however many transactions lie between them. */
  static List<Change> between(Topology before, Topology after) {
    List<Change> changes = new ArrayList<>();
    for (ObjectType<?> type : ObjectType.all()) {
      objects(type, before, after, changes);
    }
    if (before.tables != after.tables) {
      entries(before, after, false, changes);
      entries(after, before, true, changes);
    }
    for (Sequence sequence : Sequence.values()) {
      if (before.last(sequence) != after.last(sequence)) {
        changes.add(new Change.OfSequence(sequence, before.last(sequence), after.last(sequence)));
      }
    }
    if (before.state != after.state) {
      states(before, after, changes);
    }
    return changes;
  }

  private static void objects(
      ObjectType<?> type, Topology before, Topology after, List<Change> changes) {
    Map<UUID, TopologyObject> old = before.all(type);
    Map<UUID, TopologyObject> present = after.all(type);
    if (old == present) {
      return;
    }
    old.forEach((id, was) -> {
      @Nullable TopologyObject is = present.get(id);
      if (!was.equals(is)) {
        UUID home = is == null ? before.home(id) : after.home(id);
        changes.add(new Change.OfObject(type, id, was, is, home));
      }
    });
    present.forEach((id, is) -> {
      if (!old.containsKey(id)) {
        changes.add(new Change.OfObject(type, id, null, is, after.home(id)));
      }
    });
  }

  /** Reports the entries of one snapshot that the other does not have. */
  private static void entries(Topology has, Topology lacks, boolean added, List<Change> changes) {
    has.tables.forEach((owner, tables) -> {
      if (tables != lacks.tables.get(owner)) {
        for (StateTable<?, ?> table : tables.keySet()) {
          entries(table, has, lacks, added, changes);
        }
      }
    });
  }

  private static void entries(
      StateTable<?, ?> table, Topology has, Topology lacks, boolean added, List<Change> changes) {
    Map<Object, PersistentSet<TableEntry<?, ?>>> other = lacks.rows(table);
    has.rows(table)
        .forEach((key, row) -> {
          Set<TableEntry<?, ?>> otherRow = other.get(key);
          for (TableEntry<?, ?> entry : row) {
            if (otherRow == null || !otherRow.contains(entry)) {
              changes.add(new Change.OfEntry(table, entry, added));
            }
          }
        });
  }

  private static void states(Topology before, Topology after, List<Change> changes) {
    Set<StateKey> keys = both(before.state.keySet(), after.state.keySet());
    for (StateKey key : keys) {
      Map<UUID, String> was = before.state(key);
      Map<UUID, String> is = after.state(key);
      for (UUID owner : both(was.keySet(), is.keySet())) {
        if (!Objects.equals(was.get(owner), is.get(owner))) {
          changes.add(new Change.OfState(key, owner, was.get(owner), is.get(owner)));
        }
      }
    }
  }

  private static <T> Set<T> both(Set<T> one, Set<T> other) {
    return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
  }
}
