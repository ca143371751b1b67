package org.midonet.neutron.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The RPC side of the program: one connection to RabbitMQ, a client and any number of servers; safe
 * to share between threads.
 *
 * <p>Opening never waits for the broker and never fails for its absence: what is served starts when
 * the broker answers, and again after each outage.
 */
public final class Messaging implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final RabbitOptions options;
  private final RabbitLink link;
  private final Publisher publisher;
  private final RpcClient client;
  private final List<RpcServer> servers = new ArrayList<>();

  private Messaging(RabbitOptions options) {
    this.options = options;
    this.publisher = new Publisher();
    this.link = new RabbitLink(options, publisher);
    this.client = new RpcClient(options, link, publisher);
  }

  /** Starts to connect, in the background. */
  public static Messaging open(RabbitOptions options) {
    Messaging messaging = new Messaging(options);
    messaging.link.add(messaging.client.replies());
    messaging.publisher.start();
    messaging.link.start();
    return messaging;
  }

  /** Returns the client. */
  public RpcClient client() {
    return client;
  }

  /** Serves a topic from now on. */
  public void serve(String topic, List<RpcEndpoint> endpoints) {
    RpcServer server = new RpcServer(topic, endpoints, options, publisher);
    synchronized (servers) {
      servers.add(server);
    }
    link.add(server);
  }

  /** Waits until the broker is connected; false if it is not within that time. */
  public boolean awaitConnected(Duration patience) throws InterruptedException {
    return link.awaitConnected(patience);
  }

  /** Lets handlers at work finish, sends what waits, and closes the connection. */
  @Override
  public void close() {
    synchronized (servers) {
      servers.forEach(server -> server.close(CLOSE_PATIENCE));
    }
    publisher.close();
    link.close();
  }
}
