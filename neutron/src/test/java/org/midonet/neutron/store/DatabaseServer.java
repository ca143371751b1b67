package org.midonet.neutron.store;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL or MariaDB server of the Debian package, in a directory and on a loopback port of
 * its own; one per JVM and kind, stopped when the JVM ends. Safe to share between threads.
 */
final class DatabaseServer {

  private static final Map<Dialect, DatabaseServer> RUNNING = new EnumMap<>(Dialect.class);
  private static final Set<Dialect> FAILED = EnumSet.noneOf(Dialect.class);
  private static final String USER = "neutron";

  private final Dialect dialect;
  private final Path directory;
  private final int port;
  private @Nullable Process process;

  private DatabaseServer(Dialect dialect, Path directory, int port) {
    this.dialect = dialect;
    this.directory = directory;
    this.port = port;
  }

  /** The server of this kind, started at first use; skips the test where it is not installed. */
  static synchronized DatabaseServer running(Dialect dialect) {
    DatabaseServer server = RUNNING.get(dialect);
    if (server == null) {
      Assumptions.assumeFalse(
          FAILED.contains(dialect), () -> dialect + " did not start, as an earlier test reports");
      FAILED.add(dialect);
      server = create(dialect);
      RUNNING.put(dialect, server);
      FAILED.remove(dialect);
    }
    return server;
  }

  private static DatabaseServer create(Dialect dialect) {
    try {
      DatabaseServer server =
          new DatabaseServer(dialect, Files.createTempDirectory("dbserver"), freePort());
      server.initialise();
      Runtime.getRuntime().addShutdownHook(new Thread(server::remove));
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void initialise() throws IOException {
    if (dialect == Dialect.POSTGRESQL) {
      String initdb = binary("initdb", "postgresql").toString();
      if (isRoot()) {
        run(List.of("chown", "postgres:", directory.toString()));
      }
      List<String> command = new ArrayList<>(List.of(initdb, "-D", data(), "-A", "trust"));
      command.addAll(List.of("-U", USER, "-E", "UTF8", "-N"));
      // As installations have it: text sorts by a language unless a column says otherwise.
      command.addAll(List.of("--locale-provider=icu", "--icu-locale=en-US"));
      run(unprivileged(command));
    } else {
      List<String> command = new ArrayList<>();
      command.add(binary("mariadb-install-db", "mariadb-server").toString());
      command.addAll(List.of("--no-defaults", "--datadir=" + data(), "--skip-test-db"));
      command.add("--auth-root-authentication-method=normal");
      if (isRoot()) {
        run(List.of("chown", "mysql:", directory.toString()));
        command.add("--user=mysql");
      }
      run(command);
    }
  }

  /** Starts the server and returns when it takes connections. */
  void start() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(serverCommand());
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile());
    process = builder.start();
    Awaitility.await("server in " + directory)
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> {
          admin().close();
          return true;
        });
  }

  private List<String> serverCommand() {
    if (dialect == Dialect.POSTGRESQL) {
      return unprivileged(
          List.of(
              binary("postgres", "postgresql").toString(),
              "-D",
              data(),
              "-p",
              String.valueOf(port),
              "-c",
              "listen_addresses=127.0.0.1",
              "-c",
              "unix_socket_directories=",
              "-c",
              "fsync=off"));
    }
    List<String> command = new ArrayList<>();
    command.add(binary("mariadbd", "mariadb-server").toString());
    command.addAll(List.of("--no-defaults", "--datadir=" + data(), "--port=" + port));
    command.addAll(List.of("--bind-address=127.0.0.1", "--socket=" + directory + "/socket"));
    command.addAll(List.of("--pid-file=" + directory + "/pid", "--skip-log-bin"));
    command.add("--innodb-flush-log-at-trx-commit=0");
    if (isRoot()) {
      command.add("--user=mysql");
    }
    return command;
  }

  /** Stops the server as an operator's restart would, connections notwithstanding. */
  void stop() {
    Process running = process;
    if (running == null || !running.isAlive()) {
      return;
    }
    try {
      // To PostgreSQL, SIGTERM would mean to wait for clients to leave.
      String signal = dialect == Dialect.POSTGRESQL ? "-INT" : "-TERM";
      new ProcessBuilder("kill", signal, String.valueOf(running.pid())).start().waitFor();
      if (!running.waitFor(30, TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void remove() {
    stop();
    deleteTree(directory);
  }

  /** Makes an empty database and returns its URL in SQLAlchemy's form. */
  String createDatabase(String name) {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return dialect == Dialect.POSTGRESQL
        ? "postgresql://" + USER + "@127.0.0.1:" + port + "/" + name
        : "mysql+pymysql://root@127.0.0.1:" + port + "/" + name + "?charset=utf8";
  }

  private Connection admin() throws SQLException {
    return dialect == Dialect.POSTGRESQL
        ? DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, "")
        : DriverManager.getConnection(
            "jdbc:mariadb://127.0.0.1:" + port + "/mysql?sslMode=disable", "root", "");
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  /** PostgreSQL refuses to run as root. */
  private static List<String> unprivileged(List<String> command) {
    if (!isRoot()) {
      return command;
    }
    List<String> wrapped =
        new ArrayList<>(
            List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
    wrapped.addAll(command);
    return wrapped;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static Path binary(String name, String debianPackage) {
    List<Path> places = new ArrayList<>();
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      versions.map(version -> version.resolve("bin")).forEach(places::add);
    } catch (IOException e) {
      // No PostgreSQL there; it may be on the PATH.
    }
    places.addAll(List.of(Path.of("/usr/sbin"), Path.of("/usr/bin")));
    for (String place : System.getenv("PATH").split(File.pathSeparator, -1)) {
      places.add(Path.of(place));
    }
    List<Path> found =
        places.stream().map(place -> place.resolve(name)).filter(Files::isExecutable).toList();
    Assumptions.assumeFalse(
        found.isEmpty(), () -> "needs the Debian package " + debianPackage + ": no " + name);
    return found.getFirst();
  }

  private void run(List<String> command) throws IOException {
    Path log = directory.resolveSibling(directory.getFileName() + ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
    Process run = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (run.waitFor() != 0) {
        throw new IOException(command + " failed: " + Files.readString(log));
      }
      Files.delete(log);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static void deleteTree(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // Left in the temporary directory.
    }
  }
}
