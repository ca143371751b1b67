package org.midonet.nsdb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.NsdbException.Kind;
import org.midonet.topology.Bindings;
import org.midonet.topology.ObjectType;
import org.midonet.topology.OnDelete;
import org.midonet.topology.Reference;
import org.midonet.topology.TopologyObject;

/**
 * Operations applied one after the other under the rules of the bindings, on a snapshot that stays
 * as it is; {@link Nsdb#store} makes their effect last. Not safe to share; of no more use after an
 * operation was refused.
 */
public final class Transaction {
  private final Topology before;
  private final TopologyBuilder builder;

  /** Where in the store to put what is created. */
  private final UnaryOperator<UUID> homes;

  private @Nullable Topology present;

  /** What was touched, and how it was before. */
  private final Map<Key, Touched> objects = new LinkedHashMap<>();

  private final Map<EntryKey, Boolean> entries = new LinkedHashMap<>();

  Transaction(Topology before, UnaryOperator<UUID> homes) {
    this.before = before;
    this.homes = homes;
    this.builder = new TopologyBuilder(before);
  }

  /**
   * Applies one more.
   *
   * @throws NsdbException when it is refused
   */
  public void apply(Operation operation) {
    present = null;
    switch (operation) {
      case Operation.Create(TopologyObject object) -> create(object);
      case Operation.Update(TopologyObject object) -> update(object);
      case Operation.Delete(ObjectType<?> type, UUID id) -> delete(type, id);
      case Operation.AddEntry<?, ?> add -> {
        requireOwner(add.table());
        entry(add.table(), new TableEntry<>(add.key(), add.value(), TableEntry.PERSISTENT), true);
      }
      case Operation.RemoveEntry<?, ?> remove ->
          entry(
              remove.table(),
              new TableEntry<>(remove.key(), remove.value(), TableEntry.PERSISTENT),
              false);
      case Operation.TakeKey(Sequence sequence, long key) -> take(sequence, key);
    }
  }

  /** The snapshot as the operations so far leave it. */
  public Topology present() {
    Topology built = present;
    if (built == null) {
      built = builder.build();
      present = built;
    }
    return built;
  }

  /** What the operations came to. */
  public Commit commit() {
    List<Change> changes = new ArrayList<>();
    objects.forEach((key, touched) -> {
      TopologyObject after = builder.find(key.type, key.id);
      UUID was = before.home(key.id);
      UUID home = after == null ? was : builder.home(key.id, key.id);
      if (!Objects.equals(touched.before, after) || (after != null && !was.equals(home))) {
        changes.add(new Change.OfObject(key.type, key.id, touched.before, after, home));
      }
    });
    entries.forEach((key, was) -> {
      boolean is = builder.contains(key.table, key.entry);
      if (is != was) {
        changes.add(new Change.OfEntry(key.table, key.entry, is));
      }
    });
    for (Sequence sequence : Sequence.values()) {
      if (before.last(sequence) != builder.last(sequence)) {
        changes.add(new Change.OfSequence(sequence, before.last(sequence), builder.last(sequence)));
      }
    }
    return new Commit(before, changes.isEmpty() ? before : present(), List.copyOf(changes));
  }

  private void create(TopologyObject object) {
    if (builder.find(object.type(), object.id()) != null) {
      throw NsdbException.exists(object.type(), object.id());
    }
    put(object);
    for (Bindings.End end : Bindings.of(object.type())) {
      end.mine().get(object).forEach(other -> link(end, object.id(), other));
    }
  }

  private void update(TopologyObject object) {
    TopologyObject old = existing(object.type(), object.id());
    if (old.equals(object)) {
      return;
    }
    put(object);
    for (Bindings.End end : Bindings.of(object.type())) {
      List<UUID> was = end.mine().get(old);
      List<UUID> is = end.mine().get(object);
      if (was.equals(is)) {
        continue;
      }
      for (UUID other : was) {
        if (!is.contains(other)) {
          unlink(end.other(), other, object.id());
        }
      }
      for (UUID other : is) {
        if (!was.contains(other)) {
          link(end, object.id(), other);
        }
      }
    }
  }

  private void delete(ObjectType<?> type, UUID id) {
    TopologyObject object = existing(type, id);
    List<Bindings.End> ends = Bindings.of(type);
    List<List<UUID>> others = new ArrayList<>(ends.size());
    for (Bindings.End end : ends) {
      List<UUID> ids = references(end.mine(), object);
      if (end.onDelete() == OnDelete.ERROR && !ids.isEmpty()) {
        throw NsdbException.inUse(type, id, end.other().owner(), ids.getFirst());
      }
      others.add(ids);
    }
    touch(type, id);
    builder.remove(type, id);
    dropTables(id);
    for (int i = 0; i < ends.size(); i++) {
      Bindings.End end = ends.get(i);
      for (UUID other : others.get(i)) {
        switch (end.onDelete()) {
          case CASCADE -> deleteIfThere(end.other().owner(), other);
          case CLEAR -> unlink(end.other(), other, id);
          case ERROR -> throw new IllegalStateException(end + " was checked above");
        }
      }
    }
  }

  private void deleteIfThere(ObjectType<?> type, UUID id) {
    if (builder.find(type, id) != null) {
      delete(type, id);
    }
  }

  private List<UUID> references(Reference<?> reference, TopologyObject object) {
    return reference.isKept()
        ? reference.get(object)
        : List.copyOf(builder.linked(reference, object.id()));
  }

  /** Makes an object that is now referred to name the referrer back. */
  private void link(Bindings.End end, UUID id, UUID otherId) {
    Reference<?> back = end.other();
    TopologyObject other = existing(back.owner(), otherId);
    if (back == end.mine() && id.equals(otherId)) {
      throw NsdbException.conflict(back, id, back, otherId);
    }
    if (back.isMany() && !back.isKept()) {
      return; // the builder has it already, and others do not matter
    }
    List<UUID> ids = references(back, other);
    if (!back.isMany()) {
      for (UUID taken : ids) {
        if (!taken.equals(id)) {
          throw NsdbException.conflict(back, otherId, end.mine(), taken);
        }
      }
    }
    if (back.isKept() && !ids.contains(id)) {
      List<UUID> longer = new ArrayList<>(ids);
      longer.add(id);
      put(back.set(other, longer));
    }
  }

  /** Makes an object that is no longer referred to forget the referrer. */
  private void unlink(Reference<?> back, UUID otherId, UUID id) {
    TopologyObject other = builder.find(back.owner(), otherId);
    if (other == null || !back.isKept()) {
      return; // a derived reference followed already
    }
    List<UUID> ids = back.get(other);
    if (ids.contains(id)) {
      put(back.set(other, ids.stream().filter(each -> !each.equals(id)).toList()));
    }
  }

  private TopologyObject existing(ObjectType<?> type, UUID id) {
    TopologyObject object = builder.find(type, id);
    if (object == null) {
      throw NsdbException.notFound(type, id);
    }
    return object;
  }

  private void put(TopologyObject object) {
    UUID id = object.id();
    touch(object.type(), id);
    builder.put(object, builder.home(id, homes.apply(id)));
  }

  private void touch(ObjectType<?> type, UUID id) {
    objects.computeIfAbsent(new Key(type, id), key -> new Touched(builder.find(type, id)));
  }

  private void requireOwner(StateTable<?, ?> table) {
    ObjectType.named(table.kind().className()).ifPresent(type -> existing(type, table.owner()));
  }

  private void entry(StateTable<?, ?> table, TableEntry<?, ?> entry, boolean present) {
    entries.computeIfAbsent(new EntryKey(table, entry), key -> builder.contains(table, entry));
    builder.set(table, entry, present);
  }

  private void dropTables(UUID owner) {
    for (StateTable<?, ?> table : before.tables(owner)) {
      dropPersistent(table);
    }
    for (EntryKey key : List.copyOf(entries.keySet())) {
      if (key.table.owner().equals(owner)) {
        builder.set(key.table, key.entry, false);
      }
    }
  }

  private <K, V> void dropPersistent(StateTable<K, V> table) {
    for (TableEntry<K, V> entry : before.entries(table)) {
      if (entry.isPersistent()) {
        entry(table, entry, false);
      }
    }
  }

  private void take(Sequence sequence, long key) {
    if (key <= builder.last(sequence)) {
      throw new NsdbException(
          Kind.EXISTS, "The key " + key + " of " + sequence.znode() + " is used up.");
    }
    builder.set(sequence, key);
  }

  private record Key(ObjectType<?> type, UUID id) {}

  private record EntryKey(StateTable<?, ?> table, TableEntry<?, ?> entry) {}

  private record Touched(@Nullable TopologyObject before) {}
}
