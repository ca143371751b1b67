package org.midonet.neutron.rpc;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Casts to agents and calls them; safe to share between threads. */
public final class RpcClient {
  private static final Logger log = LoggerFactory.getLogger(RpcClient.class);
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);

  private final RabbitOptions options;
  private final RabbitLink link;
  private final Publisher publisher;
  private final String replyQueue = "reply_" + OsloEnvelope.newId();
  private final Map<String, Pending> pending = new ConcurrentHashMap<>();

  RpcClient(RabbitOptions options, RabbitLink link, Publisher publisher) {
    this.options = options;
    this.link = link;
    this.publisher = publisher;
  }

  /** A call that waits; older agents send the result and the end of the call separately. */
  private static final class Pending {
    private final CompletableFuture<RpcReply> ended = new CompletableFuture<>();
    private @Nullable Object earlierResult;

    private synchronized void accept(RpcReply reply) {
      if (reply.result() != null) {
        earlierResult = reply.result();
      }
      if (reply.ending() || reply.failure() != null) {
        ended.complete(
            new RpcReply(
                reply.messageId(), reply.uniqueId(), earlierResult, reply.failure(), true));
      }
    }
  }

  /** Listens for answers. */
  RabbitLink.Session replies() {
    return this::listen;
  }

  private void listen(Connection connection) throws IOException {
    Channel channel = connection.createChannel();
    channel.queueDeclare(replyQueue, false, false, false, options.queues().transientArguments());
    channel.basicConsume(
        replyQueue,
        true,
        new DefaultConsumer(channel) {
          @Override
          public void handleDelivery(
              String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            answered(body);
          }

          @Override
          public void handleCancel(String tag) {
            connection.abort();
          }
        });
  }

  private void answered(byte[] body) {
    try {
      RpcReply reply = OsloEnvelope.decodeReply(body);
      Pending call = pending.get(reply.messageId());
      if (call == null) {
        log.debug("An answer came too late for {}", reply.messageId());
      } else {
        call.accept(reply);
      }
    } catch (OsloEnvelope.Malformed e) {
      log.warn("Dropped an answer: {}", e.getMessage());
    }
  }

  /**
   * Sends a message nobody answers; returns at once and never fails. It is kept while the broker is
   * away; it vanishes if nobody listens.
   */
  public void cast(
      RequestContext context, RpcTarget target, String method, Map<String, ?> arguments) {
    publisher.send(outbound(target, encode(context, target, method, arguments, null), null, null));
  }

  /** Calls with the configured {@code rpc_response_timeout}; see the other {@code call}. */
  public @Nullable Object call(
      RequestContext context, RpcTarget target, String method, Map<String, ?> arguments) {
    return call(context, target, method, arguments, options.responseTimeout());
  }

  /**
   * Calls a method and waits for its result.
   *
   * @return the JSON-like result
   * @throws RpcException.NoAnswer if nobody listens at the target, or the time is over
   * @throws RpcException.Remote if the method failed there
   * @throws RpcException.Unavailable if the broker is away
   */
  public @Nullable Object call(
      RequestContext context,
      RpcTarget target,
      String method,
      Map<String, ?> arguments,
      Duration timeout) {
    String id = OsloEnvelope.newId();
    Pending call = new Pending();
    pending.put(id, call);
    try {
      requireConnection(timeout);
      byte[] body =
          encode(context, target, method, arguments, new RpcRequest.ReplyTo(id, replyQueue));
      RpcException nobody =
          new RpcException.NoAnswer("Nobody listens at " + target.routingKey() + " for " + method);
      Outbound message =
          outbound(target, body, timeout, () -> call.ended.completeExceptionally(nobody));
      publisher.send(message);
      RpcReply reply = await(call, message, target, method, timeout);
      RpcFailure failure = reply.failure();
      if (failure != null) {
        throw new RpcException.Remote(failure.type(), failure.message());
      }
      return reply.result();
    } finally {
      pending.remove(id);
    }
  }

  private static RpcReply await(
      Pending call, Outbound message, RpcTarget target, String method, Duration timeout) {
    try {
      return call.ended.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      message.cancel();
      throw new RpcException.NoAnswer(
          "No answer from %s to %s within %d s"
              .formatted(target.routingKey(), method, timeout.toSeconds()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RpcException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      message.cancel();
      throw interrupted();
    }
  }

  private void requireConnection(Duration timeout) {
    Duration patience = timeout.compareTo(CONNECT_PATIENCE) < 0 ? timeout : CONNECT_PATIENCE;
    try {
      if (!link.awaitConnected(patience)) {
        throw new RpcException.Unavailable("RabbitMQ is away");
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static RpcException interrupted() {
    Thread.currentThread().interrupt();
    return new RpcException.Unavailable("Interrupted while calling");
  }

  private static byte[] encode(
      RequestContext context,
      RpcTarget target,
      String method,
      Map<String, ?> arguments,
      RpcRequest.@Nullable ReplyTo replyTo) {
    return OsloEnvelope.encode(
        new RpcRequest(
            method,
            Collections.unmodifiableMap(arguments),
            null,
            target.version(),
            context,
            OsloEnvelope.newId(),
            replyTo));
  }

  private Outbound outbound(
      RpcTarget target,
      byte[] body,
      @Nullable Duration timeToLive,
      @Nullable Runnable onUnroutable) {
    return target.fanout()
        ? new Outbound(Outbound.Exchange.fanout(target.topic()), "", timeToLive, body, onUnroutable)
        : new Outbound(
            Outbound.Exchange.control(options),
            target.routingKey(),
            timeToLive,
            body,
            onUnroutable);
  }
}
