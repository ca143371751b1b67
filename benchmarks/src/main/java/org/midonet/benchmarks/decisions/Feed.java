package org.midonet.benchmarks.decisions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.Datapath;
import org.midonet.agent.datapath.DatapathCounters;
import org.midonet.agent.datapath.Miss;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.Classifier;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowStatistics;
import org.midonet.agent.flow.Input;
import org.midonet.agent.flow.TemplateCache;

/**
 * A datapath that gives frames up as fast as they are taken, and sends nothing. Safe to share. Its
 * flows never carry anything, and do not end.
 */
final class Feed implements Datapath {
  /** How many misses are given at once. */
  private static final int AT_ONCE = 64;

  private final Map<Integer, String> devices = new TreeMap<>();
  private final BlockingQueue<Batch> waiting = new LinkedBlockingQueue<>();
  private final List<FlowKey> installed = new ArrayList<>();
  private @Nullable Batch present;

  /** Frames that come in by a port, one after the other. */
  private static final class Batch {
    final Input.Port port;
    final List<byte[]> frames;
    final CountDownLatch done = new CountDownLatch(1);
    int next;

    Batch(int port, List<byte[]> frames) {
      this.port = new Input.Port(port);
      this.frames = frames;
    }
  }

  /** Lets frames in by a port and waits until all of them were decided. */
  void send(int port, List<byte[]> frames) throws InterruptedException {
    Batch batch = new Batch(port, frames);
    waiting.add(batch);
    if (!batch.done.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("frames were not decided within two minutes");
    }
  }

  @Override
  public int poll(Consumer<Miss> handler, long timeoutMillis) {
    Batch batch = present == null ? next(timeoutMillis) : present;
    if (batch == null) {
      return 0;
    }
    int until = Math.min(batch.next + AT_ONCE, batch.frames.size());
    int count = until - batch.next;
    while (batch.next < until) {
      give(batch.port, batch.frames.get(batch.next++), handler);
    }
    present = until < batch.frames.size() ? batch : null;
    if (present == null) {
      batch.done.countDown();
    }
    return count;
  }

  private static void give(Input.Port port, byte[] frame, Consumer<Miss> handler) {
    Classifier.Classified read = Classifier.classify(port, frame);
    if (read != null) {
      Miss.Reason reason =
          read.kind() == Classifier.Kind.FLOW ? Miss.Reason.NO_FLOW : Miss.Reason.ALWAYS;
      handler.accept(new Miss(read.key(), frame, reason, 0, false, null, System.nanoTime()));
    }
  }

  private @Nullable Batch next(long timeoutMillis) {
    try {
      return waiting.poll(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  @Override
  public synchronized int attach(String device) {
    int number = devices.size() + 1;
    devices.put(number, device);
    return number;
  }

  @Override
  public synchronized void detach(int port) {
    devices.remove(port);
  }

  @Override
  public synchronized Map<Integer, String> ports() {
    return new TreeMap<>(devices);
  }

  @Override
  public synchronized boolean install(FlowKey key, Actions actions) {
    installed.add(key);
    return true;
  }

  @Override
  public void remove(Collection<FlowKey> keys) {}

  @Override
  public void removeAll() {}

  @Override
  public void forEach(long idleNanos, BiConsumer<FlowKey, FlowStatistics> visitor) {
    FlowStatistics nothing = new FlowStatistics(0, 0, 0, 0);
    keys().forEach(key -> visitor.accept(key, nothing));
  }

  private synchronized List<FlowKey> keys() {
    return List.copyOf(installed);
  }

  @Override
  public void resend(Miss miss) {}

  @Override
  public void emit(byte[] frame, Actions actions) {}

  @Override
  public void emit(Miss miss, Actions actions) {}

  /** Each packet is decided. */
  @Override
  public TemplateCache templates() {
    return new NoTemplates();
  }

  @Override
  public DatapathCounters counters() {
    return new DatapathCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Override
  public void leave() {}

  @Override
  public void close() {
    List<Batch> left = new ArrayList<>();
    waiting.drainTo(left);
    left.forEach(batch -> batch.done.countDown());
  }
}
