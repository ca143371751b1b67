package org.midonet.agent.sim;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpAddress;

/**
 * A snapshot of the topology, prepared for deciding about many packets: devices and chains are put
 * together when they are first needed. Safe to share.
 *
 * <p>The next snapshot takes over what the changes between the two leave as it is.
 */
public final class VirtualTopology {
  public static final VirtualTopology EMPTY = of(Topology.EMPTY);

  private final Topology topology;
  private final Map<UUID, PortDevice> ports;
  private final Map<UUID, BridgeDevice> bridges;
  private final Map<UUID, RouterDevice> routers;
  private final Map<UUID, RuleChain> chains;
  private final Map<UUID, Set<IpAddress>> groups;
  private final Map<UUID, DhcpServers> dhcp;
  private final Map<UUID, BalancerDevice> balancers;
  private final Map<UUID, PoolDevice> pools;

  private VirtualTopology(Topology topology, VirtualTopology before, Invalidation invalid) {
    this.topology = topology;
    ports = rest(before.ports, invalid.ports());
    bridges = rest(before.bridges, invalid.bridges());
    routers = rest(before.routers, invalid.routers());
    chains = rest(before.chains, invalid.chains());
    groups = rest(before.groups, invalid.groups());
    dhcp = rest(before.dhcp, invalid.dhcp());
    balancers = rest(before.balancers, invalid.balancers());
    pools = rest(before.pools, invalid.pools());
  }

  private VirtualTopology(Topology topology) {
    this.topology = topology;
    ports = new ConcurrentHashMap<>();
    bridges = new ConcurrentHashMap<>();
    routers = new ConcurrentHashMap<>();
    chains = new ConcurrentHashMap<>();
    groups = new ConcurrentHashMap<>();
    dhcp = new ConcurrentHashMap<>();
    balancers = new ConcurrentHashMap<>();
    pools = new ConcurrentHashMap<>();
  }

  private static <T> Map<UUID, T> rest(Map<UUID, T> before, Set<UUID> invalid) {
    Map<UUID, T> after = new ConcurrentHashMap<>(before);
    after.keySet().removeAll(invalid);
    return after;
  }

  /** A snapshot of which nothing is prepared yet. */
  public static VirtualTopology of(Topology topology) {
    return new VirtualTopology(topology);
  }

  /**
   * The snapshot after some changes.
   *
   * @param changes all that leads from this snapshot to the other one
   */
  public VirtualTopology after(Topology other, Collection<Change> changes) {
    return new VirtualTopology(other, this, Invalidation.of(changes, topology, other));
  }

  /** What is prepared already is found without a lock. */
  private static <T> @Nullable T get(
      Map<UUID, T> prepared, UUID id, Function<UUID, @Nullable T> prepare) {
    T found = prepared.get(id);
    if (found == null) {
      found = prepare.apply(id);
      if (found != null) {
        prepared.put(id, found);
      }
    }
    return found;
  }

  /** The snapshot itself. */
  public Topology topology() {
    return topology;
  }

  @Nullable PortDevice port(@Nullable UUID id) {
    return id == null ? null : get(ports, id, it -> Devices.port(topology, it));
  }

  @Nullable BridgeDevice bridge(UUID id) {
    return get(bridges, id, it -> Devices.bridge(topology, it));
  }

  @Nullable RouterDevice router(UUID id) {
    return get(routers, id, it -> Devices.router(topology, it));
  }

  @Nullable RuleChain chain(@Nullable UUID id) {
    return id == null ? null : get(chains, id, it -> Devices.chain(topology, it));
  }

  /** The addresses of a group; none where there is no such group. */
  Set<IpAddress> group(UUID id) {
    return groups.computeIfAbsent(id, it -> Devices.group(topology, it));
  }

  /** What answers DHCP on a bridge. */
  DhcpServers dhcp(UUID bridge) {
    return dhcp.computeIfAbsent(bridge, it -> DhcpServers.of(topology, it));
  }

  /** What balances load at a router. */
  BalancerDevice balancer(UUID router) {
    return balancers.computeIfAbsent(router, it -> BalancerDevice.of(topology, it));
  }

  @Nullable PoolDevice pool(UUID id) {
    return get(pools, id, it -> PoolDevice.of(topology, it));
  }

  /** Whether a host forwards for a port. */
  boolean isActive(UUID port) {
    return topology.isActive(port);
  }
}
