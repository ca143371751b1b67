package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.hostAddress;

import java.util.List;

/**
 * Where the processes of this program serve their metrics ({@code metrics...} in {@code
 * [MIDONET]}); immutable.
 *
 * @param enabled whether they are served
 * @param port of {@code midonet run} and {@code midonet api}; 0 for any free one
 */
public record MetricsConfig(boolean enabled, String host, int port) {
  /** The port if nothing else is said. */
  public static final int PORT = 9698;

  static final Option<Boolean> ENABLED =
      Option.of(
          "MIDONET",
          "metrics",
          bool(),
          true,
          "Whether metrics are served at /metrics, as Prometheus reads them.");

  static final Option<String> HOST =
      Option.of(
          "MIDONET",
          "metrics_host",
          hostAddress(),
          "127.0.0.1",
          "The address on which metrics are served. Nobody has to log in there.");

  static final Option<Integer> METRICS_PORT =
      Option.of(
          "MIDONET",
          "metrics_port",
          OptionTypes.port(),
          PORT,
          "The TCP port on which midonet run and midonet api serve metrics; midonet cluster uses the "
              + "one after it and midonet agent the second after it.");

  static final List<Option<?>> OPTIONS = List.of(ENABLED, HOST, METRICS_PORT);

  static MetricsConfig read(ConfigReader reader) {
    return new MetricsConfig(reader.get(ENABLED), reader.get(HOST), reader.get(METRICS_PORT));
  }
}
