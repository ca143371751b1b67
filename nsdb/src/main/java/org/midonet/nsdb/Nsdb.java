package org.midonet.nsdb;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The topology store. Safe to share.
 *
 * <p>Reads go to {@link #topology}, an immutable snapshot in memory that follows every writer of
 * the store. Writes are transactions that happen as a whole or not at all.
 */
public interface Nsdb extends AutoCloseable {

  /** The present snapshot. It has the effect of every commit that returned here before. */
  Topology topology();

  /**
   * Carries out operations computed on the present snapshot, as a whole or not at all. When this
   * returns they are stored for good.
   *
   * @param change gives the operations for a snapshot; it is called again when somebody else
   *     changed the topology meanwhile, so it may have no other effect. What it throws is thrown
   *     on, and nothing happens.
   * @throws NsdbException when the operations break a rule, or the store cannot be reached. After
   *     kind UNAVAILABLE the operations may have happened or not, as the message says.
   */
  default Commit commit(Function<Topology, ? extends List<? extends Operation>> change) {
    return store(topology -> topology.commit(change.apply(topology)));
  }

  /**
   * Like {@link #commit(Function)}, for operations whose effect is known already.
   *
   * @param plan gives what to store for a snapshot, computed on that very snapshot; see {@link
   *     Topology#begin} and {@link Commit#on}
   */
  Commit store(Function<Topology, Commit> plan);

  /** Carries out the same operations on whatever snapshot is present. */
  default Commit commit(List<? extends Operation> operations) {
    return commit(topology -> operations);
  }

  /**
   * Follows the store from the present snapshot on: commits of every writer, learned entries and
   * published state, each change once and in order, also across a loss of the connection.
   */
  Subscription watch(Watcher watcher);

  /**
   * Puts a learned entry into a table, above those learned before for the same key. It stays until
   * it is forgotten or this store is closed or dies.
   */
  <K, V> void learn(StateTable<K, V> table, K key, V value);

  /** Takes back what was learned here; nothing happens when it was not. */
  <K, V> void forget(StateTable<K, V> table, K key, V value);

  /**
   * Publishes state until it is withdrawn or this store is closed or dies. For many keys it takes
   * hardly longer than for one.
   *
   * @param owner the host, or the cluster node, on whose behalf
   */
  void publish(Collection<StateKey> keys, UUID owner, String value);

  /** Publishes state under one key. */
  default void publish(StateKey key, UUID owner, String value) {
    publish(List.of(key), owner, value);
  }

  /** Takes back what was published here; nothing happens with what was not. */
  void withdraw(Collection<StateKey> keys, UUID owner);

  /** Takes back what was published under one key. */
  default void withdraw(StateKey key, UUID owner) {
    withdraw(List.of(key), owner);
  }

  /**
   * Runs for the leadership of a role that one of several stores on the same data can have. It is
   * given up by closing the candidacy or the store, and by the death of the process.
   */
  Candidacy runFor(String role);

  /** The blocks of ports that a host translates sources to, to be asked for once. */
  PortBlocks portBlocks(UUID hostId);

  /** Whether the store can be reached at the moment. */
  default boolean isConnected() {
    return true;
  }

  /** The znodes that could not be read, and are left out of the topology. */
  default Set<String> corrupt() {
    return Set.of();
  }

  /**
   * Deletes znodes that cannot be read; those that can by now are left alone.
   *
   * @param paths of {@link #corrupt}
   */
  default void discard(Set<String> paths) {}

  /** Takes back all that was learned and published here, and ends the subscriptions. */
  @Override
  void close();

  /** A place in the queue for a role. Safe to share. */
  interface Candidacy extends AutoCloseable {
    boolean isLeader();

    @Override
    void close();
  }
}
