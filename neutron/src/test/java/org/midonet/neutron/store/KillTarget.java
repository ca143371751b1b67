package org.midonet.neutron.store;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The program that {@link KillIT} kills: writes rows from eight threads without end, and says each
 * row's id on standard output once the store has acknowledged it. Its argument is the URL.
 */
final class KillTarget {

  private static final int WRITERS = 8;
  private static final Object OUT = new Object();

  private KillTarget() {}

  static void createTables(Database database) {
    database.write(tx -> tx.dsl().execute("create table a (id varchar(36) primary key)"));
    database.write(tx ->
        tx.dsl()
            .execute(
                "create table b (id varchar(36) primary key, filler varchar(1000) not null,"
                    + " foreign key (id) references a (id))"));
  }

  public static void main(String[] args) {
    Database database = Database.open(DatabaseSettings.of(args[0]));
    for (int i = 1; i < WRITERS; i++) {
      Thread.startVirtualThread(() -> write(database));
    }
    write(database);
  }

  private static void write(Database database) {
    String filler = "x".repeat(700);
    while (true) {
      String id = UUID.randomUUID().toString();
      database.write(tx -> {
        tx.dsl().execute("insert into a values (?)", id);
        return tx.dsl().execute("insert into b values (?, ?)", id, filler);
      });
      byte[] line = (id + "\n").getBytes(StandardCharsets.US_ASCII);
      synchronized (OUT) {
        System.out.write(line, 0, line.length);
        System.out.flush();
      }
    }
  }
}
