package org.midonet.agent.external;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.midonet.agent.linux.HostRoutes.HostRoute;
import org.midonet.agent.linux.LinuxException;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Sequence;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.Subscription;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this host the gateway of external networks that have none, and takes that back as soon as
 * one appears. Safe to share.
 *
 * <p>Of each such network the host gets an interface with the gateway's addresses, and the
 * network's bridge a port that is bound to the other end of its cable. What there is follows from
 * the topology and from the host as they are, so it does not matter what an agent before this one
 * left behind. A subnet to which the host has a route already is left alone.
 */
public final class ExternalAccess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExternalAccess.class);

  private static final Set<ObjectType<?>> WATCHED =
      Set.of(
          ObjectType.NEUTRON_NETWORK,
          ObjectType.NEUTRON_SUBNET,
          ObjectType.NEUTRON_PORT,
          ObjectType.PORT,
          ObjectType.HOST);

  private final Nsdb nsdb;
  private final UUID host;
  private final boolean alone;
  private final AccessDevices devices;
  private final ExecutorService worker;
  private final AtomicBoolean due = new AtomicBoolean();
  private final Subscription subscription;

  // Confined to the worker.
  private final Map<String, List<IpPrefix>> made = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  private ExternalAccess(Nsdb nsdb, UUID host, boolean alone) {
    this.nsdb = nsdb;
    this.host = host;
    this.alone = alone;
    this.devices = new AccessDevices();
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(2),
            Thread.ofPlatform().name("agent-external").daemon().factory());
    subscription =
        nsdb.watch((before, after, changes) -> {
          if (changes.stream().anyMatch(ExternalAccess::matters)) {
            follow();
          }
        });
    follow();
  }

  /**
   * Starts in the network namespace of the calling thread, where the agent of the host runs.
   *
   * @param alone whether only while no other host is alive
   */
  public static ExternalAccess start(Nsdb nsdb, UUID host, boolean alone) {
    return new ExternalAccess(nsdb, host, alone);
  }

  private static boolean matters(Change change) {
    return switch (change) {
      case Change.OfObject it -> WATCHED.contains(it.type());
      case Change.OfState it -> it.key().equals(StateKey.alive(it.owner()));
      case Change.OfEntry _, Change.OfSequence _ -> false;
    };
  }

  private void follow() {
    if (due.compareAndSet(false, true)) {
      try {
        worker.execute(() -> {
          due.set(false);
          settle(ExternalNetworks.of(nsdb.topology(), host, alone));
        });
      } catch (RejectedExecutionException e) {
        LOG.debug("the agent stops");
      }
    }
  }

  /** Makes what is wanted, and takes away what is not. */
  private void settle(List<ExternalNetwork> wanted) {
    try {
      Map<String, ExternalNetwork> byDevice = new HashMap<>();
      wanted.forEach(network -> byDevice.put(network.device(), network));
      for (String device : devices.present()) {
        if (!byDevice.containsKey(device)) {
          devices.remove(device);
          LOG.info("This host is no longer the gateway of an external network ({})", device);
        }
      }
      made.keySet().retainAll(devices.present());
      Set<UUID> ports = new HashSet<>();
      for (ExternalNetwork network : wanted) {
        if (make(network)) {
          ports.add(network.port(host));
        }
      }
      bind(wanted, ports);
    } catch (LinuxException | NsdbException e) {
      LOG.warn("External networks cannot be reached from this host: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("External networks cannot be reached from this host", e);
    }
  }

  /** Whether the host has its interface on a network when this returns. */
  private boolean make(ExternalNetwork network) {
    List<IpPrefix> addresses = new ArrayList<>();
    for (IpPrefix gateway : network.gateways()) {
      HostRoute nearer = AccessDevices.nearer(gateway, network.device()).orElse(null);
      if (nearer == null) {
        addresses.add(gateway);
      } else if (told.add(network.id() + " " + gateway)) {
        LOG.warn(
            "{} of the external network {} is left alone: this host reaches {} by {}",
            gateway.cidr(),
            network.name(),
            nearer.destination(),
            nearer.device());
      }
    }
    if (addresses.isEmpty()) {
      devices.remove(network.device());
      made.remove(network.device());
      return false;
    }
    if (!addresses.equals(made.get(network.device()))) {
      if (!devices.isMade(network, addresses)) {
        devices.make(network, addresses);
      }
      made.put(network.device(), addresses);
      LOG.info(
          "This host is {} on the external network {}, by {}; floating IPs can be reached from here",
          addresses.stream().map(IpPrefix::toString).collect(Collectors.joining(", ")),
          network.name(),
          network.device());
    }
    return true;
  }

  /** The bridges have ports of those ids and no others of this kind. */
  private void bind(List<ExternalNetwork> networks, Set<UUID> ports) {
    nsdb.commit(topology -> {
      List<Operation> operations = new ArrayList<>();
      for (Port port : topology.list(ObjectType.PORT)) {
        if (isOurs(port) && !ports.contains(port.id())) {
          operations.add(new Operation.Delete(ObjectType.PORT, port.id()));
        }
      }
      long key = topology.last(Sequence.OVERLAY_TUNNEL_KEY);
      for (ExternalNetwork network : networks) {
        if (ports.contains(network.port(host)) && isMissing(topology, network)) {
          key++;
          operations.add(new Operation.TakeKey(Sequence.OVERLAY_TUNNEL_KEY, key));
          operations.add(new Operation.Create(port(network, key)));
        }
      }
      return operations;
    });
  }

  private boolean isOurs(Port port) {
    return host.equals(port.hostId())
        && port.interfaceName() != null
        && ExternalNetwork.isPlug(port.interfaceName());
  }

  /** A network that went meanwhile has taken its ports along. */
  private boolean isMissing(Topology topology, ExternalNetwork network) {
    return topology.has(ObjectType.BRIDGE, network.id())
        && !topology.has(ObjectType.PORT, network.port(host));
  }

  private Port port(ExternalNetwork network, long key) {
    return PortBuilder.builder()
        .id(network.port(host))
        .bridgeId(network.id())
        .adminStateUp(true)
        .tunnelKey(key)
        .hostId(host)
        .interfaceName(network.plug())
        .build();
  }

  /** Takes everything back. */
  @Override
  public void close() {
    subscription.close();
    worker.execute(() -> settle(List.of()));
    worker.shutdown();
    try {
      if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("The interfaces on external networks could not be taken away");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    devices.close();
  }
}
