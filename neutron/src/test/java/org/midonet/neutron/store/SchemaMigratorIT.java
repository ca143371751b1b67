package org.midonet.neutron.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.table;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Migrations on each of the databases. */
@DatabaseTest
class SchemaMigratorIT {

  private static final Migrations TWO = Migrations.in("test-migrations");

  private final TestDatabase testDatabase;
  private final Database database;

  SchemaMigratorIT(TestDatabase testDatabase) {
    this.testDatabase = testDatabase;
    database = testDatabase.database();
  }

  @BeforeEach
  void dropTables() {
    for (String name : List.of("schema_version", "ports", "networks", "half")) {
      database.write(tx -> tx.dsl().execute("drop table if exists " + name));
    }
  }

  private static Migrations with(Migration... more) {
    return new Migrations(
        IntStream.range(0, 2 + more.length)
            .mapToObj(i -> i < 2 ? TWO.list().get(i) : more[i - 2])
            .toList());
  }

  @Test
  void pendingMigrationsAreAppliedOnce() {
    SchemaMigrator migrator = new SchemaMigrator(database, TWO);
    assertThat(migrator.version()).isZero();
    assertThat(migrator.pending()).hasSize(2);
    assertThat(migrator.migrate()).isEqualTo(2);
    assertThat(migrator.migrate()).isZero();
    assertThat(migrator.version()).isEqualTo(2);
    assertThat(database.<Integer>read(tx -> tx.dsl().fetchCount(table("ports")))).isZero();
  }

  @Test
  void severalServersMayMigrateAtOnce() {
    try (Database other = Database.open(DatabaseSettings.of(testDatabase.url()))) {
      int applied =
          List.of(database, other, database, other).parallelStream()
              .mapToInt(each -> new SchemaMigrator(each, TWO).migrate())
              .sum();
      assertThat(applied).isEqualTo(2);
    }
  }

  @Test
  void databaseNewerThanTheProgramIsRefused() {
    new SchemaMigrator(database, TWO).migrate();
    SchemaMigrator older = new SchemaMigrator(database, new Migrations(TWO.list().subList(0, 1)));
    assertThatThrownBy(older::migrate)
        .isInstanceOf(SchemaMismatch.class)
        .hasMessageContaining("version 2, newer than this program, which knows up to 1");
  }

  @Test
  void migrationChangedAfterItWasAppliedIsRefused() {
    new SchemaMigrator(database, TWO).migrate();
    Migration changed = new Migration(2, "V002__add_ports.sql", "select 1");
    SchemaMigrator migrator =
        new SchemaMigrator(database, new Migrations(List.of(TWO.list().getFirst(), changed)));
    assertThatThrownBy(migrator::pending)
        .isInstanceOf(SchemaMismatch.class)
        .hasMessageContaining("V002__add_ports.sql");
  }

  @Test
  void migrationThatFailsNamesItselfAndItsStatement() {
    Migration broken =
        Migration.of("V003__broken.sql", "create table half (id ${id}); create nonsense;");
    SchemaMigrator migrator = new SchemaMigrator(database, with(broken));
    assertThatThrownBy(migrator::migrate)
        .isInstanceOf(SchemaMismatch.class)
        .hasMessageContaining("V003__broken.sql")
        .hasMessageContaining("create nonsense");
    if (database.dialect() == Dialect.MARIADB) {
      assertThatThrownBy(migrator::migrate)
          .isInstanceOf(SchemaMismatch.class)
          .hasMessageContaining("begun and not finished");
    } else {
      Migration repaired = Migration.of("V003__broken.sql", "create table half (id ${id});");
      assertThat(new SchemaMigrator(database, with(repaired)).migrate()).isEqualTo(1);
    }
  }
}
