package org.midonet.neutron.store;

import org.jooq.Log;
import org.jooq.conf.Settings;
import org.jooq.tools.JooqLogger;

/** How jOOQ is set up here: as a builder of SQL and nothing else; stateless. */
final class Jooq {

  static {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    // It would warn of PostgreSQL versions that our plain statements run on, as the tests show.
    JooqLogger.globalThreshold(Log.Level.ERROR);
  }

  private Jooq() {}

  static Settings settings() {
    return new Settings()
        .withExecuteLogging(false)
        .withFetchWarnings(false)
        .withRenderSchema(false)
        .withRenderCatalog(false)
        .withCachePreparedStatementInLoader(true);
  }
}
