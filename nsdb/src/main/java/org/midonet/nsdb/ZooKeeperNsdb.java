package org.midonet.nsdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.midonet.nsdb.NsdbException.Kind;

/**
 * The store on ZooKeeper: an ensemble, or the embedded server. Safe to share.
 *
 * <p>All of the topology is in memory; {@link Replica} keeps it there, {@link Committer} writes.
 */
public final class ZooKeeperNsdb implements Nsdb {
  final ZooKeeperConnection connection;
  final Znodes znodes;
  private final Replica replica;
  private final Committer committer;
  private final Ephemerals ephemerals;
  private final ConcurrentLinkedQueue<Candidate> candidates = new ConcurrentLinkedQueue<>();

  private ZooKeeperNsdb(
      ZooKeeperConnection connection,
      Znodes znodes,
      Replica replica,
      Committer committer,
      Ephemerals ephemerals) {
    this.connection = connection;
    this.znodes = znodes;
    this.replica = replica;
    this.committer = committer;
    this.ephemerals = ephemerals;
  }

  /**
   * Connects and reads everything.
   *
   * @throws NsdbException of kind UNAVAILABLE when no server answers in time, of kind FOREIGN when
   *     there is a topology that this program did not make
   */
  public static ZooKeeperNsdb open(ZooKeeperConfig config) {
    ZooKeeperConnection connection = ZooKeeperConnection.open(config);
    try {
      Znodes znodes = new Znodes(config.root());
      Ephemerals ephemerals = new Ephemerals(connection, znodes);
      Loader loader = new Loader(connection, znodes);
      loader.prepare();
      Replica replica = new Replica(connection, znodes, loader, ephemerals);
      replica.start();
      Committer committer = new Committer(config, connection, znodes, replica);
      return new ZooKeeperNsdb(connection, znodes, replica, committer, ephemerals);
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public boolean isConnected() {
    return connection.curator().getZookeeperClient().isConnected();
  }

  @Override
  public Topology topology() {
    return replica.present();
  }

  @Override
  public Commit store(Function<Topology, Commit> plan) {
    return committer.commit(plan);
  }

  @Override
  public Subscription watch(Watcher watcher) {
    return replica.watch(watcher);
  }

  @Override
  public <K, V> void learn(StateTable<K, V> table, K key, V value) {
    ephemerals.learn(table, key, value);
  }

  @Override
  public <K, V> void forget(StateTable<K, V> table, K key, V value) {
    ephemerals.forget(table, key, value);
  }

  @Override
  public void publish(Collection<StateKey> keys, UUID owner, String value) {
    ephemerals.publish(keys, owner, value);
  }

  @Override
  public void withdraw(Collection<StateKey> keys, UUID owner) {
    ephemerals.withdraw(keys, owner);
  }

  @Override
  public Candidacy runFor(String role) {
    LeaderLatch latch = new LeaderLatch(connection.curator(), znodes.leader(role));
    try {
      latch.start();
    } catch (Exception e) { // as the signature of Curator has it
      throw new NsdbException(Kind.UNAVAILABLE, "Cannot run for the role " + role + ".", e);
    }
    Candidate candidate = new Candidate(latch);
    candidates.add(candidate);
    return candidate;
  }

  @Override
  public PortBlocks portBlocks(UUID hostId) {
    return new ZooKeeperPortBlocks(connection, znodes, hostId);
  }

  @Override
  public Set<String> corrupt() {
    return replica.corrupt();
  }

  @Override
  public void discard(Set<String> paths) {
    replica.lock.lock();
    try {
      replica.reload();
      List<String> still = paths.stream().filter(replica.corrupt()::contains).toList();
      still.forEach(connection::delete);
      if (!still.isEmpty()) {
        new Loader(connection, znodes).prepare(); // a sequence begins anew
        replica.reload();
      }
    } finally {
      replica.lock.unlock();
    }
  }

  @Override
  public void close() {
    candidates.forEach(Candidate::close);
    replica.close();
    connection.close();
  }

  private record Candidate(LeaderLatch latch) implements Candidacy {
    @Override
    public boolean isLeader() {
      return latch.hasLeadership();
    }

    @Override
    public void close() {
      try {
        if (latch.getState() == LeaderLatch.State.STARTED) {
          latch.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
