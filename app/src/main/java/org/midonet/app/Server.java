package org.midonet.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.midonet.neutron.config.ApiConfig;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.server.NeutronServer;
import org.midonet.neutron.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program: the database and the API on it; safe to share. */
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Database database;
  private final NeutronServer api;

  private Server(Database database, NeutronServer api) {
    this.database = database;
    this.api = api;
  }

  /**
   * Opens everything that the configuration asks for; the server answers when this returns.
   *
   * @throws Failure when some part cannot start; what was opened is closed again
   */
  static Server start(NeutronConfig config) {
    Wiring wiring = Wiring.of(config);
    LOG.info(wiring.client().describe());
    requireFree(config.api());
    Database database = Store.openReady(config);
    try {
      return new Server(database, NeutronServer.start(config, database, wiring.plugins()));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  int port() {
    return api.port();
  }

  /** Lets running requests end, then closes the database. */
  @Override
  public void close() {
    api.close();
    database.close();
  }

  /** The web server tells nobody why it could not bind, so that is tried beforehand. */
  private static void requireFree(ApiConfig api) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(api.bindHost(), api.bindPort()));
    } catch (IOException | RuntimeException e) {
      throw Failure.cannotListen(api.bindHost(), api.bindPort(), e);
    }
  }
}
