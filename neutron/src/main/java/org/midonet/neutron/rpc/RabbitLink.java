package org.midonet.neutron.rpc;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.SaslConfig;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.CRDemoMechanism;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to RabbitMQ open for ever, whatever happens to the broker; safe to share
 * between threads.
 *
 * <p>Its users are {@link Session}s. Each opens its channels and consumers anew on every
 * connection, so a lost queue, channel or broker is mended in one way: connect again. An outage is
 * logged once when it begins and once when it ends.
 */
final class RabbitLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RabbitLink.class);
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

  /** Something that lives on the connection. */
  interface Session {
    /** Opens channels on a fresh connection; a failure gives the connection up. */
    void open(Connection connection) throws IOException;
  }

  private final RabbitOptions options;
  private final List<TransportUrl.Host> hosts;
  private final Session last;
  private final List<Session> sessions = new ArrayList<>();
  private final ExecutorService consumers = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread supervisor;
  private final Object lock = new Object();
  private @Nullable Connection current;

  /**
   * Makes a link.
   *
   * @param last the user opened after all others: what it sends may be for queues they declare
   */
  RabbitLink(RabbitOptions options, Session last) {
    this.options = options;
    this.last = last;
    this.hosts = new ArrayList<>(options.url().hosts());
    // Servers that start together shall not all crowd the first broker.
    Collections.shuffle(hosts);
    this.supervisor = Thread.ofVirtual().name("rabbitmq-link").unstarted(this::supervise);
  }

  void start() {
    supervisor.start();
  }

  /** Adds a user; it is opened at once if the connection is up. */
  void add(Session session) {
    synchronized (lock) {
      sessions.add(session);
      Connection connection = current;
      if (connection != null) {
        try {
          session.open(connection);
        } catch (IOException | ShutdownSignalException e) {
          connection.abort();
        }
      }
    }
  }

  /** Waits until the connection is up; false if it is not by then. */
  boolean awaitConnected(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (lock) {
      while (current == null) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || closed.getCount() == 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      return true;
    }
  }

  private void supervise() {
    Duration pause = options.retry().interval();
    boolean outageLogged = false;
    while (closed.getCount() > 0) {
      try {
        Connection connection = connect();
        openSessions(connection);
        log.info("Connected to RabbitMQ at {}", peer(connection));
        outageLogged = false;
        pause = options.retry().interval();
        awaitLoss(connection);
        if (closed.getCount() > 0) {
          log.warn(
              "Lost RabbitMQ at {} ({}); agents are not heard until it is back",
              peer(connection),
              reason(connection.getCloseReason()));
          outageLogged = true;
        }
      } catch (IOException | TimeoutException | ShutdownSignalException e) {
        if (!outageLogged) {
          log.warn("No RabbitMQ at {} ({}); trying until it answers", options.url(), reason(e));
          outageLogged = true;
        }
      } catch (InterruptedException e) {
        return;
      }
      pause = sleep(pause);
    }
  }

  /** Sleeps unless closed meanwhile; returns the next, longer pause. */
  private Duration sleep(Duration pause) {
    try {
      if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        return pause;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
    Duration next = pause.plus(options.retry().step());
    return next.compareTo(options.retry().max()) > 0 ? options.retry().max() : next;
  }

  private Connection connect() throws IOException, TimeoutException {
    if (options.retry().shuffle()) {
      Collections.shuffle(hosts);
    }
    IOException refused = null;
    for (TransportUrl.Host host : hosts) {
      try {
        return factory(host).newConnection(consumers, "midonet:" + options.host());
      } catch (IOException e) {
        refused = e;
      }
    }
    throw refused == null ? new IOException("no broker is configured") : refused;
  }

  private ConnectionFactory factory(TransportUrl.Host host) throws IOException {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost(host.name());
    factory.setPort(host.port());
    factory.setUsername(host.user());
    factory.setPassword(host.password());
    factory.setVirtualHost(options.url().virtualHost());
    factory.setRequestedHeartbeat((int) options.heartbeat().toSeconds());
    factory.setConnectionTimeout(CONNECT_TIMEOUT_MILLIS);
    factory.setSaslConfig(login());
    factory.setAutomaticRecoveryEnabled(false);
    factory.setExceptionHandler(new QuietExceptionHandler());
    factory.setThreadFactory(Thread.ofPlatform().daemon().name("rabbitmq-io-", 0).factory());
    RabbitOptions.Tls tls = options.tls();
    if (tls != null) {
      factory.useSslProtocol(tls.context());
      if (tls.verifyHostname()) {
        factory.enableHostnameVerification();
      }
    }
    return factory;
  }

  private SaslConfig login() {
    return switch (options.loginMethod()) {
      case "EXTERNAL" -> DefaultSaslConfig.EXTERNAL;
      case "RABBIT-CR-DEMO" -> new CRDemoMechanism.CRDemoSaslConfig();
      default -> DefaultSaslConfig.PLAIN;
    };
  }

  private void openSessions(Connection connection) throws IOException {
    synchronized (lock) {
      try {
        for (Session session : sessions) {
          session.open(connection);
        }
        last.open(connection);
      } catch (IOException | RuntimeException e) {
        connection.abort();
        throw e;
      }
      current = connection;
      lock.notifyAll();
    }
  }

  private void awaitLoss(Connection connection) throws InterruptedException {
    CountDownLatch lost = new CountDownLatch(1);
    connection.addShutdownListener(_ -> lost.countDown());
    try {
      lost.await();
    } finally {
      synchronized (lock) {
        current = null;
        lock.notifyAll();
      }
    }
  }

  private static String peer(Connection connection) {
    return connection.getAddress().getHostAddress() + ":" + connection.getPort();
  }

  /** Says in a few words why the broker is not there. */
  private static String reason(@Nullable Throwable thrown) {
    String words = "closed";
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PossibleAuthenticationFailureException) {
        return "user or password refused";
      }
      words = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
    return words;
  }

  /** Closes the connection and stops trying. */
  @Override
  public void close() {
    closed.countDown();
    Connection connection;
    synchronized (lock) {
      connection = current;
      lock.notifyAll();
    }
    if (connection != null) {
      connection.abort(2_000);
    }
    supervisor.interrupt();
    consumers.shutdownNow();
  }
}
