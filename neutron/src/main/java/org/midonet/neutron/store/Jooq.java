package org.midonet.neutron.store;

import org.jooq.conf.Settings;

/** How jOOQ is set up here: as a builder of SQL and nothing else; stateless. */
final class Jooq {

  static {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
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
