package org.midonet.neutron.rpc;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.MessagingConfig;
import org.midonet.neutron.config.Secret;
import org.midonet.neutron.tls.ClientTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to use RabbitMQ: the options of oslo.messaging that matter to a server; immutable and safe to
 * share between threads.
 *
 * @param url where the broker is ({@code transport_url})
 * @param controlExchange the topic exchange of all RPC ({@code control_exchange})
 * @param host this server's name, the suffix of the queues that are its own ({@code host})
 * @param responseTimeout how long a call waits for its answer ({@code rpc_response_timeout})
 * @param workers how many messages a topic handles at a time ({@code executor_thread_pool_size})
 * @param prefetch how many messages the broker sends ahead ({@code rabbit_qos_prefetch_count}); 0
 *     is as many as there are workers, since an unlimited prefetch is an unlimited buffer
 * @param heartbeat after what silence a connection counts as dead ({@code
 *     heartbeat_timeout_threshold}); zero turns heartbeats off
 * @param loginMethod {@code rabbit_login_method}; AMQPLAIN goes as PLAIN, which says the same
 * @param missingReplyQueue how long an answer waits for the queue of a caller that is away ({@code
 *     kombu_missing_consumer_retry_timeout})
 */
public record RabbitOptions(
    TransportUrl url,
    String controlExchange,
    String host,
    Duration responseTimeout,
    int workers,
    int prefetch,
    Duration heartbeat,
    Duration missingReplyQueue,
    Retry retry,
    Queues queues,
    String loginMethod,
    @Nullable Tls tls) {
  private static final Logger log = LoggerFactory.getLogger(RabbitOptions.class);

  /**
   * When to try again while the broker is away: first after {@code interval}, then {@code step}
   * longer each time, up to {@code max}.
   *
   * @param shuffle whether the brokers are tried in another order each time ({@code
   *     kombu_failover_strategy})
   */
  public record Retry(Duration interval, Duration step, Duration max, boolean shuffle) {}

  /**
   * How queues are declared; must agree with the agents'.
   *
   * @param durable {@code amqp_durable_queues}
   * @param autoDelete {@code amqp_auto_delete}
   * @param quorum {@code rabbit_quorum_queue}; makes them durable too
   * @param mirrored {@code rabbit_ha_queues}, for RabbitMQ before 3.0
   * @param transientTtl after what disuse the broker drops a fanout or reply queue ({@code
   *     rabbit_transient_queues_ttl})
   */
  public record Queues(
      boolean durable,
      boolean autoDelete,
      boolean quorum,
      boolean mirrored,
      Duration transientTtl) {

    /** Returns the arguments of the queues that outlive their consumers. */
    Map<String, Object> lastingArguments() {
      Map<String, Object> arguments = new LinkedHashMap<>();
      if (mirrored) {
        arguments.put("x-ha-policy", "all");
      }
      if (quorum) {
        arguments.put("x-queue-type", "quorum");
      }
      return arguments;
    }

    /** Returns the arguments of a queue that the broker drops when it is long unused. */
    Map<String, Object> transientArguments() {
      Map<String, Object> arguments = new LinkedHashMap<>();
      if (mirrored) {
        arguments.put("x-ha-policy", "all");
      }
      arguments.put("x-expires", transientTtl.toMillis());
      return arguments;
    }

    boolean declaredDurable() {
      return durable || quorum;
    }
  }

  /** TLS to the broker, with or without a check that the certificate names the host. */
  public record Tls(SSLContext context, boolean verifyHostname) {}

  /** Returns oslo.messaging's defaults. */
  public static RabbitOptions defaults(TransportUrl url, String host) {
    return new RabbitOptions(
        url,
        "neutron",
        host,
        Duration.ofSeconds(60),
        64,
        0,
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        new Retry(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(30), false),
        new Queues(false, false, false, false, Duration.ofSeconds(1800)),
        "AMQPLAIN",
        null);
  }

  /**
   * Reads the options of {@code neutron.conf}.
   *
   * @param host this server's name ({@code [DEFAULT] host})
   * @return null where {@code transport_url} is not set
   * @throws IllegalArgumentException for a URL or TLS file that cannot be used
   */
  public static @Nullable RabbitOptions of(MessagingConfig config, String host) {
    return of(config, config.transportUrl(), host);
  }

  /**
   * Reads the options of {@code neutron.conf} for notifications, which may have a broker of their
   * own.
   *
   * @return null where neither {@code transport_url} is set
   */
  public static @Nullable RabbitOptions forNotifications(MessagingConfig config, String host) {
    return of(config, config.notificationTransportUrl().or(config::transportUrl), host);
  }

  private static @Nullable RabbitOptions of(
      MessagingConfig config, Optional<Secret> where, String host) {
    if (where.isEmpty()) {
      return null;
    }
    TransportUrl url = TransportUrl.parse(where.get().reveal());
    if (!url.query().isEmpty()) {
      log.warn(
          "transport_url sets {}, which is not read there; set it in [oslo_messaging_rabbit]",
          url.query().keySet());
    }
    Duration delay = config.reconnectDelay();
    RabbitOptions defaults = defaults(url, host);
    return new RabbitOptions(
        url,
        config.controlExchange(),
        host,
        config.rpcResponseTimeout(),
        defaults.workers(),
        config.prefetchCount(),
        config.heartbeatTimeoutThreshold(),
        defaults.missingReplyQueue(),
        new Retry(
            config.retryInterval().plus(delay),
            config.retryBackoff(),
            config.intervalMax().plus(delay),
            config.failoverStrategy().equals("shuffle")),
        new Queues(
            config.durableQueues(),
            config.autoDelete(),
            config.quorumQueue(),
            config.haQueues(),
            config.transientQueuesTtl()),
        config.loginMethod(),
        config.ssl() ? tls(config) : null);
  }

  /**
   * Without {@code ssl_ca_file} the broker's certificate is not checked, as with oslo.messaging.
   */
  private static Tls tls(MessagingConfig config) {
    ClientTls files =
        new ClientTls(
            config.sslCaFile().orElse(null),
            config.sslCertFile().orElse(null),
            config.sslKeyFile().orElse(null),
            config.sslCaFile().isEmpty());
    return new Tls(
        files.context(), config.sslCaFile().isPresent() && config.sslEnforceHostnameVerification());
  }

  /** Returns these options with another retry policy. */
  public RabbitOptions withRetry(Retry value) {
    return new RabbitOptions(
        url,
        controlExchange,
        host,
        responseTimeout,
        workers,
        prefetch,
        heartbeat,
        missingReplyQueue,
        value,
        queues,
        loginMethod,
        tls);
  }

  int effectivePrefetch() {
    return prefetch > 0 ? prefetch : workers;
  }
}
