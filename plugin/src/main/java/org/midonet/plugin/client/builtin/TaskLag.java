package org.midonet.plugin.client.builtin;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;

/**
 * How long tasks wait between their commit and their effect. Safe to share between threads.
 *
 * <p>Of a task that this process committed the moment is known. Of another's the row tells the
 * second.
 */
final class TaskLag {
  /** Tasks whose commit is remembered; beyond them the rows tell. */
  private static final int REMEMBERED = 10_000;

  private final LongConsumer lags;
  private final NavigableMap<Integer, Long> committed = new ConcurrentSkipListMap<>();
  private final NavigableMap<Integer, LocalDateTime> fetched = new ConcurrentSkipListMap<>();

  TaskLag(LongConsumer lags) {
    this.lags = lags;
  }

  /** Tasks up to one were committed just now. */
  void committed(int task) {
    if (committed.size() < REMEMBERED) {
      committed.put(task, System.nanoTime());
    }
  }

  /** A task is about to be applied; its row has that time. */
  void fetched(int task, LocalDateTime createdAt) {
    fetched.put(task, createdAt);
  }

  /** Tasks up to one have their effect. */
  void applied(int last) {
    Map<Integer, LocalDateTime> done = fetched.headMap(last, true);
    done.forEach((task, createdAt) -> lags.accept(lag(task, createdAt)));
    done.clear();
    committed.headMap(last, true).clear();
  }

  private long lag(int task, LocalDateTime createdAt) {
    Map.Entry<Integer, Long> known = committed.ceilingEntry(task);
    if (known != null) {
      return System.nanoTime() - known.getValue();
    }
    return Math.max(0, Duration.between(createdAt, LocalDateTime.now(ZoneOffset.UTC)).toNanos());
  }
}
