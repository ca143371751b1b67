package org.midonet.neutron.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a transaction promises, on each of the databases. */
@DatabaseTest
class DatabaseIT {

  private static final Table<Record> NETWORKS = table(name("networks"));
  private static final Table<Record> PORTS = table(name("ports"));
  private static final Field<String> ID = field(name("id"), String.class);
  private static final Field<String> MAC = field(name("mac_address"), String.class);
  private static final Field<String> NETWORK_ID = field(name("network_id"), String.class);

  private final Database database;

  DatabaseIT(TestDatabase testDatabase) {
    database = testDatabase.database();
  }

  @BeforeEach
  void makeTables() {
    database.write(tx -> {
      for (String sql :
          SqlScript.statements(
              """
              drop table if exists ports; drop table if exists networks;
              create table networks (id ${id} not null primary key) ${table_options};
              create table ports (
                id ${id} not null primary key,
                network_id ${id} not null,
                mac_address ${name} not null,
                constraint uq_ports_mac unique (network_id, mac_address),
                constraint fk_ports_network foreign key (network_id) references networks (id)
              ) ${table_options};
              """,
              tx.dialect())) {
        tx.dsl().execute(sql);
      }
      return 0;
    });
    database.write(tx -> tx.dsl().insertInto(NETWORKS, ID).values("net").execute());
  }

  private static int insertPort(Transaction tx, String network, String mac) {
    return tx.dsl()
        .insertInto(PORTS, ID, NETWORK_ID, MAC)
        .values(UUID.randomUUID().toString(), network, mac)
        .execute();
  }

  private List<String> macs() {
    return database.read(tx -> tx.dsl().select(MAC).from(PORTS).orderBy(MAC).fetch(MAC));
  }

  @Test
  void whatOneTransactionCommitsTheNextSees() {
    database.write(tx -> insertPort(tx, "net", "a"));
    assertThat(macs()).containsExactly("a");
  }

  @Test
  void whatTheBodyThrowsUndoesTheTransactionAndIsThrownOn() {
    IllegalArgumentException thrown = new IllegalArgumentException("body's own");
    assertThatThrownBy(() ->
            database.write(tx -> {
              insertPort(tx, "net", "a");
              throw thrown;
            }))
        .isSameAs(thrown);
    assertThat(macs()).isEmpty();
  }

  @Test
  void duplicateKeyNamesItsColumns() {
    database.write(tx -> insertPort(tx, "net", "a"));
    assertThatThrownBy(() -> database.write(tx -> insertPort(tx, "net", "a")))
        .isInstanceOfSatisfying(
            DuplicateKey.class,
            e -> {
              assertThat(e.columns()).containsExactly("network_id", "mac_address");
              assertThat(e.table()).isEqualTo("ports");
              assertThat(e.isOn("mac_address")).isTrue();
            });
  }

  @Test
  void duplicatePrimaryKeyNamesTableAndColumn() {
    assertThatThrownBy(
            () -> database.write(tx -> tx.dsl().insertInto(NETWORKS, ID).values("net").execute()))
        .isInstanceOfSatisfying(
            DuplicateKey.class,
            e -> {
              assertThat(e.table()).isEqualTo("networks");
              assertThat(e.columns()).containsExactly("id");
            });
  }

  @Test
  void duplicateInABatchIsToldAlike() {
    assertThatThrownBy(() ->
            database.write(tx ->
                tx.dsl()
                    .batch(tx.dsl().insertInto(NETWORKS, ID).values((String) null))
                    .bind("x")
                    .bind("net")
                    .execute()))
        .isInstanceOf(DuplicateKey.class);
  }

  @Test
  void rowThatRefersToNothingIsRefused() {
    assertThatThrownBy(() -> database.write(tx -> insertPort(tx, "no such", "a")))
        .isInstanceOf(ReferenceViolation.class);
  }

  @Test
  void rowReferredToCannotBeRemoved() {
    database.write(tx -> insertPort(tx, "net", "a"));
    assertThatThrownBy(() -> database.write(tx -> tx.dsl().deleteFrom(NETWORKS).execute()))
        .isInstanceOf(ReferenceViolation.class);
  }

  @Test
  void namesThatDifferInCaseAreDifferent() {
    database.write(tx -> insertPort(tx, "net", "a"));
    database.write(tx -> insertPort(tx, "net", "A"));
    database.write(tx -> insertPort(tx, "net", "\ud83d\ude00 \u00e9"));
    assertThat(macs()).containsExactly("A", "a", "\ud83d\ude00 \u00e9");
  }

  @Test
  void savepointUndoesItsPartAlone() {
    List<String> actions = new ArrayList<>();
    database.write(tx -> {
      insertPort(tx, "net", "a");
      tx.afterCommit(() -> actions.add("outer committed"));
      assertThatThrownBy(() ->
              tx.savepoint(part -> {
                insertPort(part, "net", "b");
                part.afterCommit(() -> actions.add("inner committed"));
                part.afterRollback(() -> actions.add("inner undone"));
                return insertPort(part, "net", "a");
              }))
          .isInstanceOfSatisfying(
              DuplicateKey.class, e -> assertThat(e.isOn("mac_address")).isTrue());
      return insertPort(tx, "net", "c");
    });
    assertThat(macs()).containsExactly("a", "c");
    assertThat(actions).containsExactly("inner undone", "outer committed");
  }

  @Test
  void retryRunsTheBodyAgainOnACleanSlate() {
    AtomicInteger attempts = new AtomicInteger();
    List<String> actions = new ArrayList<>();
    database.write(tx -> {
      insertPort(tx, "net", "a");
      int attempt = attempts.incrementAndGet();
      tx.afterCommit(() -> actions.add("committed " + attempt));
      tx.afterRollback(() -> actions.add("undone " + attempt));
      if (attempt < 3) {
        throw new RetryTransaction(new IllegalStateException("lost the race"));
      }
      return attempt;
    });
    assertThat(macs()).containsExactly("a");
    assertThat(actions).containsExactly("undone 1", "undone 2", "committed 3");
  }

  @Test
  void retriesEndWithTheErrorGiven() {
    IllegalStateException giveUp = new IllegalStateException("no address left");
    AtomicInteger attempts = new AtomicInteger();
    assertThatThrownBy(() ->
            database.write(tx -> {
              attempts.incrementAndGet();
              throw new RetryTransaction(giveUp);
            }))
        .isSameAs(giveUp);
    assertThat(attempts).hasValue(21);
  }

  @Test
  void transactionWithinATransactionIsRefused() {
    assertThatThrownBy(() -> database.write(tx -> database.read(inner -> 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("savepoint");
  }

  @Test
  void actionAfterTheCommitMayOpenATransaction() {
    database.write(tx -> {
      tx.afterCommit(() -> database.write(next -> insertPort(next, "net", "b")));
      return insertPort(tx, "net", "a");
    });
    assertThat(macs()).containsExactly("a", "b");
  }

  @Test
  void interruptedWriterLeavesTheDatabaseUsable() {
    Thread.currentThread().interrupt();
    try {
      database.write(tx -> insertPort(tx, "net", "a"));
    } catch (StoreUnavailable e) {
      assertThat(e).hasMessageContaining("nterrupt");
    }
    assertThat(Thread.interrupted()).isTrue();
    database.write(tx -> insertPort(tx, "net", "b"));
    assertThat(macs()).contains("b");
  }

  @Test
  void readTransactionCannotWrite() {
    if (database.dialect() != Dialect.MARIADB) {
      assertThatThrownBy(() -> database.read(tx -> insertPort(tx, "net", "a")))
          .isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void errorOfTheBodyThatHasADatabaseErrorAsCauseStays() {
    database.write(tx -> insertPort(tx, "net", "a"));
    assertThatThrownBy(() ->
            database.write(tx -> {
              try {
                return tx.savepoint(part -> insertPort(part, "net", "a"));
              } catch (DuplicateKey e) {
                throw new IllegalArgumentException("MAC in use", e);
              }
            }))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
