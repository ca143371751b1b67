package org.midonet.agent.host;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Subscription;
import org.midonet.nsdb.Topology;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.References;

/**
 * Which ports are bound to which interfaces of this host, and changes thereof for {@code mm-ctl}
 * (spec/midonet.md 1.6). Safe to share.
 */
public final class Bindings {
  /** A port that Neutron has just made is in the topology a moment later. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Nsdb nsdb;
  private final UUID hostId;
  private final Duration patience;

  public Bindings(Nsdb nsdb, UUID hostId) {
    this(nsdb, hostId, PATIENCE);
  }

  Bindings(Nsdb nsdb, UUID hostId, Duration patience) {
    this.nsdb = nsdb;
    this.hostId = hostId;
    this.patience = patience;
  }

  /** The names of the interfaces that ports are bound to on a host, by port. */
  public static Map<UUID, String> of(Topology topology, UUID hostId) {
    Map<UUID, String> bindings = new LinkedHashMap<>();
    for (Port port : topology.related(References.HOST_PORTS, hostId, ObjectType.PORT)) {
      String device = port.interfaceName();
      if (device != null) {
        bindings.put(port.id(), device);
      }
    }
    return bindings;
  }

  /**
   * Binds a port to an interface of this host, which need not be there yet. A port that was bound
   * elsewhere moves.
   *
   * @throws BindingException if there is no such port, if it is linked to another one, or if the
   *     interface is another port's
   */
  public void bind(UUID portId, String device) {
    awaitPort(portId);
    nsdb.commit(topology -> binding(topology, portId, device));
  }

  private List<Operation> binding(Topology topology, UUID portId, String device) {
    Port port = topology.find(ObjectType.PORT, portId);
    if (port == null) {
      throw BindingException.noPort(portId);
    }
    if (port.isInterior()) {
      throw new BindingException(
          BindingException.Kind.CONFLICT, "Port " + portId + " is linked to another port.");
    }
    of(topology, hostId)
        .forEach((other, taken) -> {
          if (taken.equals(device) && !other.equals(portId)) {
            throw new BindingException(
                BindingException.Kind.CONFLICT,
                "Interface " + device + " is bound to port " + other + " already.");
          }
        });
    Port bound = port.withHostId(hostId).withInterfaceName(device);
    UUID before = port.hostId();
    boolean moved = before != null && !before.equals(hostId);
    return List.of(new Operation.Update(moved ? bound.withPreviousHostId(before) : bound));
  }

  /** Takes a port off this host; nothing happens when it is not there, or bound elsewhere. */
  public void unbind(UUID portId) {
    nsdb.commit(topology -> {
      Port port = topology.find(ObjectType.PORT, portId);
      return port == null || !hostId.equals(port.hostId())
          ? List.of()
          : List.of(new Operation.Update(port.withHostId(null).withInterfaceName(null)));
    });
  }

  private void awaitPort(UUID portId) {
    if (nsdb.topology().has(ObjectType.PORT, portId)) {
      return;
    }
    CountDownLatch there = new CountDownLatch(1);
    try (Subscription subscription =
        nsdb.watch((before, after, changes) -> {
          if (after.has(ObjectType.PORT, portId)) {
            there.countDown();
          }
        })) {
      if (!subscription.start().has(ObjectType.PORT, portId)
          && !there.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw BindingException.noPort(portId);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw BindingException.noPort(portId);
    }
  }
}
