package org.midonet.neutron.rpc;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

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
    @Nullable Tls tls) {

  /**
   * When to try again while the broker is away: first after {@code interval}, then {@code step}
   * longer each time, up to {@code max}.
   */
  public record Retry(Duration interval, Duration step, Duration max) {}

  /**
   * How queues are declared; must agree with the agents'.
   *
   * @param durable {@code amqp_durable_queues}
   * @param autoDelete {@code amqp_auto_delete}
   * @param quorum {@code rabbit_quorum_queue}; makes them durable too
   * @param transientTtl after what disuse the broker drops a fanout or reply queue ({@code
   *     rabbit_transient_queues_ttl})
   */
  public record Queues(boolean durable, boolean autoDelete, boolean quorum, Duration transientTtl) {

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
        new Retry(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(30)),
        new Queues(false, false, false, Duration.ofSeconds(1800)),
        null);
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
        tls);
  }

  int effectivePrefetch() {
    return prefetch > 0 ? prefetch : workers;
  }
}
