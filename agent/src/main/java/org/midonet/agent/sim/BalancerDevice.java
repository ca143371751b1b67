package org.midonet.agent.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.state.NatBinding;
import org.midonet.nsdb.Topology;
import org.midonet.packets.IpAddress;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.References;
import org.midonet.topology.Vip;

/**
 * The load balancer of a router, prepared for many packets. Immutable, safe to share.
 *
 * @param balancer null where a router has none
 * @param services the VIPs that are up, by address and port
 * @param addresses the addresses of all VIPs, and whether something is up there
 */
record BalancerDevice(
    @Nullable LoadBalancer balancer,
    Map<NatBinding, Vip> services,
    Map<IpAddress, Boolean> addresses) {
  static final BalancerDevice NONE = new BalancerDevice(null, Map.of(), Map.of());

  BalancerDevice {
    services = Map.copyOf(services);
    addresses = Map.copyOf(addresses);
  }

  /** Whether it balances at all. */
  boolean isUp() {
    return balancer != null && balancer.adminStateUp();
  }

  /** The VIP at an address and port, null if there is none or it is down. */
  @Nullable Vip at(IpAddress address, int port) {
    return services.get(new NatBinding(address, port));
  }

  static BalancerDevice of(Topology topology, UUID router) {
    for (UUID id : topology.references(References.ROUTER_LOAD_BALANCER, router)) {
      LoadBalancer balancer = topology.find(ObjectType.LOAD_BALANCER, id);
      if (balancer != null) {
        return of(topology, balancer);
      }
    }
    return NONE;
  }

  private static BalancerDevice of(Topology topology, LoadBalancer balancer) {
    Map<NatBinding, Vip> services = new HashMap<>();
    Map<IpAddress, Boolean> addresses = new HashMap<>();
    for (Pool pool :
        topology.related(References.LOAD_BALANCER_POOLS, balancer.id(), ObjectType.POOL)) {
      for (Vip vip : topology.related(References.POOL_VIPS, pool.id(), ObjectType.VIP)) {
        boolean up = balancer.adminStateUp() && vip.adminStateUp();
        addresses.merge(vip.address(), up, Boolean::logicalOr);
        if (vip.adminStateUp()) {
          services.putIfAbsent(new NatBinding(vip.address(), vip.protocolPort()), vip);
        }
      }
    }
    return new BalancerDevice(balancer, services, addresses);
  }
}
