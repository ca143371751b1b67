package org.midonet.agent.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.midonet.agent.state.NatBlocks;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.PortBlocks;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.ObjectType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases blocks of ports from the store, and always a few more than are in use, so that connections
 * seldom wait for it. Safe to share; nobody waits for the store.
 *
 * <p>While the store is away what is held is used, and more comes when it is back.
 */
public final class LeasedBlocks implements NatBlocks, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedBlocks.class);

  /** How many blocks are held ready for an address at most. */
  private static final int MOST_AHEAD = 32;

  private static final long RETRY_MILLIS = 500;

  /** After the store had none left, it is not asked again for so long. */
  private static final long EXHAUSTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long TIDY_SECONDS = 60;

  private final PortBlocks store;
  private final Supplier<Topology> topology;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("agent-nat").daemon().factory());

  // Guarded by this.
  private final Map<Pool, Stock> stocks = new HashMap<>();
  private int awaited;

  private final AtomicLong arrivals = new AtomicLong();
  private volatile Runnable arrival = () -> {};
  private boolean failing; // the worker's
  private Set<UUID> gone = Set.of(); // the worker's

  private record Pool(UUID device, Ipv4Address address) {}

  /** What is ready to be handed out, and how much was. */
  private static final class Stock {
    final List<Integer> ready = new ArrayList<>();
    int handedOut;
    boolean fetching;
    boolean awaited;
    long exhaustedAt = System.nanoTime() - EXHAUSTED_NANOS;

    /** As many as are in use: a burst of connections goes on as it began. */
    int target() {
      return Math.clamp(handedOut, 1, MOST_AHEAD);
    }
  }

  private LeasedBlocks(PortBlocks store, Supplier<Topology> topology) {
    this.store = store;
    this.topology = topology;
  }

  /**
   * Begins to lease.
   *
   * @param topology the present one: blocks of what is there no more are forgotten
   */
  public static LeasedBlocks of(PortBlocks store, Supplier<Topology> topology) {
    LeasedBlocks blocks = new LeasedBlocks(store, topology);
    Future<?> _ =
        blocks.worker.scheduleWithFixedDelay(
            () -> blocks.attempt(blocks::tidy), TIDY_SECONDS, TIDY_SECONDS, TimeUnit.SECONDS);
    return blocks;
  }

  @Override
  public synchronized int lease(UUID device, Ipv4Address address, int first, int last) {
    Pool pool = new Pool(device, address);
    Stock stock = stocks.computeIfAbsent(pool, _ -> new Stock());
    int low = first / SIZE;
    int high = last / SIZE;
    int block = takeReady(pool, stock, low, high);
    if (block >= 0) {
      stock.handedOut++;
    }
    if (2 * stock.ready.size() < stock.target()) {
      fetch(pool, stock, low, high, block < 0);
    }
    return block < 0 ? -1 : block * SIZE;
  }

  private int takeReady(Pool pool, Stock stock, int low, int high) {
    for (Iterator<Integer> all = stock.ready.iterator(); all.hasNext(); ) {
      int block = all.next();
      if (!store.holds(pool.device, pool.address, block)) {
        all.remove(); // it was lost to another host
      } else if (block >= low && block <= high) {
        all.remove();
        return block;
      }
    }
    return -1;
  }

  private void fetch(Pool pool, Stock stock, int low, int high, boolean isUrgent) {
    if (System.nanoTime() - stock.exhaustedAt < EXHAUSTED_NANOS) {
      return;
    }
    if (isUrgent && !stock.awaited) {
      stock.awaited = true;
      awaited++;
    }
    if (!stock.fetching) {
      stock.fetching = true;
      execute(() -> fetchNow(pool, low, high), 0);
    }
  }

  private void fetchNow(Pool pool, int low, int high) {
    int wanted;
    synchronized (this) {
      Stock stock = stocks.computeIfAbsent(pool, _ -> new Stock());
      wanted = stock.target() + (stock.awaited ? 1 : 0) - stock.ready.size();
    }
    Set<Integer> taken =
        wanted <= 0 ? Set.of() : store.take(pool.device, pool.address, low, high, wanted);
    synchronized (this) {
      Stock stock = stocks.computeIfAbsent(pool, _ -> new Stock());
      stock.ready.addAll(taken);
      stock.fetching = false;
      if (taken.size() < wanted) {
        stock.exhaustedAt = System.nanoTime();
      }
      if (stock.awaited) {
        stock.awaited = false;
        awaited--;
      }
      arrivals.incrementAndGet();
    }
    arrival.run();
  }

  @Override
  public synchronized boolean isAwaiting() {
    return awaited > 0;
  }

  @Override
  public long arrivals() {
    return arrivals.get();
  }

  @Override
  public void whenMoreArrive(Runnable listener) {
    arrival = listener;
  }

  @Override
  public void claim(UUID device, Ipv4Address address, int block) {
    synchronized (this) {
      stocks.computeIfAbsent(new Pool(device, address), _ -> new Stock()).handedOut++;
    }
    execute(
        () -> {
          if (!store.claim(device, address, block / SIZE)) {
            LOG.warn("Port block {} of {} went to another host meanwhile", block, address);
          }
        },
        0);
  }

  @Override
  public boolean isLeased(UUID device, Ipv4Address address, int block) {
    return store.holds(device, address, block / SIZE);
  }

  @Override
  public synchronized void release(UUID device, Ipv4Address address, int block) {
    Pool pool = new Pool(device, address);
    Stock stock = stocks.get(pool);
    if (stock == null) {
      return;
    }
    stock.handedOut--;
    release(pool, block / SIZE);
    while (stock.ready.size() > (stock.handedOut == 0 ? 0 : stock.target())) {
      release(pool, stock.ready.removeLast());
    }
    if (stock.handedOut == 0 && !stock.fetching) {
      stocks.remove(pool);
    }
  }

  private void release(Pool pool, int block) {
    execute(() -> store.release(pool.device, pool.address, block), 0);
  }

  /** What was not there twice in a row, a minute apart, is no more. */
  private void tidy() {
    Topology present = topology.get();
    Set<UUID> absent = new HashSet<>(store.devices());
    absent.removeIf(id -> present.has(ObjectType.ROUTER, id) || present.has(ObjectType.BRIDGE, id));
    absent.stream().filter(gone::contains).forEach(store::remove);
    gone = absent;
  }

  private void execute(Runnable task, long delayMillis) {
    try {
      Future<?> _ =
          worker.schedule(
              () -> {
                if (!attempt(task)) {
                  execute(task, RETRY_MILLIS);
                }
              },
              delayMillis,
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the agent stops");
    }
  }

  private boolean attempt(Runnable task) {
    try {
      task.run();
      failing = false;
      return true;
    } catch (NsdbException e) {
      if (!failing && !worker.isShutdown()) {
        failing = true;
        LOG.warn("Source NAT uses the port blocks that it has: {}", e.getMessage());
      }
      return false;
    } catch (RuntimeException e) {
      LOG.error("port blocks were not dealt with", e);
      return true;
    }
  }

  /** Ends leasing; what is held goes back with the store. */
  @Override
  public void close() {
    worker.shutdownNow();
  }
}
