package org.midonet.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.nsdb.EmbeddedZooKeeper;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.ZooKeeperConfig;
import org.midonet.nsdb.ZooKeeperNsdb;

/**
 * Opens the topology store that the configuration asks for: on an ensemble, or on ZooKeeper in this
 * process, whose folder no other process may have. Safe to share between threads.
 */
final class TopologyStore implements AutoCloseable {
  private static final String FOLDER = "zookeeper";
  private static final int ANY_PORT = 0;

  private final @Nullable String hosts;
  private final String rootKey;
  private final Path folder;

  // Guarded by this.
  private @Nullable FileChannel lock;
  private @Nullable EmbeddedZooKeeper server;
  private @Nullable Nsdb nsdb;
  private boolean closed;

  private TopologyStore(@Nullable String hosts, String rootKey, Path folder) {
    this.hosts = hosts;
    this.rootKey = rootKey;
    this.folder = folder;
  }

  /**
   * The store; nothing runs yet.
   *
   * @throws Failure when another process has the folder of the built-in ZooKeeper
   */
  static TopologyStore of(NeutronConfig config) {
    TopologyStore store =
        new TopologyStore(
            config.midonet().zookeeperHosts().orElse(null),
            config.midonet().zookeeperRootKey(),
            config.core().statePath().resolve(FOLDER));
    if (store.isOurs()) {
      Store.prepare(config.core().statePath());
      store.claim();
    }
    return store;
  }

  /** Whether no other process can use it. */
  boolean isOurs() {
    return hosts == null;
  }

  private synchronized void claim() {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock claimed = tryLock(channel);
      if (claimed == null) {
        channel.close();
        throw new Failure(
            Failure.FAILED,
            "another midonet uses the data in %s already; stop it or give another --data-dir"
                .formatted(folder.getParent()));
      }
      lock = channel;
    } catch (IOException e) {
      throw new Failure(Failure.FAILED, "cannot keep the topology in " + folder + ": " + e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // by this process
    }
  }

  /**
   * The store, opened if it was not yet.
   *
   * @throws NsdbException of kind UNAVAILABLE when it cannot be reached at the moment
   */
  synchronized Nsdb get() {
    if (closed) {
      throw new NsdbException(NsdbException.Kind.UNAVAILABLE, "The program ends.");
    }
    Nsdb opened = nsdb;
    if (opened == null) {
      opened = ZooKeeperNsdb.open(rooted(target()));
      nsdb = opened;
    }
    return opened;
  }

  private ZooKeeperConfig target() {
    if (hosts != null) {
      return ZooKeeperConfig.of(hosts);
    }
    EmbeddedZooKeeper running = server;
    if (running == null) {
      try {
        running = EmbeddedZooKeeper.start(folder, ANY_PORT);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server = running;
    }
    return ZooKeeperConfig.of(running);
  }

  private ZooKeeperConfig rooted(ZooKeeperConfig config) {
    return new ZooKeeperConfig(
        config.hosts(),
        rootKey,
        config.sessionTimeout(),
        config.timeout(),
        config.maxTransaction());
  }

  /** In the reverse order of their start. */
  @Override
  public synchronized void close() {
    closed = true;
    if (nsdb != null) {
      nsdb.close();
    }
    try {
      if (server != null) {
        server.close();
      }
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
