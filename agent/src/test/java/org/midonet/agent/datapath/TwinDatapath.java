package org.midonet.agent.datapath;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowStatistics;
import org.midonet.agent.flow.TemplateCache;

/**
 * The kernel and the in-memory twin as one datapath: both get every order, and what comes up must
 * come up from both. Safe to share between threads as a datapath is.
 *
 * <p>What differs is kept in {@link #problems}, for the thread that polls has nobody to tell.
 */
final class TwinDatapath implements Datapath {
  private static final long PATIENCE_MILLIS = 2000;

  private final Datapath memory;
  private final Datapath kernel;
  private final List<Miss> early = new ArrayList<>();
  private final IdentityHashMap<Miss, Pair> pairs = new IdentityHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Object rest = new Object();
  private long rounds;
  private boolean hurried;

  private record Pair(Miss memory, Miss kernel) {}

  TwinDatapath(Datapath memory, Datapath kernel) {
    this.memory = memory;
    this.kernel = kernel;
  }

  /** Sends a packet into both, with no order in between. */
  synchronized void send(Runnable intoMemory, Runnable intoKernel) {
    intoMemory.run();
    intoKernel.run();
  }

  /** Waits until whoever polls has dealt with all that came up. */
  void settle() {
    synchronized (rest) {
      // In the first round without a miss, tasks may still be done that others left behind.
      long enough = rounds + 3;
      hurried = true;
      rest.notifyAll();
      try {
        while (rounds < enough) {
          rest.wait();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        hurried = false;
      }
    }
  }

  /** A round without a miss is over, and the next one need not come before somebody is hurried. */
  private void rest(long millis) {
    synchronized (rest) {
      rounds++;
      rest.notifyAll();
      long end = System.nanoTime() + millis * 1_000_000;
      try {
        for (long left = millis;
            !hurried && left > 0;
            left = (end - System.nanoTime()) / 1_000_000) {
          rest.wait(left);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** What differed since it was asked last, and what came up from the kernel alone. */
  synchronized List<String> problems() {
    kernel.poll(early::add, 0);
    early.forEach(miss -> problems.add("the kernel alone says " + text(miss)));
    early.clear();
    List<String> all = List.copyOf(problems);
    problems.clear();
    return all;
  }

  /** Forgets what came up and may still have been waiting. */
  synchronized void forget() {
    memory.poll(_ -> {}, 0);
    kernel.poll(_ -> {}, 0);
    early.clear();
    pairs.clear();
    problems.clear();
  }

  @Override
  public int poll(Consumer<Miss> handler, long timeoutMillis) {
    List<Miss> misses = new ArrayList<>();
    memory.poll(misses::add, 0);
    for (Miss miss : misses) {
      Miss both = both(miss);
      if (both != null) {
        handler.accept(both);
      }
    }
    if (misses.isEmpty() && timeoutMillis > 0) {
      rest(timeoutMillis);
    }
    return misses.size();
  }

  /** The miss with what the kernel knows of it; null if it did not come up there. */
  private synchronized @Nullable Miss both(Miss miss) {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    Miss other = take(miss);
    while (other == null && System.nanoTime() < end) {
      kernel.poll(early::add, 20);
      other = take(miss);
    }
    if (other == null) {
      problems.add("the twin alone says " + text(miss));
      return null;
    }
    if (!text(other).equals(text(miss))) {
      problems.add("the twin says " + text(miss) + ", the kernel " + text(other));
    }
    Miss both =
        new Miss(
            miss.key(),
            miss.frame(),
            miss.reason(),
            other.segmentSize(),
            miss.resent(),
            null,
            miss.nanos());
    pairs.put(both, new Pair(miss, other));
    return both;
  }

  private @Nullable Miss take(Miss miss) {
    for (Miss other : early) {
      if (other.key().equals(miss.key())) {
        early.remove(other);
        return other;
      }
    }
    return null;
  }

  private static String text(Miss miss) {
    String again = miss.resent() ? " again " : " ";
    byte[] frame = OpenChecksums.filledIn(miss.frame());
    return miss.reason() + again + miss.key() + " " + HexFormat.of().formatHex(frame);
  }

  private Pair pair(Miss both) {
    Pair pair = pairs.get(both);
    if (pair == null) {
      throw new IllegalStateException("not of this packet: " + text(both));
    }
    return pair;
  }

  @Override
  public synchronized int attach(String device) {
    int number = memory.attach(device);
    if (kernel.attach(device) != number) {
      throw new IllegalStateException(device + " has two numbers");
    }
    return number;
  }

  @Override
  public synchronized void detach(int port) {
    memory.detach(port);
    kernel.detach(port);
  }

  @Override
  public Map<Integer, String> ports() {
    return memory.ports();
  }

  @Override
  public synchronized boolean install(FlowKey key, Actions actions) {
    boolean one = memory.install(key, actions);
    boolean other = kernel.install(key, actions);
    return one && other;
  }

  @Override
  public synchronized void remove(Collection<FlowKey> keys) {
    memory.remove(keys);
    kernel.remove(keys);
  }

  @Override
  public synchronized void removeAll() {
    memory.removeAll();
    kernel.removeAll();
  }

  @Override
  public void forEach(long idleNanos, BiConsumer<FlowKey, FlowStatistics> visitor) {
    kernel.forEach(idleNanos, visitor);
  }

  @Override
  public synchronized void resend(Miss miss) {
    Pair pair = pair(miss);
    memory.resend(pair.memory);
    kernel.resend(pair.kernel);
  }

  @Override
  public synchronized void emit(byte[] frame, Actions actions) {
    memory.emit(frame, actions);
    kernel.emit(frame, actions);
  }

  @Override
  public synchronized void emit(Miss miss, Actions actions) {
    Pair pair = pair(miss);
    memory.emit(pair.memory, actions);
    kernel.emit(pair.kernel, actions);
  }

  @Override
  public TemplateCache templates() {
    return new TwinTemplates(memory.templates(), kernel.templates());
  }

  @Override
  public DatapathCounters counters() {
    return memory.counters();
  }

  @Override
  public void leave() {
    close();
  }

  @Override
  public synchronized void close() {
    memory.close();
    kernel.close();
  }
}
