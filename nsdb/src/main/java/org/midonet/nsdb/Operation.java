package org.midonet.nsdb;

import java.util.UUID;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TopologyObject;

/** One step of a transaction on the topology. Immutable, safe to share. */
public sealed interface Operation {

  /**
   * Stores a new object. Objects that it refers to must exist; each names it back, at the end of
   * its list.
   */
  record Create(TopologyObject object) implements Operation {}

  /**
   * Replaces an object. What it no longer refers to forgets it; what it newly refers to names it
   * back. An update that changes nothing writes nothing.
   */
  record Update(TopologyObject object) implements Operation {}

  /** Deletes an object, with what the bindings of its kind say. Its state tables go with it. */
  record Delete(ObjectType<?> type, UUID id) implements Operation {}

  /**
   * Puts a persistent entry into a state table of a device that exists; nothing happens when the
   * entry is there.
   */
  record AddEntry<K, V>(StateTable<K, V> table, K key, V value) implements Operation {}

  /** Takes a persistent entry out of a state table; nothing happens when it is not there. */
  record RemoveEntry<K, V>(StateTable<K, V> table, K key, V value) implements Operation {}

  /**
   * Uses up a number of a sequence: the one after {@link Topology#last}. Numbers are never given
   * out again.
   */
  record TakeKey(Sequence sequence, long key) implements Operation {}
}
