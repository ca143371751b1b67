package org.midonet.neutron.notification;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.MessagingConfig;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.rpc.NotificationLink;
import org.midonet.neutron.rpc.RabbitOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends notifications in the form of oslo.messaging by all configured drivers; safe to share
 * between threads. Sending never waits and never fails.
 */
public final class Notifier implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Notifier.class);
  private static final String LOGGER_BASE = "oslo.messaging.notification.";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private final List<Driver> drivers;
  private final @Nullable NotificationLink link;
  private final String host;
  private final Clock clock = Clock.systemUTC();

  /** A way for notifications to go. */
  @FunctionalInterface
  interface Driver {
    void send(RequestContext context, String eventType, Map<String, Object> notification);
  }

  Notifier(List<Driver> drivers, @Nullable NotificationLink link, String host) {
    this.drivers = drivers;
    this.link = link;
    this.host = host;
  }

  /**
   * Opens what the configuration asks for.
   *
   * @param host this server's name ({@code [DEFAULT] host})
   * @return null where nothing is to be sent
   * @throws IllegalArgumentException for a transport URL or TLS file that cannot be used
   */
  public static @Nullable Notifier open(MessagingConfig config, String host) {
    List<String> names = config.notificationDrivers();
    boolean byBroker = names.contains("messagingv2") || names.contains("messaging");
    RabbitOptions options = byBroker ? RabbitOptions.forNotifications(config, host) : null;
    if (byBroker && options == null) {
      log.warn(
          "[oslo_messaging_notifications] driver asks for a message bus, and no transport_url is"
              + " set: nothing is sent there");
    }
    NotificationLink link = options == null ? null : NotificationLink.open(options);
    List<Driver> drivers =
        names.stream()
            .distinct()
            .filter(name -> name.equals("log") || (link != null && !name.equals("noop")))
            .map(name ->
                name.equals("log") || link == null
                    ? (Driver) Notifier::write
                    : bus(link, config.notificationTopics(), name.equals("messagingv2")))
            .toList();
    return drivers.isEmpty() ? null : new Notifier(drivers, link, host);
  }

  private static Driver bus(NotificationLink link, List<String> topics, boolean enveloped) {
    return (context, eventType, notification) -> {
      for (String topic : topics) {
        link.send(topic + ".info", notification, context, enveloped);
      }
    };
  }

  private static void write(
      RequestContext context, String eventType, Map<String, Object> notification) {
    LoggerFactory.getLogger(LOGGER_BASE + eventType).info(Json.write(notification));
  }

  /**
   * Sends a notification of priority INFO.
   *
   * @param service the first part of {@code publisher_id}, before the host
   */
  void info(
      RequestContext context,
      String service,
      String eventType,
      Map<String, ? extends @Nullable Object> payload) {
    Map<String, Object> notification = new LinkedHashMap<>();
    notification.put("message_id", UUID.randomUUID().toString());
    notification.put("publisher_id", service + "." + host);
    notification.put("event_type", eventType);
    notification.put("priority", "INFO");
    notification.put("payload", payload);
    notification.put("timestamp", TIMESTAMP.format(clock.instant()));
    for (Driver driver : drivers) {
      try {
        driver.send(context, eventType, notification);
      } catch (RuntimeException e) {
        log.error("Could not send the notification {}", eventType, e);
      }
    }
  }

  /** Sends what waits, for a moment, and stops. */
  @Override
  public void close() {
    if (link != null) {
      link.close();
    }
  }
}
