package org.midonet.cluster.translation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.NeutronVip;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.Ids;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.Port;
import org.midonet.topology.References;
import org.midonet.topology.Vip;

/**
 * Who answers for the address of a VIP: no port has it, so a network is told that it is at the
 * router that balances, by its gateway port or else its interface there. Stateless. midonet.md
 * 4.10.
 */
final class VipSeeds {
  private VipSeeds() {}

  /** A router's port on the network of a VIP. */
  private record Answerer(Mac mac, @Nullable UUID gatewayPort, boolean sameSubnet) {
    boolean isBetterThan(@Nullable Answerer other) {
      return other == null || rank() > other.rank();
    }

    private int rank() {
      return gatewayPort != null ? 2 : sameSubnet ? 1 : 0;
    }
  }

  /** After anything about a router's ports changed. */
  static void reconcileAll(Draft draft, UUID router) {
    UUID balancer = Ids.LOAD_BALANCER.of(router);
    for (UUID pool : draft.references(References.LOAD_BALANCER_POOLS, balancer)) {
      for (UUID id : draft.references(References.POOL_VIPS, pool)) {
        NeutronObject stored = draft.find(ObjectType.NEUTRON_VIP, id);
        if (stored != null) {
          reconcile(draft, Documents.vip(stored));
        }
      }
    }
  }

  /** After anything about a VIP changed. */
  static void reconcile(Draft draft, NeutronVip vip) {
    if (!(vip.address() instanceof Ipv4Address address)) {
      return;
    }
    NeutronObject subnet = draft.find(ObjectType.NEUTRON_SUBNET, vip.subnetId());
    if (subnet == null) {
      return;
    }
    UUID network = Documents.subnet(subnet).networkId();
    Answerer answerer = answerer(draft, vip, network);
    Mac wanted = answerer == null ? null : answerer.mac();
    Mac present = draft.arp(network, address);
    if (present != null && !present.equals(wanted)) {
      draft.removeArp(network, address, present);
    }
    if (wanted != null && !wanted.equals(present)) {
      draft.addArp(network, address, wanted);
    }
    Vip seeded = draft.get(ObjectType.VIP, vip.id());
    draft.update(seeded.withGatewayPortId(answerer == null ? null : answerer.gatewayPort()));
  }

  static void remove(Draft draft, NeutronVip vip) {
    NeutronObject subnet = draft.find(ObjectType.NEUTRON_SUBNET, vip.subnetId());
    if (subnet != null && vip.address() instanceof Ipv4Address address) {
      draft.removeArp(Documents.subnet(subnet).networkId(), address);
    }
  }

  private static @Nullable Answerer answerer(Draft draft, NeutronVip vip, UUID network) {
    UUID router = router(draft, vip);
    Answerer best = null;
    if (router != null) {
      for (Port port : draft.routerPorts(router)) {
        Answerer answerer = answerer(draft, vip, network, port);
        if (answerer != null && answerer.isBetterThan(best)) {
          best = answerer;
        }
      }
    }
    return best;
  }

  private static @Nullable UUID router(Draft draft, NeutronVip vip) {
    Pool pool = vip.poolId() == null ? null : draft.find(ObjectType.POOL, vip.poolId());
    UUID balancer = pool == null ? null : pool.loadBalancerId();
    LoadBalancer found = balancer == null ? null : draft.find(ObjectType.LOAD_BALANCER, balancer);
    return found == null ? null : found.routerId();
  }

  private static @Nullable Answerer answerer(Draft draft, NeutronVip vip, UUID network, Port port) {
    UUID peer = port.peerId();
    Mac mac = port.portMac();
    NeutronObject stored = peer == null ? null : draft.find(ObjectType.NEUTRON_PORT, peer);
    if (peer == null || stored == null || mac == null || port.portSubnets().isEmpty()) {
      return null;
    }
    NeutronPort neutronPort = Documents.port(stored);
    if (!neutronPort.networkId().equals(network)) {
      return null;
    }
    boolean gateway = Ids.TENANT_GW_PORT.of(peer).equals(port.id());
    boolean sameSubnet =
        neutronPort.fixedIps().stream().anyMatch(ip -> vip.subnetId().equals(ip.subnetId()));
    return new Answerer(mac, gateway ? peer : null, sameSubnet);
  }
}
