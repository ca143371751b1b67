package org.midonet.neutron.rpc;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages in the order they were handed over, so that no API request waits for the broker;
 * safe to share between threads.
 *
 * <p>While the broker is away messages wait in a bounded queue. What the broker did not confirm is
 * sent again on the next connection, in batches no larger than the number of message ids that
 * oslo.messaging remembers, so a receiver recognizes the repeats.
 */
final class Publisher implements RabbitLink.Session, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  private static final int CAPACITY = 4096;
  private static final int BATCH = DuplicateFilter.REMEMBERED;
  private static final int ATTEMPTS = 3;
  private static final long CONFIRM_MILLIS = 60_000;

  private final BlockingQueue<Outbound> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicBoolean overflowLogged = new AtomicBoolean();
  private final Thread sender;
  private final Object lock = new Object();
  private @Nullable Channel channel;
  private volatile List<Outbound> inFlight = List.of();
  private volatile boolean closing;

  Publisher() {
    sender = Thread.ofVirtual().name("rabbitmq-publisher").unstarted(this::run);
  }

  void start() {
    sender.start();
  }

  /** Hands a message over; drops it, with one line in the log, when too many wait already. */
  void send(Outbound message) {
    if (queue.offer(message)) {
      overflowLogged.set(false);
    } else if (!overflowLogged.getAndSet(true)) {
      log.error(
          "{} messages wait for RabbitMQ already; further ones are dropped until it is back",
          CAPACITY);
    }
  }

  @Override
  public void open(Connection connection) throws IOException {
    Channel opened = connection.createChannel();
    opened.confirmSelect();
    opened.addReturnListener(this::returned);
    synchronized (lock) {
      channel = opened;
      lock.notifyAll();
    }
  }

  private void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        Outbound first = queue.poll(200, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<Outbound> batch = new ArrayList<>();
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          deliver(batch);
        }
      }
    } catch (InterruptedException e) {
      log.debug("Publisher stopped with {} messages unsent", queue.size());
    }
  }

  /** Sends a batch, on as many connections as that takes. */
  private void deliver(List<Outbound> batch) throws InterruptedException {
    for (int refused = 0; refused < ATTEMPTS; ) {
      Channel open = awaitChannel();
      try {
        publish(open, batch);
        return;
      } catch (IOException | TimeoutException | ShutdownSignalException e) {
        if (e instanceof IOException && !brokerLost(e)) {
          refused++;
        }
        log.debug("Publishing failed, trying again on a new connection", e);
        discard(open);
      }
    }
    log.error(
        "RabbitMQ refuses {} message(s) for {}; dropped",
        batch.size(),
        batch.getFirst().exchangeName());
  }

  private static boolean brokerLost(Throwable thrown) {
    return !(thrown.getCause() instanceof ShutdownSignalException signal) || signal.isHardError();
  }

  private void publish(Channel open, List<Outbound> batch)
      throws IOException, TimeoutException, InterruptedException {
    inFlight = List.copyOf(batch);
    Set<Outbound.Exchange> declared = new HashSet<>();
    Set<String> keeping = new HashSet<>();
    for (Outbound message : batch) {
      if (message.cancelled()) {
        continue;
      }
      Outbound.Exchange exchange = message.exchange();
      if (exchange != null && declared.add(exchange)) {
        open.exchangeDeclare(
            exchange.name(), exchange.type(), exchange.durable(), exchange.autoDelete(), null);
      }
      RabbitOptions.Queues kept = message.kept();
      if (kept != null && keeping.add(message.routingKey())) {
        keep(open, message, kept);
      }
      open.basicPublish(
          message.exchangeName(),
          message.routingKey(),
          message.onUnroutable() != null,
          message.properties(),
          message.body());
    }
    open.waitForConfirmsOrDie(CONFIRM_MILLIS);
    inFlight = List.of();
  }

  private static void keep(Channel open, Outbound message, RabbitOptions.Queues how)
      throws IOException {
    String name = message.routingKey();
    open.queueDeclare(name, how.declaredDurable(), false, how.autoDelete(), how.lastingArguments());
    open.queueBind(name, message.exchangeName(), name);
  }

  /** The broker returns an unroutable message before it confirms it. */
  private void returned(Return returned) {
    for (Outbound message : inFlight) {
      Runnable action = message.onUnroutable();
      if (action != null && Arrays.equals(message.body(), returned.getBody())) {
        action.run();
      }
    }
  }

  private Channel awaitChannel() throws InterruptedException {
    synchronized (lock) {
      while (channel == null || !channel.isOpen()) {
        lock.wait();
      }
      return channel;
    }
  }

  private void discard(Channel failed) {
    synchronized (lock) {
      if (failed.equals(channel)) {
        channel = null;
      }
    }
    failed.getConnection().abort();
  }

  /** Sends what still waits, for a moment, and stops. */
  @Override
  public void close() {
    closing = true;
    try {
      if (!sender.join(Duration.ofSeconds(2))) {
        sender.interrupt();
      }
    } catch (InterruptedException e) {
      sender.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
