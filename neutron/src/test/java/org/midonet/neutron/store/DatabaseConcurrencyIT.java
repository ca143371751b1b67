package org.midonet.neutron.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many virtual threads on one database, of each kind. */
@DatabaseTest
class DatabaseConcurrencyIT {

  private static final int THREADS = 32;

  private final TestDatabase testDatabase;
  private final Database database;

  DatabaseConcurrencyIT(TestDatabase testDatabase) {
    this.testDatabase = testDatabase;
    database = testDatabase.database();
  }

  @BeforeEach
  void makeTable() {
    database.write(tx -> tx.dsl().execute("drop table if exists addresses"));
    database.write(
        tx -> tx.dsl().execute("create table addresses (number integer primary key, n integer)"));
  }

  private static <T> List<T> inParallel(int threads, Callable<T> task) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        futures.add(executor.submit(task));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }

  private static int count(Transaction tx) {
    return tx.dsl().fetchOptional("select count(*) from addresses").orElseThrow().get(0, int.class);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void threadsThatWantTheSameNumberGetDifferentOnes() throws Exception {
    List<Integer> numbers =
        inParallel(
            THREADS,
            () ->
                database.write(tx -> {
                  int next = count(tx);
                  while (true) {
                    int number = next;
                    try {
                      tx.savepoint(part ->
                          part.dsl().execute("insert into addresses values (?, 0)", number));
                      return number;
                    } catch (DuplicateKey e) {
                      next++;
                    }
                  }
                }));
    assertThat(numbers).doesNotHaveDuplicates().hasSize(THREADS);
    assertThat(database.<Integer>read(DatabaseConcurrencyIT::count)).isEqualTo(THREADS);
  }

  @Test
  void transactionsThatDeadlockAreRunAgain() throws Exception {
    database.write(tx -> tx.dsl().execute("insert into addresses values (1, 0), (2, 0)"));
    AtomicInteger turn = new AtomicInteger();
    inParallel(
        8,
        () -> {
          int first = 1 + turn.getAndIncrement() % 2;
          return database.write(tx -> {
            tx.dsl().execute("update addresses set n = n + 1 where number = ?", first);
            return tx.dsl().execute("update addresses set n = n + 1 where number = ?", 3 - first);
          });
        });
    assertThat(
            database.<List<Integer>>read(
                tx -> tx.dsl().fetch("select n from addresses").getValues(0, Integer.class)))
        .containsExactly(8, 8);
  }

  @Test
  void readersAndWritersDoNotWaitForEachOtherForEver() throws Exception {
    AtomicInteger number = new AtomicInteger();
    inParallel(
        100,
        () -> {
          int mine = number.incrementAndGet();
          database.write(tx -> tx.dsl().execute("insert into addresses values (?, 0)", mine));
          return database.read(DatabaseConcurrencyIT::count);
        });
    assertThat(database.<Integer>read(DatabaseConcurrencyIT::count)).isEqualTo(100);
  }

  @Test
  void closingWaitsForWhatIsUnderWayAndRefusesWhatComesAfter() throws Exception {
    Database closing = Database.open(DatabaseSettings.of(testDatabase.url()));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch proceed = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> busy =
          executor.submit(() ->
              closing.write(tx -> {
                begun.countDown();
                awaitUninterruptibly(proceed);
                return tx.dsl().execute("insert into addresses values (1, 0)");
              }));
      begun.await();
      Future<?> closed = executor.submit(closing::close);
      proceed.countDown();
      assertThat(busy.get()).isEqualTo(1);
      closed.get();
    }
    assertThatThrownBy(() -> closing.write(DatabaseConcurrencyIT::count))
        .isInstanceOf(StoreUnavailable.class);
    assertThat(database.<Integer>read(DatabaseConcurrencyIT::count)).isEqualTo(1);
  }
}
