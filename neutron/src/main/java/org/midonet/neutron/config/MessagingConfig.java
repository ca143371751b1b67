package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionName.DEFAULT;
import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.choice;
import static org.midonet.neutron.config.OptionTypes.fractionalSeconds;
import static org.midonet.neutron.config.OptionTypes.integer;
import static org.midonet.neutron.config.OptionTypes.list;
import static org.midonet.neutron.config.OptionTypes.path;
import static org.midonet.neutron.config.OptionTypes.seconds;
import static org.midonet.neutron.config.OptionTypes.secret;
import static org.midonet.neutron.config.OptionTypes.string;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach the message bus, for Neutron agents and notifications ({@code [DEFAULT]}, {@code
 * [oslo_messaging_rabbit]} and {@code [oslo_messaging_notifications]}); immutable.
 */
public record MessagingConfig(
    Optional<Secret> transportUrl,
    String controlExchange,
    Duration rpcResponseTimeout,
    Duration rpcResponseMaxTimeout,
    boolean durableQueues,
    boolean autoDelete,
    boolean ssl,
    Optional<Path> sslCaFile,
    Optional<Path> sslCertFile,
    Optional<Path> sslKeyFile,
    boolean sslEnforceHostnameVerification,
    Duration retryInterval,
    Duration retryBackoff,
    Duration intervalMax,
    Duration reconnectDelay,
    String failoverStrategy,
    String loginMethod,
    boolean haQueues,
    boolean quorumQueue,
    Duration transientQueuesTtl,
    int prefetchCount,
    Duration heartbeatTimeoutThreshold,
    List<String> notificationDrivers,
    Optional<Secret> notificationTransportUrl,
    List<String> notificationTopics,
    int notificationRetry) {
  static final Option<Secret> TRANSPORT_URL =
      Option.of(
          "DEFAULT",
          "transport_url",
          secret(),
          null,
          "The message bus, rabbit://user:password@host:port,host:port/virtual_host. When not "
              + "set no bus is used: MidoNet v5.0 and later need none.");

  static final Option<String> CONTROL_EXCHANGE =
      Option.of(
          "DEFAULT",
          "control_exchange",
          string(),
          "neutron",
          "The exchange under which topics stand.");

  static final Option<Duration> RPC_RESPONSE_TIMEOUT =
      Option.of(
          "DEFAULT",
          "rpc_response_timeout",
          seconds(1),
          Duration.ofMinutes(1),
          "Seconds to wait for the answer to a call.");

  static final Option<Duration> RPC_RESPONSE_MAX_TIMEOUT =
      Option.of(
          "DEFAULT",
          "rpc_response_max_timeout",
          seconds(1),
          Duration.ofMinutes(10),
          "Longest that this wait may grow.");

  static final Option<Boolean> DURABLE_QUEUES =
      Option.of(
          "oslo_messaging_rabbit",
          "amqp_durable_queues",
          bool(),
          false,
          "Whether queues survive a restart of RabbitMQ.");

  static final Option<Boolean> AUTO_DELETE =
      Option.of(
              "oslo_messaging_rabbit",
              "amqp_auto_delete",
              bool(),
              false,
              "Whether queues vanish with their last consumer.")
          .formerly(DEFAULT, "amqp_auto_delete");

  static final Option<Boolean> SSL =
      Option.of("oslo_messaging_rabbit", "ssl", bool(), false, "Whether to speak TLS to RabbitMQ.")
          .formerly("oslo_messaging_rabbit", "rabbit_use_ssl");

  static final Option<Path> SSL_CA_FILE =
      Option.of(
              "oslo_messaging_rabbit",
              "ssl_ca_file",
              path(),
              null,
              "The certificates of authorities to trust.")
          .formerly("oslo_messaging_rabbit", "kombu_ssl_ca_certs");

  static final Option<Path> SSL_CERT_FILE =
      Option.of(
              "oslo_messaging_rabbit",
              "ssl_cert_file",
              path(),
              null,
              "The certificate to show to RabbitMQ.")
          .formerly("oslo_messaging_rabbit", "kombu_ssl_certfile");

  static final Option<Path> SSL_KEY_FILE =
      Option.of(
              "oslo_messaging_rabbit", "ssl_key_file", path(), null, "The key of that certificate.")
          .formerly("oslo_messaging_rabbit", "kombu_ssl_keyfile");

  static final Option<Boolean> SSL_ENFORCE_HOSTNAME_VERIFICATION =
      Option.of(
          "oslo_messaging_rabbit",
          "ssl_enforce_hostname_verification",
          bool(),
          false,
          "Whether the certificate of RabbitMQ must name the host.");

  static final Option<Duration> RETRY_INTERVAL =
      Option.of(
          "oslo_messaging_rabbit",
          "rabbit_retry_interval",
          seconds(1),
          Duration.ofSeconds(1),
          "Seconds before the first attempt to connect again.");

  static final Option<Duration> RETRY_BACKOFF =
      Option.of(
              "oslo_messaging_rabbit",
              "rabbit_retry_backoff",
              seconds(0),
              Duration.ofSeconds(2),
              "Seconds by which this wait grows.")
          .formerly(DEFAULT, "rabbit_retry_backoff");

  static final Option<Duration> INTERVAL_MAX =
      Option.of(
          "oslo_messaging_rabbit",
          "rabbit_interval_max",
          seconds(1),
          Duration.ofSeconds(30),
          "Longest wait between two attempts.");

  static final Option<Duration> RECONNECT_DELAY =
      Option.of(
              "oslo_messaging_rabbit",
              "kombu_reconnect_delay",
              fractionalSeconds(0, 4.5),
              Duration.ofSeconds(1),
              "Seconds to wait before using another host of transport_url.")
          .formerly(DEFAULT, "kombu_reconnect_delay");

  static final Option<String> FAILOVER_STRATEGY =
      Option.of(
          "oslo_messaging_rabbit",
          "kombu_failover_strategy",
          choice("round-robin", "shuffle"),
          "round-robin",
          "How the next host of transport_url is chosen.");

  static final Option<String> LOGIN_METHOD =
      Option.of(
              "oslo_messaging_rabbit",
              "rabbit_login_method",
              choice("PLAIN", "AMQPLAIN", "EXTERNAL", "RABBIT-CR-DEMO"),
              "AMQPLAIN",
              "How to log in.")
          .formerly(DEFAULT, "rabbit_login_method");

  static final Option<Boolean> HA_QUEUES =
      Option.of(
              "oslo_messaging_rabbit",
              "rabbit_ha_queues",
              bool(),
              false,
              "Whether to ask for mirrored queues.")
          .formerly(DEFAULT, "rabbit_ha_queues");

  static final Option<Boolean> QUORUM_QUEUE =
      Option.of(
          "oslo_messaging_rabbit",
          "rabbit_quorum_queue",
          bool(),
          false,
          "Whether to ask for quorum queues.");

  static final Option<Duration> TRANSIENT_QUEUES_TTL =
      Option.of(
          "oslo_messaging_rabbit",
          "rabbit_transient_queues_ttl",
          seconds(1),
          Duration.ofMinutes(30),
          "Seconds after which unused reply and fanout queues go.");

  static final Option<Integer> PREFETCH_COUNT =
      Option.of(
          "oslo_messaging_rabbit",
          "rabbit_qos_prefetch_count",
          integer(0),
          0,
          "Messages to take before earlier ones are dealt with; 0 means no limit.");

  static final Option<Duration> HEARTBEAT_TIMEOUT_THRESHOLD =
      Option.of(
          "oslo_messaging_rabbit",
          "heartbeat_timeout_threshold",
          seconds(0),
          Duration.ofMinutes(1),
          "Seconds of silence after which a connection counts as dead; 0 turns this off.");

  static final Option<String> NOTIFICATION_DRIVERS =
      Option.of(
              "oslo_messaging_notifications",
              "driver",
              choice("messagingv2", "messaging", "log", "noop"),
              null,
              "Where notifications of changes by the API go: to RabbitMQ with (messagingv2) or "
                  + "without (messaging) an envelope, to the log, or nowhere. May stand several "
                  + "times.")
          .asCollecting()
          .formerly(DEFAULT, "notification_driver");

  static final Option<Secret> NOTIFICATION_TRANSPORT_URL =
      Option.of(
              "oslo_messaging_notifications",
              "transport_url",
              secret(),
              null,
              "The message bus for notifications, if another than that of [DEFAULT].")
          .formerly(DEFAULT, "notification_transport_url");

  static final Option<List<String>> NOTIFICATION_TOPICS =
      Option.of(
              "oslo_messaging_notifications",
              "topics",
              list(),
              List.of("notifications"),
              "The topics that notifications are sent to.")
          .formerly("rpc_notifier2", "topics")
          .formerly(DEFAULT, "notification_topics");

  static final Option<Integer> NOTIFICATION_RETRY =
      Option.of(
          "oslo_messaging_notifications",
          "retry",
          integer(-1),
          -1,
          "How often to send a notification again; -1 means without end.");

  static final List<Option<?>> OPTIONS =
      List.of(
          TRANSPORT_URL,
          CONTROL_EXCHANGE,
          RPC_RESPONSE_TIMEOUT,
          RPC_RESPONSE_MAX_TIMEOUT,
          DURABLE_QUEUES,
          AUTO_DELETE,
          SSL,
          SSL_CA_FILE,
          SSL_CERT_FILE,
          SSL_KEY_FILE,
          SSL_ENFORCE_HOSTNAME_VERIFICATION,
          RETRY_INTERVAL,
          RETRY_BACKOFF,
          INTERVAL_MAX,
          RECONNECT_DELAY,
          FAILOVER_STRATEGY,
          LOGIN_METHOD,
          HA_QUEUES,
          QUORUM_QUEUE,
          TRANSIENT_QUEUES_TTL,
          PREFETCH_COUNT,
          HEARTBEAT_TIMEOUT_THRESHOLD,
          NOTIFICATION_DRIVERS,
          NOTIFICATION_TRANSPORT_URL,
          NOTIFICATION_TOPICS,
          NOTIFICATION_RETRY);

  static MessagingConfig read(ConfigReader reader) {
    return new MessagingConfig(
        reader.find(TRANSPORT_URL),
        reader.get(CONTROL_EXCHANGE),
        reader.get(RPC_RESPONSE_TIMEOUT),
        reader.get(RPC_RESPONSE_MAX_TIMEOUT),
        reader.get(DURABLE_QUEUES),
        reader.get(AUTO_DELETE),
        reader.get(SSL),
        reader.find(SSL_CA_FILE),
        reader.find(SSL_CERT_FILE),
        reader.find(SSL_KEY_FILE),
        reader.get(SSL_ENFORCE_HOSTNAME_VERIFICATION),
        reader.get(RETRY_INTERVAL),
        reader.get(RETRY_BACKOFF),
        reader.get(INTERVAL_MAX),
        reader.get(RECONNECT_DELAY),
        reader.get(FAILOVER_STRATEGY),
        reader.get(LOGIN_METHOD),
        reader.get(HA_QUEUES),
        reader.get(QUORUM_QUEUE),
        reader.get(TRANSIENT_QUEUES_TTL),
        reader.get(PREFETCH_COUNT),
        reader.get(HEARTBEAT_TIMEOUT_THRESHOLD),
        reader.all(NOTIFICATION_DRIVERS),
        reader.find(NOTIFICATION_TRANSPORT_URL),
        reader.get(NOTIFICATION_TOPICS),
        reader.get(NOTIFICATION_RETRY));
  }
}
