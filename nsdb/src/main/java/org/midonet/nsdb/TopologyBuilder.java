package org.midonet.nsdb;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.Bindings;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Reference;
import org.midonet.topology.TopologyObject;

/**
 * A snapshot in the making: single changes without any rule but that derived references follow the
 * kept ones. Not safe to share.
 */
final class TopologyBuilder {
  /** That of the start until something is changed that commits change; then made at the end. */
  private Topology.@Nullable Version version;

  private PersistentMap<ObjectType<?>, PersistentMap<UUID, TopologyObject>> objects;
  private PersistentMap<UUID, UUID> homes;
  private PersistentMap<UUID, Group> groups;
  private PersistentMap<Topology.Link, PersistentSet<UUID>> links;
  private PersistentMap<
          UUID,
          PersistentMap<StateTable<?, ?>, PersistentMap<Object, PersistentSet<TableEntry<?, ?>>>>>
      tables;
  private PersistentMap<Sequence, Long> sequences;
  private PersistentMap<StateKey, PersistentMap<UUID, String>> state;

  TopologyBuilder(Topology start) {
    this.version = start.version;
    this.objects = start.objects;
    this.homes = start.homes;
    this.groups = start.groups;
    this.links = start.links;
    this.tables = start.tables;
    this.sequences = start.sequences;
    this.state = start.state;
  }

  Topology build() {
    Topology.Version built = version;
    if (built == null) {
      built = new Topology.Version();
      version = built;
    }
    return build(built);
  }

  /** The snapshot, which is known to hold what the one of that version does. */
  Topology build(Topology.Version known) {
    return new Topology(known, objects, homes, groups, links, tables, sequences, state);
  }

  @Nullable TopologyObject find(ObjectType<?> type, UUID id) {
    PersistentMap<UUID, TopologyObject> all = objects.get(type);
    return all == null ? null : all.get(id);
  }

  /** What a derived reference holds. */
  PersistentSet<UUID> linked(Reference<?> reference, UUID id) {
    return links.getOrDefault(new Topology.Link(reference, id), PersistentSet.empty());
  }

  /**
   * Where an object lies, or is to lie: objects of one id together, others where it is wished if
   * there is room.
   */
  UUID home(UUID id, UUID wish) {
    UUID home = homes.get(id);
    if (home != null) {
      return home;
    }
    boolean isAtItself = groups.getOrDefault(id, Group.EMPTY).has(id);
    return isAtItself || groups.getOrDefault(wish, Group.EMPTY).isFull() ? id : wish;
  }

  /**
   * Sets an object.
   *
   * @param home where it lies; other objects of its id must lie there too
   */
  void put(TopologyObject object, UUID home) {
    version = null;
    ObjectType<?> type = object.type();
    PersistentMap<UUID, TopologyObject> all = objects.getOrDefault(type, PersistentMap.empty());
    TopologyObject before = all.get(object.id());
    objects = objects.plus(type, all.plus(object.id(), object));
    if (before == null || !homes.getOrDefault(object.id(), object.id()).equals(home)) {
      leave(type, object.id());
      settle(type, object.id(), home);
    }
    relink(type, object.id(), before, object);
  }

  private void settle(ObjectType<?> type, UUID id, UUID home) {
    if (!home.equals(id)) {
      homes = homes.plus(id, home);
    }
    groups = groups.plus(home, groups.getOrDefault(home, Group.EMPTY).plus(type, id));
  }

  private void leave(ObjectType<?> type, UUID id) {
    UUID home = homes.getOrDefault(id, id);
    Group group = groups.getOrDefault(home, Group.EMPTY);
    if (!group.has(type, id)) {
      return;
    }
    Group rest = group.minus(type, id);
    groups = rest.isEmpty() ? groups.minus(home) : groups.plus(home, rest);
    if (!rest.has(id)) {
      homes = homes.minus(id);
    }
  }

  void remove(ObjectType<?> type, UUID id) {
    version = null;
    PersistentMap<UUID, TopologyObject> all = objects.getOrDefault(type, PersistentMap.empty());
    TopologyObject before = all.get(id);
    if (before != null) {
      objects = objects.plus(type, all.minus(id));
      leave(type, id);
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
    PersistentSet<UUID> ids = links.getOrDefault(link, PersistentSet.empty());
    PersistentSet<UUID> changed = present ? ids.plus(id) : ids.minus(id);
    links = changed.isEmpty() ? links.minus(link) : links.plus(link, changed);
  }

  boolean contains(StateTable<?, ?> table, TableEntry<?, ?> entry) {
    return row(table, entry.key()).contains(entry);
  }

  private PersistentSet<TableEntry<?, ?>> row(StateTable<?, ?> table, Object key) {
    return tables
        .getOrDefault(table.owner(), PersistentMap.empty())
        .getOrDefault(table, PersistentMap.empty())
        .getOrDefault(key, PersistentSet.empty());
  }

  void set(StateTable<?, ?> table, TableEntry<?, ?> entry, boolean present) {
    if (entry.isPersistent()) {
      version = null;
    }
    PersistentMap<StateTable<?, ?>, PersistentMap<Object, PersistentSet<TableEntry<?, ?>>>> owned =
        tables.getOrDefault(table.owner(), PersistentMap.empty());
    PersistentMap<Object, PersistentSet<TableEntry<?, ?>>> rows =
        owned.getOrDefault(table, PersistentMap.empty());
    PersistentSet<TableEntry<?, ?>> row = rows.getOrDefault(entry.key(), PersistentSet.empty());
    row = present ? row.plus(entry) : row.minus(entry);
    rows = row.isEmpty() ? rows.minus(entry.key()) : rows.plus(entry.key(), row);
    owned = rows.isEmpty() ? owned.minus(table) : owned.plus(table, rows);
    tables = owned.isEmpty() ? tables.minus(table.owner()) : tables.plus(table.owner(), owned);
  }

  long last(Sequence sequence) {
    return sequences.getOrDefault(sequence, sequence.seed());
  }

  void set(Sequence sequence, long last) {
    version = null;
    sequences = sequences.plus(sequence, last);
  }

  void set(StateKey key, UUID owner, @Nullable String value) {
    PersistentMap<UUID, String> values = state.getOrDefault(key, PersistentMap.empty());
    values = value == null ? values.minus(owner) : values.plus(owner, value);
    state = values.isEmpty() ? state.minus(key) : state.plus(key, values);
  }

  /** Carries over what another snapshot changed. */
  void apply(Change change) {
    switch (change) {
      case Change.OfObject(ObjectType<?> type, UUID id, var before, var after, UUID home) -> {
        if (after == null) {
          remove(type, id);
        } else {
          put(after, home);
        }
      }
      case Change.OfEntry(var table, var entry, boolean added) -> set(table, entry, added);
      case Change.OfSequence(Sequence sequence, long before, long after) -> set(sequence, after);
      case Change.OfState(StateKey key, UUID owner, var before, var after) ->
          set(key, owner, after);
    }
  }
}
