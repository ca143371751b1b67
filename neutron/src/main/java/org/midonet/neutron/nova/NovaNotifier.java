package org.midonet.neutron.nova;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends events to Nova, in batches and apart from the requests that cause them; safe to share
 * between threads.
 *
 * <p>The first event goes at once; those of the next {@code send_events_interval} go together. What
 * Nova does not take is logged and lost, as with Neutron: Nova asks for the state of its ports
 * itself when in doubt.
 */
public final class NovaNotifier implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NovaNotifier.class);
  private static final int CAPACITY = 10_000;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final long POLL_MILLIS = 200;

  private final BlockingQueue<NovaEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final NovaSession session;
  private final Duration interval;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread sender;

  private NovaNotifier(NovaOptions options) {
    this.session = new NovaSession(options);
    this.interval = options.sendInterval();
    this.sender = Thread.ofVirtual().name("nova-notifier").unstarted(this::run);
  }

  /** Starts to send what is handed over. */
  public static NovaNotifier start(NovaOptions options) {
    NovaNotifier notifier = new NovaNotifier(options);
    notifier.sender.start();
    return notifier;
  }

  /** Hands over an event; null, for nothing to tell, is ignored. */
  public void send(@Nullable NovaEvent event) {
    if (event != null && !queue.offer(event)) {
      log.error("{} events wait for Nova already; {} is lost", CAPACITY, event);
    }
  }

  private void run() {
    try {
      while (closing.getCount() > 0 || !queue.isEmpty()) {
        NovaEvent first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          List<NovaEvent> batch = new ArrayList<>();
          batch.add(first);
          queue.drainTo(batch);
          deliver(batch);
          if (closing.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug("Closing with {} events to send", queue.size());
          }
        }
      }
    } catch (InterruptedException e) {
      log.warn("Stopping with {} events for Nova unsent", queue.size());
    }
  }

  private void deliver(List<NovaEvent> batch) throws InterruptedException {
    List<Map<String, Object>> events = batch.stream().map(NovaEvent::toMap).toList();
    try {
      HttpResponse<String> response =
          session.post("/os-server-external-events", Map.of("events", events));
      switch (response.statusCode()) {
        case 200, 207 -> report(response.body());
        // None of the servers is there any more, or not yet.
        case 404 -> log.debug("Nova knows no server of {}", batch);
        default -> log.error("Nova answered {} to {}", response.statusCode(), batch);
      }
    } catch (IOException | JacksonException e) {
      log.error("Could not tell Nova of {} event(s): {}", batch.size(), e.getMessage());
      log.debug("Lost events: {}", batch, e);
    }
  }

  private static void report(String body) {
    for (JsonNode event : JsonMapper.shared().readTree(body).path("events")) {
      if (event.path("code").asInt(200) == 200) {
        log.info("Nova took {}", event);
      } else {
        log.warn("Nova refused {}", event);
      }
    }
  }

  /** Sends what waits, for a moment, and stops. */
  @Override
  public void close() {
    closing.countDown();
    try {
      if (!sender.join(CLOSE_PATIENCE)) {
        sender.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      sender.interrupt();
    }
  }
}
