package org.midonet.neutron.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SqliteSmokeTest {
  @Test
  void writesAndReads() {
    try (Database db = Database.open(DatabaseSettings.of("sqlite://"))) {
      db.write(tx -> tx.dsl().execute("create table t (id text primary key, a text unique)"));
      db.write(tx -> tx.dsl().execute("insert into t values (?, ?)", "x", "y"));
      assertThat(db.<Integer>read(tx -> tx.dsl().fetchCount(org.jooq.impl.DSL.table("t"))))
          .isEqualTo(1);
      assertThatThrownBy(
              () -> db.write(tx -> tx.dsl().execute("insert into t values (?, ?)", "z", "y")))
          .isInstanceOfSatisfying(DuplicateKey.class, e -> assertThat(e.isOn("a")).isTrue());
    }
  }
}
