package org.midonet.neutron.rpc;

import java.util.Map;
import org.midonet.neutron.auth.RequestContext;

/**
 * A connection for notifications alone, so that they never take the room of what agents must hear;
 * safe to share between threads.
 *
 * <p>Each topic has a queue of its name, where messages wait for whoever listens, as oslo.messaging
 * has it.
 */
public final class NotificationLink implements AutoCloseable {
  private final RabbitOptions options;
  private final Publisher publisher = new Publisher();
  private final RabbitLink link;

  private NotificationLink(RabbitOptions options) {
    this.options = options;
    this.link = new RabbitLink(options, publisher);
  }

  /** Starts to connect, in the background. */
  public static NotificationLink open(RabbitOptions options) {
    NotificationLink opened = new NotificationLink(options);
    opened.publisher.start();
    opened.link.start();
    return opened;
  }

  /**
   * Hands a notification over; never waits. While the broker is away it is kept as long as there is
   * room.
   *
   * @param topic with the priority, as in {@code notifications.info}
   * @param enveloped whether in oslo.messaging's envelope of version 2.0
   */
  public void send(
      String topic, Map<String, ?> notification, RequestContext context, boolean enveloped) {
    byte[] body = OsloEnvelope.encodeNotification(notification, context, enveloped);
    publisher.send(Outbound.kept(options, topic, body));
  }

  /** Sends what waits, for a moment, and closes the connection. */
  @Override
  public void close() {
    publisher.close();
    link.close();
  }
}
