package org.midonet.nsdb;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.Bindings;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Reference;
import org.midonet.topology.TopologyObject;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.MapPSet;

/**
 * A snapshot in the making: single changes without any rule but that derived references follow the
 * kept ones. Not safe to share.
 */
final class TopologyBuilder {
  private HashPMap<ObjectType<?>, HashPMap<UUID, TopologyObject>> objects;
  private HashPMap<Topology.Link, MapPSet<UUID>> links;
  private HashPMap<UUID, HashPMap<StateTable<?, ?>, HashPMap<Object, MapPSet<TableEntry<?, ?>>>>>
      tables;
  private HashPMap<Sequence, Long> sequences;
  private HashPMap<StateKey, HashPMap<UUID, String>> state;

  TopologyBuilder(Topology start) {
    this.objects = start.objects;
    this.links = start.links;
    this.tables = start.tables;
    this.sequences = start.sequences;
    this.state = start.state;
  }

  Topology build() {
    return new Topology(objects, links, tables, sequences, state);
  }

  @Nullable TopologyObject find(ObjectType<?> type, UUID id) {
    HashPMap<UUID, TopologyObject> all = objects.get(type);
    return all == null ? null : all.get(id);
  }

  /** What a derived reference holds. */
  MapPSet<UUID> linked(Reference<?> reference, UUID id) {
    return links.getOrDefault(new Topology.Link(reference, id), HashTreePSet.empty());
  }

  void put(TopologyObject object) {
    ObjectType<?> type = object.type();
    HashPMap<UUID, TopologyObject> all = objects.getOrDefault(type, HashTreePMap.empty());
    TopologyObject before = all.get(object.id());
    objects = objects.plus(type, all.plus(object.id(), object));
    relink(type, object.id(), before, object);
  }

  void remove(ObjectType<?> type, UUID id) {
    HashPMap<UUID, TopologyObject> all = objects.getOrDefault(type, HashTreePMap.empty());
    TopologyObject before = all.get(id);
    if (before != null) {
      objects = objects.plus(type, all.minus(id));
      relink(type, id, before, null);
    }
  }

  private void relink(
      ObjectType<?> type,
      UUID id,
      @Nullable TopologyObject before,
      @Nullable TopologyObject after) {
    for (Bindings.End end : Bindings.of(type)) {
      if (!end.mine().isKept() || end.other().isKept()) {
        continue;
      }
      List<UUID> old = before == null ? List.of() : end.mine().get(before);
      List<UUID> present = after == null ? List.of() : end.mine().get(after);
      if (old.equals(present)) {
        continue;
      }
      for (UUID other : old) {
        link(new Topology.Link(end.other(), other), id, present.contains(other));
      }
      for (UUID other : present) {
        link(new Topology.Link(end.other(), other), id, true);
      }
    }
  }

  private void link(Topology.Link link, UUID id, boolean present) {
    MapPSet<UUID> ids = links.getOrDefault(link, HashTreePSet.empty());
    MapPSet<UUID> changed = present ? ids.plus(id) : ids.minus(id);
    links = changed.isEmpty() ? links.minus(link) : links.plus(link, changed);
  }

  boolean contains(StateTable<?, ?> table, TableEntry<?, ?> entry) {
    return row(table, entry.key()).contains(entry);
  }

  private MapPSet<TableEntry<?, ?>> row(StateTable<?, ?> table, Object key) {
    return tables
        .getOrDefault(table.owner(), HashTreePMap.empty())
        .getOrDefault(table, HashTreePMap.empty())
        .getOrDefault(key, HashTreePSet.empty());
  }

  void set(StateTable<?, ?> table, TableEntry<?, ?> entry, boolean present) {
    HashPMap<StateTable<?, ?>, HashPMap<Object, MapPSet<TableEntry<?, ?>>>> owned =
        tables.getOrDefault(table.owner(), HashTreePMap.empty());
    HashPMap<Object, MapPSet<TableEntry<?, ?>>> rows =
        owned.getOrDefault(table, HashTreePMap.empty());
    MapPSet<TableEntry<?, ?>> row = rows.getOrDefault(entry.key(), HashTreePSet.empty());
    row = present ? row.plus(entry) : row.minus(entry);
    rows = row.isEmpty() ? rows.minus(entry.key()) : rows.plus(entry.key(), row);
    owned = rows.isEmpty() ? owned.minus(table) : owned.plus(table, rows);
    tables = owned.isEmpty() ? tables.minus(table.owner()) : tables.plus(table.owner(), owned);
  }

  long last(Sequence sequence) {
    return sequences.getOrDefault(sequence, sequence.seed());
  }

  void set(Sequence sequence, long last) {
    sequences = sequences.plus(sequence, last);
  }

  void set(StateKey key, UUID owner, @Nullable String value) {
    HashPMap<UUID, String> values = state.getOrDefault(key, HashTreePMap.empty());
    values = value == null ? values.minus(owner) : values.plus(owner, value);
    state = values.isEmpty() ? state.minus(key) : state.plus(key, values);
  }

  /** Carries over what another snapshot changed. */
  void apply(Change change) {
    switch (change) {
      case Change.OfObject(ObjectType<?> type, UUID id, var before, var after) -> {
        if (after == null) {
          remove(type, id);
        } else {
          put(after);
        }
      }
      case Change.OfEntry(var table, var entry, boolean added) -> set(table, entry, added);
      case Change.OfSequence(Sequence sequence, long before, long after) -> set(sequence, after);
      case Change.OfState(StateKey key, UUID owner, var before, var after) ->
          set(key, owner, after);
    }
  }
}
