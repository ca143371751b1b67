package org.midonet.neutron.rpc;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to the broker; safe to share between threads.
 *
 * <p>The exchange is declared before the message is published: a fanout exchange exists only while
 * someone is bound to it, and publishing to one that is gone would cost the channel.
 */
final class Outbound {
  private final @Nullable Exchange exchange;
  private final String routingKey;
  private final @Nullable Duration timeToLive;
  private final byte[] body;
  private final @Nullable Runnable onUnroutable;
  private final RabbitOptions.@Nullable Queues kept;
  private volatile boolean cancelled;

  /** An exchange as oslo.messaging declares it. */
  record Exchange(String name, BuiltinExchangeType type, boolean durable, boolean autoDelete) {

    static Exchange control(RabbitOptions options) {
      return new Exchange(
          options.controlExchange(),
          BuiltinExchangeType.TOPIC,
          options.queues().declaredDurable(),
          options.queues().autoDelete());
    }

    static Exchange fanout(String topic) {
      return new Exchange(topic + "_fanout", BuiltinExchangeType.FANOUT, false, true);
    }
  }

  /**
   * Makes a message.
   *
   * @param exchange null for the default exchange, whose routing keys are queue names
   * @param timeToLive after what time in a queue nobody wants it any more; null for never
   * @param onUnroutable run when no queue takes it; null to let it vanish
   */
  Outbound(
      @Nullable Exchange exchange,
      String routingKey,
      @Nullable Duration timeToLive,
      byte[] body,
      @Nullable Runnable onUnroutable) {
    this(exchange, routingKey, timeToLive, body, onUnroutable, null);
  }

  private Outbound(
      @Nullable Exchange exchange,
      String routingKey,
      @Nullable Duration timeToLive,
      byte[] body,
      @Nullable Runnable onUnroutable,
      RabbitOptions.@Nullable Queues kept) {
    this.exchange = exchange;
    this.routingKey = routingKey;
    this.timeToLive = timeToLive;
    this.body = body;
    this.onUnroutable = onUnroutable;
    this.kept = kept;
  }

  /** A message kept in a queue of its topic's name until somebody listens there. */
  static Outbound kept(RabbitOptions options, String topic, byte[] body) {
    return new Outbound(Exchange.control(options), topic, null, body, null, options.queues());
  }

  @Nullable Exchange exchange() {
    return exchange;
  }

  /** How to declare the queue of the routing key's name; null to leave that to the receivers. */
  RabbitOptions.@Nullable Queues kept() {
    return kept;
  }

  String exchangeName() {
    return exchange == null ? "" : exchange.name();
  }

  String routingKey() {
    return routingKey;
  }

  byte[] body() {
    return body;
  }

  @Nullable Runnable onUnroutable() {
    return onUnroutable;
  }

  /** Keeps a message that was not sent yet from being sent. */
  void cancel() {
    cancelled = true;
  }

  boolean cancelled() {
    return cancelled;
  }

  AMQP.BasicProperties properties() {
    AMQP.BasicProperties.Builder properties =
        new AMQP.BasicProperties.Builder()
            .contentType("application/json")
            .contentEncoding("utf-8")
            .deliveryMode(2)
            .priority(0)
            .headers(Map.of());
    if (timeToLive != null) {
      properties.expiration(Long.toString(timeToLive.toMillis()));
    }
    return properties.build();
  }
}
