package org.midonet.neutron.rpc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one topic: takes its messages, runs the handlers, sends the answers; safe to share between
 * threads.
 *
 * <p>A message is acknowledged when a worker is free to take it, so at most once and never more
 * than the workers can hold.
 */
final class RpcServer implements RabbitLink.Session {
  private static final Logger log = LoggerFactory.getLogger(RpcServer.class);
  private static final long REPLY_RETRY_MILLIS = 250;

  private final String topic;
  private final RpcDispatcher dispatcher;
  private final RabbitOptions options;
  private final Publisher publisher;
  private final String fanoutQueue;
  private final DuplicateFilter duplicates = new DuplicateFilter();
  private final Semaphore workers;
  private final Cache<String, Boolean> goneQueues =
      Caffeine.newBuilder().maximumSize(200).expireAfterWrite(Duration.ofMinutes(1)).build();
  private volatile @Nullable Channel channel;
  private volatile boolean closing;

  RpcServer(String topic, List<RpcEndpoint> endpoints, RabbitOptions options, Publisher publisher) {
    this.topic = topic;
    this.dispatcher = new RpcDispatcher(endpoints);
    this.options = options;
    this.publisher = publisher;
    this.fanoutQueue = topic + "_fanout_" + OsloEnvelope.newId();
    this.workers = new Semaphore(options.workers());
  }

  @Override
  public void open(Connection connection) throws IOException {
    Channel opened = connection.createChannel();
    opened.basicQos(options.effectivePrefetch());
    Outbound.Exchange control = Outbound.Exchange.control(options);
    opened.exchangeDeclare(
        control.name(), control.type(), control.durable(), control.autoDelete(), null);
    String own = topic + "." + options.host();
    for (String queue : List.of(topic, own)) {
      RabbitOptions.Queues shape = options.queues();
      Map<String, Object> arguments = shape.lastingArguments();
      opened.queueDeclare(queue, shape.declaredDurable(), false, shape.autoDelete(), arguments);
      opened.queueBind(queue, control.name(), queue);
    }
    String fanout = topic + "_fanout";
    opened.exchangeDeclare(fanout, BuiltinExchangeType.FANOUT, false, true, null);
    opened.queueDeclare(fanoutQueue, false, false, false, options.queues().transientArguments());
    opened.queueBind(fanoutQueue, fanout, topic);
    for (String queue : List.of(topic, own, fanoutQueue)) {
      opened.basicConsume(queue, false, new Intake(opened));
    }
    channel = opened;
  }

  /** Receives what the broker delivers; its callbacks come one at a time. */
  private final class Intake extends DefaultConsumer {
    private Intake(Channel channel) {
      super(channel);
    }

    @Override
    public void handleDelivery(
        String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body)
        throws IOException {
      if (closing) {
        getChannel().basicReject(envelope.getDeliveryTag(), true);
        return;
      }
      workers.acquireUninterruptibly();
      boolean started = false;
      try {
        getChannel().basicAck(envelope.getDeliveryTag(), false);
        RpcRequest request = OsloEnvelope.decodeRequest(body);
        if (duplicates.accept(request.uniqueId())) {
          Thread.ofVirtual().name("rpc-" + request.method()).start(() -> handle(request));
          started = true;
        }
      } catch (OsloEnvelope.Malformed e) {
        log.warn("Dropped a message to {}: {}", topic, e.getMessage());
      } finally {
        if (!started) {
          workers.release();
        }
      }
    }

    @Override
    public void handleCancel(String tag) {
      if (closing) {
        return;
      }
      log.warn("The broker took a queue of {} away; connecting anew", topic);
      getChannel().getConnection().abort();
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException signal) {
      if (!signal.isHardError() && !signal.isInitiatedByApplication()) {
        getChannel().getConnection().abort();
      }
    }
  }

  private void handle(RpcRequest request) {
    Object result = null;
    RpcFailure failure = null;
    try {
      result = dispatcher.dispatch(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failure = RpcFailure.of(e);
    } catch (Exception e) {
      failure = failed(request, e);
    } finally {
      workers.release();
    }
    if (request.replyTo() != null) {
      reply(request.replyTo(), result, failure);
    }
  }

  private RpcFailure failed(RpcRequest request, Exception thrown) {
    if (thrown instanceof NeutronException) {
      log.debug("{} on {} refused", request.method(), topic, thrown);
    } else if (thrown instanceof RpcDispatcher.Refused || thrown instanceof RpcArgs.BadArgument) {
      log.warn("Refused {} on {}: {}", request.method(), topic, thrown.getMessage());
    } else {
      log.error("{} on {} failed", request.method(), topic, thrown);
    }
    return RpcFailure.of(thrown);
  }

  private void reply(RpcRequest.ReplyTo to, @Nullable Object result, @Nullable RpcFailure failure) {
    if (goneQueues.getIfPresent(to.queue()) != null) {
      return;
    }
    byte[] body =
        OsloEnvelope.encode(
            new RpcReply(to.messageId(), OsloEnvelope.newId(), result, failure, true));
    long giveUp = System.nanoTime() + options.missingReplyQueue().toNanos();
    publisher.send(replyMessage(to.queue(), body, giveUp));
  }

  /** The caller may be about to declare its queue again, after a restart of the broker. */
  private Outbound replyMessage(String queue, byte[] body, long giveUp) {
    return new Outbound(null, queue, null, body, () -> retryReply(queue, body, giveUp));
  }

  private void retryReply(String queue, byte[] body, long giveUp) {
    if (goneQueues.getIfPresent(queue) != null) {
      return;
    }
    if (System.nanoTime() > giveUp) {
      goneQueues.put(queue, true);
      log.warn("The caller behind {} is gone; its answers are dropped", queue);
      return;
    }
    Thread.startVirtualThread(() -> {
      try {
        TimeUnit.MILLISECONDS.sleep(REPLY_RETRY_MILLIS);
        publisher.send(replyMessage(queue, body, giveUp));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  /** Stops taking messages, waits for the handlers at work and deletes the fanout queue. */
  void close(Duration patience) {
    closing = true;
    Channel open = channel;
    if (open == null || !open.isOpen()) {
      return;
    }
    try {
      open.queueDelete(fanoutQueue);
      if (!workers.tryAcquire(options.workers(), patience.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Handlers of {} still run; not waiting for them", topic);
      } else {
        workers.release(options.workers());
      }
      open.abort();
    } catch (IOException | ShutdownSignalException e) {
      log.debug("Closing {} failed", topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
