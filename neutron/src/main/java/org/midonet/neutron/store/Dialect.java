package org.midonet.neutron.store;

import org.jooq.SQLDialect;

/** The databases that can hold the store; immutable. */
public enum Dialect {
  /** Built in; one file. */
  SQLITE(SQLDialect.SQLITE),
  /** PostgreSQL 13 or later. */
  POSTGRESQL(SQLDialect.POSTGRES),
  /** MariaDB 10.6 or later, and MySQL 8 through the same driver. */
  MARIADB(SQLDialect.MARIADB);

  private final SQLDialect jooq;

  Dialect(SQLDialect jooq) {
    this.jooq = jooq;
  }

  /** The dialect jOOQ renders SQL in. */
  public SQLDialect jooq() {
    return jooq;
  }
}
