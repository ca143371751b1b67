package org.midonet.agent.balance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.Links;
import org.midonet.agent.linux.NetworkNamespace;
import org.midonet.agent.sim.HealthProber;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.Subscription;
import org.midonet.topology.ObjectType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes the members of the pools that are this host's to watch, and writes to the topology which
 * are alive. Safe to share.
 *
 * <p>It sits in a network namespace of its own, with a cable to the datapath.
 */
public final class HealthMonitors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthMonitors.class);

  private final String device;
  private final int mtu;
  private final NetworkNamespace namespace;
  private final Aliases aliases;
  private final Prober prober;
  private final Semaphore changes = new Semaphore(1);

  /** The coordinating thread's alone. */
  private final Map<UUID, Watcher> watchers = new HashMap<>();

  private List<AutoCloseable> running = List.of();

  private HealthMonitors(String device, int mtu, NetworkNamespace namespace, UUID host) {
    this.device = device;
    this.mtu = mtu;
    this.namespace = namespace;
    this.aliases = new Aliases(host);
    this.prober = new Prober(namespace);
  }

  /**
   * Makes the namespace and the cable; nothing is probed yet.
   *
   * @param device the end for the datapath, at most 14 characters; one that was left there goes
   */
  public static HealthMonitors prepare(String device, UUID host) {
    String inside = device + "p";
    NetworkNamespace namespace = NetworkNamespace.create();
    try (Links links = new Links()) {
      links.find(device).ifPresent(old -> links.delete(old.index()));
      links.createVeth(device, inside);
      links.move(links.get(inside).index(), namespace);
      Link outside = links.get(device);
      links.setUp(outside.index());
      namespace.run(() -> setUp(inside));
      return new HealthMonitors(device, outside.mtu(), namespace, host);
    } catch (RuntimeException e) {
      namespace.close();
      throw e;
    }
  }

  private static void setUp(String device) {
    try (Links links = new Links()) {
      int index = links.get(device).index();
      links.setMac(index, HealthProber.MAC);
      links.setUp(index);
      links.addAddress(index, HealthProber.ADDRESS, HealthProber.PREFIX_LENGTH);
    }
  }

  /** The end for the datapath. */
  public String device() {
    return device;
  }

  /** Octets of IP that the cable takes. */
  public int mtu() {
    return mtu;
  }

  /** What the simulation knows of it. */
  public HealthProber prober() {
    return aliases;
  }

  /** Begins to probe; the cable must be attached. */
  public synchronized void start(Nsdb nsdb) {
    Subscription subscription =
        nsdb.watch((before, after, seen) -> {
          if (seen.stream().anyMatch(HealthMonitors::matters)) {
            signal();
          }
        });
    Thread thread = Thread.ofPlatform().daemon().name("health-monitors").start(() -> follow(nsdb));
    running = List.of(subscription, thread::interrupt, () -> thread.join());
  }

  private static boolean matters(Change change) {
    return switch (change) {
      case Change.OfObject it ->
          List.of(
                  ObjectType.POOL,
                  ObjectType.POOL_MEMBER,
                  ObjectType.HEALTH_MONITOR,
                  ObjectType.NEUTRON_HEALTH_MONITOR,
                  ObjectType.LOAD_BALANCER,
                  ObjectType.HOST)
              .contains(it.type());
      case Change.OfState it -> it.key().key().equals(StateKey.ALIVE);
      case Change.OfEntry it -> false;
      case Change.OfSequence it -> false;
    };
  }

  private void signal() {
    changes.drainPermits();
    changes.release();
  }

  /** However much changes at once, it is looked at as it is then. */
  private void follow(Nsdb nsdb) {
    try {
      while (true) {
        changes.acquire();
        try {
          adjust(nsdb);
        } catch (RuntimeException e) {
          LOG.error("the members of pools are not watched as they should be", e);
        }
      }
    } catch (InterruptedException e) {
      watchers.values().forEach(Watcher::close);
      watchers.clear();
    }
  }

  private void adjust(Nsdb nsdb) {
    Map<UUID, Watch> wanted = Watches.of(nsdb.topology(), aliases.host());
    for (Watcher watcher : new ArrayList<>(watchers.values())) {
      Watch now = wanted.get(watcher.watch().member());
      if (!watcher.watch().equals(now)) {
        watchers.remove(watcher.watch().member());
        watcher.close();
        aliases.release(watcher.watch().target());
      }
    }
    wanted.forEach((member, watch) -> {
      if (!watchers.containsKey(member)) {
        watchers.put(member, Watcher.start(watch, aliases.take(watch.target()), prober, nsdb));
      }
    });
  }

  @Override
  public synchronized void close() {
    for (AutoCloseable it : running) {
      try {
        it.close();
      } catch (Exception e) {
        LOG.warn("the health monitors did not stop as they should", e);
      }
    }
    prober.close();
    try (Links links = new Links()) {
      links.find(device).ifPresent(link -> links.delete(link.index()));
    }
    namespace.close();
  }
}
