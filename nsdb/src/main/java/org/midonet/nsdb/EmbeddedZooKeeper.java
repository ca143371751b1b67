package org.midonet.nsdb;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.ServerCnxn;
import org.apache.zookeeper.server.ZKDatabase;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ZooKeeper's own server inside this process, for loopback alone, with its data in a folder. Safe
 * to share.
 *
 * <p>A write is answered when it is on disk; after a kill the next start finds every answered
 * write. Old snapshots and logs are purged each hour. When the disk is full it stops, and begins
 * anew by itself when there is room.
 */
public final class EmbeddedZooKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedZooKeeper.class);

  /** The folder of the files inside the one given. */
  private static final String VERSION = "version-2";

  private static final int TICK_MS = 2_000;
  private static final int BACKLOG = 100;

  /** Transactions between snapshots; a start reads the last snapshot and replays what follows. */
  private static final int SNAPSHOT_EVERY = 5_000;

  private static final int SNAPSHOTS_KEPT = 3;
  private static final int PURGE_HOURS = 1;

  /** Loopback carries the program and its agent; 0 is no limit. */
  private static final int CONNECTIONS_PER_ADDRESS = 0;

  /** A disk with less is full: snapshots and logs grow by megabytes. */
  private static final long ROOM = 4 << 20;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Path folder;
  private final DatadirCleanupManager purge;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile Running running;

  private EmbeddedZooKeeper(Path folder, int port) throws IOException {
    this.folder = folder;
    this.running = start(port);
    File data = folder.toFile();
    this.purge =
        new DatadirCleanupManager(
            new File(data, VERSION), new File(data, VERSION), SNAPSHOTS_KEPT, PURGE_HOURS);
  }

  /**
   * Starts the server; when this returns it takes connections.
   *
   * @param folder where its data is, made when it is not there
   * @param port on loopback; 0 for any that is free
   * @throws IOException if the port is taken or the data cannot be read; the message says which
   */
  public static EmbeddedZooKeeper start(Path folder, int port) throws IOException {
    Jute.raise();
    configure();
    EmbeddedZooKeeper embedded = new EmbeddedZooKeeper(folder, port);
    embedded.purge.start();
    return embedded;
  }

  private Running start(int port) throws IOException {
    try {
      FileTxnSnapLog files = new FileTxnSnapLog(folder.toFile(), folder.toFile());
      ZooKeeperServer server = new Server(files, this::failed);
      NIOServerCnxnFactory connections = new Connections();
      connections.configure(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          CONNECTIONS_PER_ADDRESS,
          BACKLOG,
          false);
      connections.startup(server);
      return new Running(files, server, connections, connections.getLocalPort());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while ZooKeeper started on " + folder, e);
    } catch (IOException e) {
      throw new IOException(
          "ZooKeeper cannot start on port %d with its data in %s: %s"
              .formatted(port, folder.toAbsolutePath(), e.getMessage()),
          e);
    }
  }

  /**
   * By properties, for there is no other way. Responses are not worth keeping for one client, nor a
   * digest of all data where no other server has the same.
   */
  private static void configure() {
    System.getProperties().putIfAbsent(ZooKeeperServer.SNAP_COUNT, "" + SNAPSHOT_EVERY);
    System.getProperties().putIfAbsent(ZooKeeperServer.GET_DATA_RESPONSE_CACHE_SIZE, "0");
    System.getProperties().putIfAbsent(ZooKeeperServer.GET_CHILDREN_RESPONSE_CACHE_SIZE, "0");
    ZooKeeperServer.setDigestEnabled(false);
  }

  /** What clients connect to, as {@code 127.0.0.1:2181}. */
  public String hosts() {
    return "127.0.0.1:" + running.port;
  }

  /** ZooKeeper gives up for good when it cannot write; we begin anew as soon as it can. */
  private void failed() {
    Thread.ofPlatform().name("zookeeper-restart").daemon().start(this::restart);
  }

  private synchronized void restart() {
    Running broken = running;
    if (broken.server.isRunning() || closing.getCount() == 0) {
      return;
    }
    LOG.error(
        "The topology cannot be written to {}, of which {} MiB are free. What is told to MidoNet"
            + " waits until it can",
        folder,
        room() >> 20);
    broken.stop();
    while (!closesWithin(RETRY)) {
      if (room() >= ROOM) {
        try {
          running = start(broken.port);
          LOG.info("The topology can be written to {} again", folder);
          return;
        } catch (IOException e) {
          LOG.warn("The topology still cannot be written: {}", e.getMessage());
        }
      }
    }
  }

  private long room() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE; // trying will tell
    }
  }

  private boolean closesWithin(Duration duration) {
    try {
      return closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Stops the server. What it answered is on disk, and a snapshot makes the next start quick. */
  @Override
  public void close() {
    if (closing.getCount() == 0) {
      return;
    }
    closing.countDown();
    stop();
  }

  private synchronized void stop() {
    purge.shutdown();
    if (running.server.isRunning()) {
      try {
        running.server.takeSnapshot();
      } catch (IOException e) {
        LOG.warn("No snapshot of the topology was written, and the next start is slower", e);
      }
    }
    running.stop();
  }

  /** A server and what it consists of. */
  private record Running(
      FileTxnSnapLog files, ZooKeeperServer server, NIOServerCnxnFactory connections, int port) {
    void stop() {
      connections.shutdown();
      server.shutdown(true);
      try {
        files.close();
      } catch (IOException e) {
        LOG.debug("closing what could not be written", e);
      }
    }
  }

  /** The server without the management beans that nobody here asks for and that slow the start. */
  private static final class Server extends ZooKeeperServer {
    private final Runnable onFailure;

    Server(FileTxnSnapLog files, Runnable onFailure) {
      super(files, TICK_MS, -1, -1, BACKLOG, new Data(files), "");
      this.onFailure = onFailure;
    }

    @Override
    protected void setState(State state) {
      super.setState(state);
      if (state == State.ERROR) {
        onFailure.run();
      }
    }

    /** A failure is never severe, which would end the process: the log has everything as well. */
    @Override
    public File takeSnapshot(boolean sync, boolean isSevere) throws IOException {
      return super.takeSnapshot(sync, false);
    }

    @Override
    protected void registerJMX() {}

    @Override
    protected void unregisterJMX() {}
  }

  /** The data without the last transactions, which are kept for other servers to catch up. */
  private static final class Data extends ZKDatabase {
    Data(FileTxnSnapLog files) {
      super(files);
    }

    @Override
    public void addCommittedProposal(Request request) {}
  }

  /** The connections, likewise without beans. */
  private static final class Connections extends NIOServerCnxnFactory {
    @Override
    public void registerConnection(ServerCnxn connection) {}
  }
}
