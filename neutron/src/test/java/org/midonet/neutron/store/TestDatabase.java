package org.midonet.neutron.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A database of its own for one test class; not thread-safe. Closed by JUnit after the class. */
public final class TestDatabase implements AutoCloseable {

  private final Dialect dialect;
  private @Nullable Path directory;
  private @Nullable String url;
  private @Nullable Database database;
  private @Nullable Object attached;
  private Runnable closeAttached = () -> {};

  TestDatabase(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Which database this is. */
  public Dialect dialect() {
    return dialect;
  }

  /** The database, open and without tables; skips the test where its server cannot be had. */
  public Database database() {
    Database open = database;
    if (open == null) {
      open = Database.open(DatabaseSettings.of(url()));
      database = open;
    }
    return open;
  }

  /** The database with the tables of this program. */
  public Database migrated() {
    Database open = database();
    open.migrate();
    return open;
  }

  /** Its URL in SQLAlchemy's form, for opening it once more. */
  public String url() {
    String known = url;
    if (known == null) {
      known =
          switch (dialect) {
            case SQLITE -> sqlite();
            case POSTGRESQL, MARIADB -> server().createDatabase(name());
          };
      url = known;
    }
    return known;
  }

  /** The URL of one more empty database like this one. */
  public String another() {
    return dialect == Dialect.SQLITE ? sqlite() : server().createDatabase(name());
  }

  /** What works on it, made from its URL at first use and closed before it. */
  public <T> T attached(Class<T> type, Function<String, T> maker, Consumer<T> closer) {
    if (attached == null) {
      T made = maker.apply(url());
      attached = made;
      closeAttached = () -> closer.accept(made);
    }
    return type.cast(attached);
  }

  /** The server behind it. */
  DatabaseServer server() {
    String asked = System.getProperty("test.databases", "sqlite");
    Assumptions.assumeTrue(
        asked.equals("all"), () -> dialect + " runs with -Pci or -Dtest.databases=all only");
    return DatabaseServer.running(dialect);
  }

  private static String name() {
    return "t" + UUID.randomUUID().toString().replace("-", "");
  }

  private String sqlite() {
    try {
      Path known = directory;
      Path home = known == null ? Files.createTempDirectory("sqlite") : known;
      directory = home;
      return "sqlite:///" + home.resolve(name() + ".db");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    closeAttached.run();
    if (database != null) {
      database.close();
    }
    if (directory != null) {
      DatabaseServer.deleteTree(directory);
    }
  }

  @Override
  public String toString() {
    return dialect.toString();
  }
}
