package org.midonet.nsdb;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Reference;
import org.midonet.topology.TopologyObject;

/**
 * A snapshot of the whole store: objects, state tables, sequences and published state. Immutable,
 * safe to share; a later snapshot shares with it all that did not change, so that keeping one costs
 * nothing.
 */
public final class Topology {
  public static final Topology EMPTY =
      new Topology(
          new Version(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty(),
          PersistentMap.empty());

  /** The same for all snapshots that differ in nothing but learned entries and state. */
  final Version version;

  final PersistentMap<ObjectType<?>, PersistentMap<UUID, TopologyObject>> objects;

  /** Where ids lie that do not lie at themselves. */
  final PersistentMap<UUID, UUID> homes;

  /** What lies at each home. */
  final PersistentMap<UUID, Group> groups;

  /** What derived references hold. */
  final PersistentMap<Link, PersistentSet<UUID>> links;

  final PersistentMap<
          UUID,
          PersistentMap<StateTable<?, ?>, PersistentMap<Object, PersistentSet<TableEntry<?, ?>>>>>
      tables;
  final PersistentMap<Sequence, Long> sequences;
  final PersistentMap<StateKey, PersistentMap<UUID, String>> state;

  Topology(
      Version version,
      PersistentMap<ObjectType<?>, PersistentMap<UUID, TopologyObject>> objects,
      PersistentMap<UUID, UUID> homes,
      PersistentMap<UUID, Group> groups,
      PersistentMap<Link, PersistentSet<UUID>> links,
      PersistentMap<
              UUID,
              PersistentMap<
                  StateTable<?, ?>, PersistentMap<Object, PersistentSet<TableEntry<?, ?>>>>>
          tables,
      PersistentMap<Sequence, Long> sequences,
      PersistentMap<StateKey, PersistentMap<UUID, String>> state) {
    this.version = version;
    this.objects = objects;
    this.homes = homes;
    this.groups = groups;
    this.links = links;
    this.tables = tables;
    this.sequences = sequences;
    this.state = state;
  }

  /** The object, or null when there is none. */
  public <T extends TopologyObject> @Nullable T find(ObjectType<T> type, UUID id) {
    TopologyObject object = all(type).get(id);
    return object == null ? null : type.cast(object);
  }

  /**
   * The object.
   *
   * @throws NsdbException of kind NOT_FOUND when there is none
   */
  public <T extends TopologyObject> T get(ObjectType<T> type, UUID id) {
    T object = find(type, id);
    if (object == null) {
      throw NsdbException.notFound(type, id);
    }
    return object;
  }

  public boolean has(ObjectType<?> type, UUID id) {
    return all(type).containsKey(id);
  }

  /** Every object of a kind, in no particular order but in the same one for the same ids. */
  @SuppressWarnings("unchecked") // the map of a kind holds objects of that kind alone
  public <T extends TopologyObject> Collection<T> list(ObjectType<T> type) {
    return (Collection<T>) all(type).values();
  }

  /** How many objects of a kind there are. */
  public int count(ObjectType<?> type) {
    return all(type).size();
  }

  /**
   * The ids in a reference of an object: in order when the object keeps them, in no particular
   * order when they follow from the other side.
   *
   * <p>Nothing for an object that does not exist.
   */
  public List<UUID> references(Reference<?> reference, UUID id) {
    if (reference.isKept()) {
      TopologyObject object = find(reference.owner(), id);
      return object == null ? List.of() : reference.get(object);
    }
    PersistentSet<UUID> ids = links.get(new Link(reference, id));
    return ids == null ? List.of() : List.copyOf(ids);
  }

  /** The objects of a kind that a reference of an object leads to. */
  public <T extends TopologyObject> List<T> related(
      Reference<?> reference, UUID id, ObjectType<T> type) {
    List<T> related = new ArrayList<>();
    for (UUID other : references(reference, id)) {
      T object = find(type, other);
      if (object != null) {
        related.add(object);
      }
    }
    return related;
  }

  /** What a table says of each key. */
  public <K, V> Map<K, V> table(StateTable<K, V> table) {
    Map<K, TableEntry<K, V>> counting = new HashMap<>();
    for (TableEntry<K, V> entry : entries(table)) {
      counting.merge(entry.key(), entry, (one, other) -> one.hides(other) ? one : other);
    }
    Map<K, V> values = HashMap.newHashMap(counting.size());
    counting.forEach((key, entry) -> values.put(key, entry.value()));
    return values;
  }

  /** What a table says of one key, null when it says nothing. */
  public <K, V> @Nullable V lookUp(StateTable<K, V> table, K key) {
    TableEntry<K, V> counting = null;
    for (TableEntry<?, ?> any : rows(table).getOrDefault(key, PersistentSet.empty())) {
      TableEntry<K, V> entry = cast(any);
      if (counting == null || entry.hides(counting)) {
        counting = entry;
      }
    }
    return counting == null ? null : counting.value();
  }

  /** Every entry of a table, those that are hidden by others too. */
  public <K, V> List<TableEntry<K, V>> entries(StateTable<K, V> table) {
    List<TableEntry<K, V>> entries = new ArrayList<>();
    for (PersistentSet<TableEntry<?, ?>> row : rows(table).values()) {
      for (TableEntry<?, ?> entry : row) {
        entries.add(cast(entry));
      }
    }
    return entries;
  }

  /** The tables of a device that have entries. */
  public Set<StateTable<?, ?>> tables(UUID owner) {
    return tables.getOrDefault(owner, PersistentMap.empty()).keySet();
  }

  /** The last number of a sequence that was used up. */
  public long last(Sequence sequence) {
    return sequences.getOrDefault(sequence, sequence.seed());
  }

  /** What is published under a key, by publisher. */
  public Map<UUID, String> state(StateKey key) {
    return state.getOrDefault(key, PersistentMap.empty());
  }

  /** Whether the agent of a host runs. */
  public boolean isAlive(UUID hostId) {
    return !state(StateKey.alive(hostId)).isEmpty();
  }

  /** Whether a host forwards for a port. */
  public boolean isActive(UUID portId) {
    return !state(StateKey.active(portId)).isEmpty();
  }

  /**
   * The topology after some operations, in their order.
   *
   * @throws NsdbException when one is refused; then none has an effect
   */
  public Topology apply(List<? extends Operation> operations) {
    return commit(operations).after();
  }

  /**
   * Whether one is known to hold what the other holds, learned entries and published state aside.
   */
  @SuppressWarnings("ReferenceEquality") // what its identity is for
  public boolean holdsTheSame(Topology other) {
    return version == other.version;
  }

  /** The beginning of some operations on this snapshot. */
  public Transaction begin() {
    return new Transaction(this, UnaryOperator.identity());
  }

  /**
   * The beginning of some operations on this snapshot, with a wish for where in the store that lies
   * which they create. What has the same home lies in one znode, as far as there is room.
   *
   * @param homes tells the home of an id
   */
  public Transaction begin(UnaryOperator<UUID> homes) {
    return new Transaction(this, homes);
  }

  /** Like {@link #apply}, and says what changed. */
  public Commit commit(List<? extends Operation> operations) {
    Transaction transaction = begin();
    operations.forEach(transaction::apply);
    return transaction.commit();
  }

  /** Where in the store the objects of an id lie, if there are any. */
  public UUID home(UUID id) {
    return homes.getOrDefault(id, id);
  }

  PersistentMap<UUID, TopologyObject> all(ObjectType<?> type) {
    return objects.getOrDefault(type, PersistentMap.empty());
  }

  PersistentMap<Object, PersistentSet<TableEntry<?, ?>>> rows(StateTable<?, ?> table) {
    return tables
        .getOrDefault(table.owner(), PersistentMap.empty())
        .getOrDefault(table, PersistentMap.empty());
  }

  @SuppressWarnings("unchecked") // entries come into a table by its own type
  private static <K, V> TableEntry<K, V> cast(TableEntry<?, ?> entry) {
    return (TableEntry<K, V>) entry;
  }

  /** Tells snapshots apart by identity. */
  static final class Version {}

  /** A derived reference of one object. */
  record Link(Reference<?> reference, UUID id) {}
}
