package org.midonet.app;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.midonet.neutron.config.DatabaseConfig;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.config.Secret;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.DatabaseSettings;
import org.midonet.neutron.store.DatabaseUrl;

/** Opens the database that the configuration names; stateless. */
final class Store {
  private static final Duration DEFAULT_POOL_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration NEVER = Duration.ofDays(3650);
  private static final int WITHOUT_END = 0;

  private Store() {}

  /**
   * Opens the database, making the directory of a built-in one.
   *
   * @throws Failure when that directory cannot be made or written to, or the URL is none
   */
  static Database open(NeutronConfig config) {
    if (Settings.isBuiltInDatabase(config)) {
      prepare(config.core().statePath());
    }
    return Database.open(settings(config.database()));
  }

  /**
   * Opens the database with its tables as this program needs them: a built-in one is brought there,
   * another must have been, by {@code midonet db upgrade}.
   */
  static Database openReady(NeutronConfig config) {
    Database database = open(config);
    try {
      if (Settings.isBuiltInDatabase(config)) {
        database.migrate();
      } else if (!database.pendingMigrations().isEmpty()) {
        throw new Failure(
            Failure.FAILED,
            "the tables in the database are older than this program; run: midonet db upgrade");
      }
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static DatabaseSettings settings(DatabaseConfig database) {
    return new DatabaseSettings(
        url(database),
        database.maxPoolSize(),
        database.maxOverflow(),
        database.poolTimeout().orElse(DEFAULT_POOL_TIMEOUT),
        database.connectionRecycleTime() < 0
            ? NEVER
            : Duration.ofSeconds(database.connectionRecycleTime()),
        database.maxRetries() < 0 ? WITHOUT_END : database.maxRetries() + 1,
        database.retryInterval(),
        database.transactionMaxRetries() < 0
            ? Integer.MAX_VALUE
            : database.transactionMaxRetries() + 1,
        database.sqliteSynchronous(),
        database.mysqlSqlMode());
  }

  private static DatabaseUrl url(DatabaseConfig database) {
    String url = database.connection().map(Secret::reveal).orElse("");
    String parameters = database.connectionParameters();
    String joined = parameters.isEmpty() ? url : url + (url.contains("?") ? "&" : "?") + parameters;
    try {
      return DatabaseUrl.parse(joined);
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.BAD_CONFIGURATION, "[database] connection: " + e.getMessage());
    }
  }

  /**
   * Makes the directory of the data, if it is not there.
   *
   * @throws Failure when it cannot be made or written to
   */
  static void prepare(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (AccessDeniedException e) {
      throw unwritable(directory, "permission denied");
    } catch (FileAlreadyExistsException e) {
      throw unwritable(directory, "it is not a directory");
    } catch (FileSystemException e) {
      throw unwritable(directory, e.getReason() == null ? "no reason given" : e.getReason());
    } catch (IOException e) {
      throw unwritable(directory, String.valueOf(e.getMessage()));
    }
    if (!Files.isWritable(directory)) {
      throw unwritable(directory, "permission denied");
    }
  }

  private static Failure unwritable(Path directory, String reason) {
    return new Failure(
        Failure.FAILED,
        "cannot keep data in " + directory + ": " + reason + "; give another with --data-dir");
  }
}
