package org.midonet.agent.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.linux.Link;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.StateKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the interfaces that ports are bound to attached, and tells the store which ports are
 * active. Safe to share.
 *
 * <p>Bindings and interfaces come and go in any order. What is to be done follows from both as they
 * are, not from what just happened, so nothing is lost when several things happen at once.
 */
public final class Plugs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Plugs.class);

  /** The store is told of many at once, yet the first need not wait for the last. */
  private static final int TOLD_AT_ONCE = 100;

  private final Nsdb nsdb;
  private final UUID hostId;
  private final Sockets sockets;
  private final LongConsumer plugging;

  // Guarded by this.
  private final Map<UUID, Plug> plugged = new HashMap<>();
  private final Map<UUID, Long> ready = new HashMap<>();
  private Map<UUID, String> bindings = Map.of();
  private Map<String, Link> interfaces = Map.of();

  /** Where interfaces are attached. Called by one thread at a time. */
  public interface Sockets {
    /**
     * Begins to forward for a port by an interface.
     *
     * @return null if the interface cannot be attached now
     */
    @Nullable Integer attach(UUID port, Link device);

    /** Ends that; the interface may be gone. */
    void detach(UUID port, int number);
  }

  /**
   * A port and its interface.
   *
   * @param number the datapath's, null while the interface cannot be attached
   * @param isActive whether the store was told so
   */
  private record Plug(Link device, @Nullable Integer number, boolean isActive) {
    boolean isOf(@Nullable Link other) {
      return other != null
          && device.index() == other.index()
          && device.name().equals(other.name())
          && device.up() == other.up();
    }
  }

  public Plugs(Nsdb nsdb, UUID hostId, Sockets sockets) {
    this(nsdb, hostId, sockets, _ -> {});
  }

  /**
   * @param plugging hears how many nanoseconds passed between the moment when a binding and its
   *     interface, up, were both known, and the moment when the port was told to be active
   */
  public Plugs(Nsdb nsdb, UUID hostId, Sockets sockets, LongConsumer plugging) {
    this.nsdb = nsdb;
    this.hostId = hostId;
    this.sockets = sockets;
    this.plugging = plugging;
  }

  /** How many ports are attached. */
  public synchronized int attached() {
    return (int) plugged.values().stream().filter(plug -> plug.number != null).count();
  }

  /** How many ports are active. */
  public synchronized int active() {
    return (int) plugged.values().stream().filter(Plug::isActive).count();
  }

  /** The ports that are bound to this host, with the names of their interfaces. */
  public synchronized void bound(Map<UUID, String> present) {
    if (!present.equals(bindings)) {
      bindings = Map.copyOf(present);
      settle();
    }
  }

  /** The interfaces of this host. */
  public synchronized void interfaces(Collection<Link> present) {
    interfaces = present.stream().collect(Collectors.toMap(Link::name, one -> one, (a, b) -> b));
    settle();
  }

  /** The datapath's number of a port, null while it is not attached. */
  public synchronized @Nullable Integer number(UUID port) {
    Plug plug = plugged.get(port);
    return plug == null ? null : plug.number;
  }

  private void settle() {
    noteReady();
    Map<UUID, Plug> gone = new HashMap<>();
    plugged.forEach((port, plug) -> {
      String wanted = bindings.get(port);
      if (wanted == null || !plug.isOf(interfaces.get(wanted))) {
        gone.put(port, plug);
      }
    });
    unplug(gone);
    List<UUID> active = new ArrayList<>();
    bindings.forEach((port, name) -> {
      Link device = interfaces.get(name);
      if (device != null && needsWork(plugged.get(port)) && plug(port, device)) {
        active.add(port);
        if (active.size() == TOLD_AT_ONCE) {
          tellActive(active);
          active.clear();
        }
      }
    });
    tellActive(active);
  }

  private void noteReady() {
    long now = System.nanoTime();
    ready.keySet().retainAll(bindings.keySet());
    bindings.forEach((port, name) -> {
      Link device = interfaces.get(name);
      Plug plug = plugged.get(port);
      if (device != null && device.up() && (plug == null || !plug.isActive)) {
        ready.putIfAbsent(port, now);
      }
    });
  }

  private static boolean needsWork(@Nullable Plug plug) {
    return plug == null || plug.number == null;
  }

  /** Returns whether the port is active now, of which the store is to be told. */
  private boolean plug(UUID port, Link device) {
    Integer number = sockets.attach(port, device);
    boolean isActive = number != null && device.up();
    plugged.put(port, new Plug(device, number, isActive));
    return isActive;
  }

  private void tellActive(List<UUID> ports) {
    nsdb.publish(ports.stream().map(StateKey::active).toList(), hostId, hostId.toString());
    for (UUID port : ports) {
      Long since = ready.remove(port);
      plugging.accept(since == null ? 0 : System.nanoTime() - since);
      LOG.info("Port {} is active on {}", port, bindings.get(port));
    }
  }

  private void unplug(Map<UUID, Plug> gone) {
    nsdb.withdraw(
        gone.entrySet().stream()
            .filter(each -> each.getValue().isActive)
            .map(each -> StateKey.active(each.getKey()))
            .toList(),
        hostId);
    gone.forEach((port, plug) -> {
      if (plug.isActive) {
        LOG.info("Port {} is no longer active on {}", port, plug.device.name());
      }
      plugged.remove(port);
      if (plug.number != null) {
        sockets.detach(port, plug.number);
      }
    });
  }

  /** Takes all back. */
  @Override
  public synchronized void close() {
    unplug(Map.copyOf(plugged));
  }
}
