package org.midonet.app;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.midonet.app.metrics.Metrics;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.server.NeutronServer;
import org.midonet.neutron.store.Database;
import org.midonet.nsdb.Nsdb;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program: the database, the API on it, and the MidoNet beside it; safe to share. */
final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Database database;
  private final NeutronServer api;

  private final @Nullable BuiltIn builtIn;

  private Server(Database database, NeutronServer api, @Nullable BuiltIn builtIn) {
    this.database = database;
    this.api = api;
    this.builtIn = builtIn;
  }

  /**
   * Opens everything that the configuration asks for; the server answers when this returns.
   *
   * @param imports whether the built-in MidoNet, if that is the one to tell, is to be run here
   *     rather than by a {@code midonet cluster}
   * @throws Failure when some part cannot start; what was opened is closed again
   */
  static Server start(NeutronConfig config, boolean imports) {
    return start(config, imports, new Metrics(Version.text()));
  }

  /** The same, with metrics that tell what it does. */
  static Server start(NeutronConfig config, boolean imports, Metrics metrics) {
    Listening.requireFree(config.api());
    if (!config.midonet().isBuiltIn()) {
      return start(config, Wiring.of(config, BuiltInMidonet.none()), null, metrics);
    }
    BuiltIn builtIn = BuiltIn.of(config, imports, metrics);
    try {
      return start(config, Wiring.of(config, builtIn), builtIn, metrics);
    } catch (RuntimeException e) {
      builtIn.close();
      throw e;
    }
  }

  private static Server start(
      NeutronConfig config, Wiring wiring, @Nullable BuiltIn builtIn, Metrics metrics) {
    LOG.info(wiring.client().describe());
    if (builtIn != null) {
      builtIn.open();
    }
    Database database = Store.openReady(config);
    try {
      NeutronServer api =
          NeutronServer.start(config, database, wiring.plugins(), metrics.requests());
      metrics.database(database::connections);
      if (builtIn != null) {
        builtIn.start(database, api.core().sessions(), wiring);
      }
      return new Server(database, api, builtIn);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Waits for the topology of the built-in MidoNet; null where another one is told. */
  @Nullable Supplier<Nsdb> topology() {
    BuiltIn beside = builtIn;
    return beside == null ? null : beside::nsdb;
  }

  /** The same where the built-in MidoNet is known to be the one to tell. */
  Supplier<Nsdb> requireTopology() {
    return Objects.requireNonNull(topology());
  }

  int port() {
    return api.port();
  }

  /** Lets running requests end, then MidoNet, and closes the database. */
  @Override
  public void close() {
    api.close();
    if (builtIn != null) {
      builtIn.close();
    }
    database.close();
  }
}
