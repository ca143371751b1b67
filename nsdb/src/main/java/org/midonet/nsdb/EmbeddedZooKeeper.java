package org.midonet.nsdb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.zookeeper.server.DatadirCleanupManager;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.ServerCnxn;
import org.apache.zookeeper.server.ZKDatabase;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/**
 * ZooKeeper's own server inside this process, for loopback alone, with its data in a folder. Safe
 * to share.
 *
 * <p>A write is answered when it is on disk; after a kill the next start finds every answered
 * write. Old snapshots and logs are purged each hour.
 */
public final class EmbeddedZooKeeper implements AutoCloseable {
  private static final int TICK_MS = 2_000;
  private static final int BACKLOG = 100;

  /** Transactions between snapshots; a start reads the last snapshot and replays what follows. */
  private static final int SNAPSHOT_EVERY = 5_000;

  private static final int SNAPSHOTS_KEPT = 3;
  private static final int PURGE_HOURS = 1;

  /** Loopback carries the program and its agent; 0 is no limit. */
  private static final int CONNECTIONS_PER_ADDRESS = 0;

  private final FileTxnSnapLog files;
  private final ZooKeeperServer server;
  private final NIOServerCnxnFactory connections;
  private final DatadirCleanupManager purge;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedZooKeeper(
      FileTxnSnapLog files,
      ZooKeeperServer server,
      NIOServerCnxnFactory connections,
      DatadirCleanupManager purge) {
    this.files = files;
    this.server = server;
    this.connections = connections;
    this.purge = purge;
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
    String data = folder.toAbsolutePath().toString();
    try {
      FileTxnSnapLog files = new FileTxnSnapLog(folder.toFile(), folder.toFile());
      DatadirCleanupManager purge =
          new DatadirCleanupManager(
              files.getSnapDir(), files.getDataLogDir(), SNAPSHOTS_KEPT, PURGE_HOURS);
      configure();
      ZooKeeperServer server = new Server(files);
      NIOServerCnxnFactory connections = new Connections();
      connections.configure(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
          CONNECTIONS_PER_ADDRESS,
          BACKLOG,
          false);
      EmbeddedZooKeeper embedded = new EmbeddedZooKeeper(files, server, connections, purge);
      connections.startup(server);
      purge.start();
      return embedded;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while ZooKeeper started on " + data, e);
    } catch (IOException e) {
      throw new IOException(
          "ZooKeeper cannot start on port %d with its data in %s: %s"
              .formatted(port, data, e.getMessage()),
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
    return "127.0.0.1:" + connections.getLocalPort();
  }

  /** Stops the server. What it answered is on disk, and a snapshot makes the next start quick. */
  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    purge.shutdown();
    server.takeSnapshot();
    connections.shutdown();
    server.shutdown(true);
    files.close();
  }

  /** The server without the management beans that nobody here asks for and that slow the start. */
  private static final class Server extends ZooKeeperServer {
    Server(FileTxnSnapLog files) {
      super(files, TICK_MS, -1, -1, BACKLOG, new Data(files), "");
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
