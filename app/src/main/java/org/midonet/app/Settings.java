package org.midonet.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.midonet.neutron.config.MetricsConfig;
import org.midonet.neutron.config.MidonetConfig;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.plugin.client.builtin.BuiltInMidonet;

/**
 * Makes the configuration from files, command line and, where no file is given, what suits a first
 * try; stateless.
 *
 * <p>A first try needs nothing: no Keystone, the loopback address, SQLite in {@code ./var}. Since
 * everybody is let in then, it listens on loopback addresses only. A file that says {@code
 * auth_strategy = noauth} may listen anywhere.
 */
final class Settings {
  private static final Path FIRST_TRY_DATA = Path.of("var");

  /** Whoever takes any port for one API takes it for the other, unless he names that one. */
  private static final int ANY_PORT = 0;

  private Settings() {}

  /** What the command line sets besides files. */
  record CommandLine(
      Optional<Path> dataDir, Optional<String> bindHost, Optional<Integer> bindPort) {
    static final CommandLine NOTHING =
        new CommandLine(Optional.empty(), Optional.empty(), Optional.empty());
  }

  static NeutronConfig resolve(ConfigFiles files, CommandLine line) {
    NeutronConfig config = tool(files, line);
    check(files, config);
    return config;
  }

  /** For a tool that looks at the database and needs no plugin. */
  static NeutronConfig tool(ConfigFiles files, CommandLine line) {
    Map<String, String> overrides = new HashMap<>();
    if (!files.areGiven()) {
      firstTry(overrides);
    }
    line.dataDir().ifPresent(dir -> overrides.put("DEFAULT.state_path", literal(dir)));
    line.bindHost().ifPresent(host -> overrides.put("DEFAULT.bind_host", host));
    line.bindPort().ifPresent(port -> overrides.put("DEFAULT.bind_port", String.valueOf(port)));
    NeutronConfig config = files.load(overrides);
    if (config.api().bindPort() == ANY_PORT
        && config.midonet().clusterApiPort() == MidonetConfig.CLUSTER_API) {
      overrides.put("MIDONET.cluster_api_port", String.valueOf(ANY_PORT));
      config = files.load(overrides);
    }
    if (config.api().bindPort() == ANY_PORT && config.metrics().port() == MetricsConfig.PORT) {
      overrides.put("MIDONET.metrics_port", String.valueOf(ANY_PORT));
      config = files.load(overrides);
    }
    if (config.database().connection().isEmpty()) {
      overrides.put("database.connection", sqlite(config.core().statePath()));
      config = files.load(overrides);
    }
    return config;
  }

  /** Whether the data lie in a SQLite file of our own choice. */
  static boolean isBuiltInDatabase(NeutronConfig config) {
    return config
        .database()
        .connection()
        .filter(url -> url.reveal().startsWith("sqlite"))
        .isPresent();
  }

  private static void firstTry(Map<String, String> overrides) {
    overrides.put("DEFAULT.auth_strategy", "noauth");
    overrides.put("DEFAULT.bind_host", "127.0.0.1");
    overrides.put("DEFAULT.state_path", literal(FIRST_TRY_DATA));
    overrides.put("DEFAULT.core_plugin", "midonet_v2");
    overrides.put("DEFAULT.service_plugins", "midonet_l3");
  }

  private static void check(ConfigFiles files, NeutronConfig config) {
    Wiring.of(config, BuiltInMidonet.none()).plugins().forEach(Plugin::close);
    String host = config.api().bindHost();
    if (!files.areGiven() && !isLoopback(host)) {
      throw new Failure(
          Failure.BAD_CONFIGURATION,
          "without a configuration file nobody has to log in (auth_strategy = noauth), so the"
              + " server listens on loopback addresses only, not on "
              + host
              + "; set bind_host and auth_strategy in a file and give it with --config-file");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new Failure(Failure.BAD_CONFIGURATION, "bind_host: no such host: " + host);
    }
  }

  private static String sqlite(Path dataDir) {
    return "sqlite:///" + literal(dataDir.resolve("neutron.db"));
  }

  /** An absolute path in which a dollar sign is no reference. */
  private static String literal(Path path) {
    return path.toAbsolutePath().normalize().toString().replace("$", "$$");
  }
}
