package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.choice;
import static org.midonet.neutron.config.OptionTypes.integer;
import static org.midonet.neutron.config.OptionTypes.path;
import static org.midonet.neutron.config.OptionTypes.seconds;
import static org.midonet.neutron.config.OptionTypes.string;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How Nova is told of ports ({@code [nova]}, and the switches for it in {@code [DEFAULT]});
 * immutable.
 */
public record NovaConfig(
    boolean notifyOnPortStatusChanges,
    boolean notifyOnPortDataChanges,
    Duration sendEventsInterval,
    int httpRetries,
    Optional<String> regionName,
    String endpointType,
    Optional<Path> cafile,
    Optional<Path> certfile,
    Optional<Path> keyfile,
    boolean insecure,
    Optional<Duration> timeout,
    Optional<String> authSection,
    AuthPluginConfig user) {
  static final Option<Boolean> NOTIFY_ON_PORT_STATUS_CHANGES =
      Option.of(
          "DEFAULT",
          "notify_nova_on_port_status_changes",
          bool(),
          true,
          "Whether Nova is told when a port becomes active or goes down.");

  static final Option<Boolean> NOTIFY_ON_PORT_DATA_CHANGES =
      Option.of(
          "DEFAULT",
          "notify_nova_on_port_data_changes",
          bool(),
          true,
          "Whether Nova is told when the addresses of a port change.");

  static final Option<Duration> SEND_EVENTS_INTERVAL =
      Option.of(
          "DEFAULT",
          "send_events_interval",
          seconds(0),
          Duration.ofSeconds(2),
          "Seconds over which events are gathered into one message.");

  static final Option<Integer> HTTP_RETRIES =
      Option.of(
          "DEFAULT",
          "http_retries",
          integer(0),
          3,
          "How often to ask Nova again when it does not answer.");

  static final Option<String> REGION_NAME =
      Option.of("nova", "region_name", string(), null, "The region of Nova.");

  static final Option<String> ENDPOINT_TYPE =
      Option.of(
          "nova",
          "endpoint_type",
          choice("public", "admin", "internal"),
          "public",
          "Which endpoint of Nova to use.");

  static final Option<Path> CAFILE =
      Option.of("nova", "cafile", path(), null, "The certificates of authorities to trust.");

  static final Option<Path> CERTFILE =
      Option.of("nova", "certfile", path(), null, "The certificate to show.");

  static final Option<Path> KEYFILE =
      Option.of("nova", "keyfile", path(), null, "The key of that certificate.");

  static final Option<Boolean> INSECURE =
      Option.of("nova", "insecure", bool(), false, "Whether to trust any certificate.");

  static final Option<Duration> TIMEOUT =
      Option.of("nova", "timeout", seconds(0), null, "Seconds to wait for an answer.");

  static final Option<String> AUTH_SECTION =
      Option.of(
          "nova",
          "auth_section",
          string(),
          null,
          "The section to read the options of the user from, if another than this.");

  static final List<Option<?>> OPTIONS =
      List.of(
          NOTIFY_ON_PORT_STATUS_CHANGES,
          NOTIFY_ON_PORT_DATA_CHANGES,
          SEND_EVENTS_INTERVAL,
          HTTP_RETRIES,
          REGION_NAME,
          ENDPOINT_TYPE,
          CAFILE,
          CERTFILE,
          KEYFILE,
          INSECURE,
          TIMEOUT,
          AUTH_SECTION);

  static NovaConfig read(ConfigReader reader) {
    return new NovaConfig(
        reader.get(NOTIFY_ON_PORT_STATUS_CHANGES),
        reader.get(NOTIFY_ON_PORT_DATA_CHANGES),
        reader.get(SEND_EVENTS_INTERVAL),
        reader.get(HTTP_RETRIES),
        reader.find(REGION_NAME),
        reader.get(ENDPOINT_TYPE),
        reader.find(CAFILE),
        reader.find(CERTFILE),
        reader.find(KEYFILE),
        reader.get(INSECURE),
        reader.find(TIMEOUT),
        reader.find(AUTH_SECTION),
        AuthPluginConfig.read(reader, reader.find(AUTH_SECTION).orElse("nova")));
  }
}
