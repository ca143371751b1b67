package org.midonet.benchmarks.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;

/**
 * A closed-loop load driver for HTTP/1.1: each connection sends its next request as soon as its
 * last is answered. One thread and one selector, so that on a small machine the server keeps the
 * rest; not safe to share between threads.
 */
final class HttpLoad {

  /** How long after the end of a run an answer is still awaited. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Iterator<byte[]> requests;
  private final long deadline;
  private long[] latencies = new long[1 << 16];
  private int answered;
  private int failed;
  private int busy;

  private HttpLoad(Iterator<byte[]> requests, long deadline) {
    this.requests = requests;
    this.deadline = deadline;
  }

  /**
   * What was measured.
   *
   * @param answers requests answered
   * @param failures of these, those with a status other than 2xx
   * @param seconds from the first request to the last answer
   * @param p50 median latency in milliseconds
   * @param p99 99th percentile of latency in milliseconds
   */
  record Result(int answers, int failures, double seconds, double p50, double p99) {

    double perSecond() {
      return answers / seconds;
    }
  }

  /**
   * Runs until the time is over or the requests are used up.
   *
   * @throws IOException if the server cannot be reached, drops a connection or leaves one
   *     unanswered
   */
  static Result run(
      InetSocketAddress server, int connections, Duration duration, Iterator<byte[]> requests)
      throws IOException {
    long start = System.nanoTime();
    var load = new HttpLoad(requests, start + duration.toNanos());
    try (var selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        load.next(new HttpConnection(server, selector));
      }
      load.loop(selector);
      selector.keys().forEach(key -> ((HttpConnection) key.attachment()).close());
    }
    return load.result(start);
  }

  private void loop(Selector selector) throws IOException {
    while (busy > 0) {
      if (selector.select(1000) == 0 && System.nanoTime() > deadline + PATIENCE.toNanos()) {
        throw new IOException("no answer on " + busy + " connections");
      }
      Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
      while (keys.hasNext()) {
        var connection = (HttpConnection) keys.next().attachment();
        keys.remove();
        if (connection.advance()) {
          record(connection);
          busy--;
          next(connection);
        }
      }
    }
  }

  private void next(HttpConnection connection) throws IOException {
    if (System.nanoTime() < deadline && requests.hasNext()) {
      connection.send(requests.next());
      busy++;
    }
  }

  private void record(HttpConnection connection) {
    if (answered == latencies.length) {
      latencies = Arrays.copyOf(latencies, 2 * answered);
    }
    latencies[answered++] = System.nanoTime() - connection.sentAt();
    if (connection.status() / 100 != 2) {
      failed++;
    }
  }

  private Result result(long start) {
    double seconds = (System.nanoTime() - start) / 1e9;
    long[] sorted = Arrays.copyOf(latencies, answered);
    Arrays.sort(sorted);
    return new Result(
        answered, failed, seconds, percentile(sorted, 0.50), percentile(sorted, 0.99));
  }

  private static double percentile(long[] sorted, double share) {
    return sorted.length == 0 ? Double.NaN : sorted[(int) ((sorted.length - 1) * share)] / 1e6;
  }
}
