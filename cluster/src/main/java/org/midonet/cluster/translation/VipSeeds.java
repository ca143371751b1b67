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
 * Who answers for the address of a VIP on an external network: no port has it, so the network is
 * told that it is at the gateway of the router that balances. On a tenant's network agents answer
 * for the router's interface. Stateless. midonet.md 4.10.
 */
final class VipSeeds {
  private VipSeeds() {}

  /** After the gateway of a router came, went or changed. */
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
    UUID network = network(draft, vip);
    if (network == null || !(vip.address() instanceof Ipv4Address address)) {
      return;
    }
    Port gateway = gateway(draft, vip, network);
    Mac wanted = gateway == null ? null : gateway.portMac();
    Mac present = draft.arp(network, address);
    Vip seeded = draft.get(ObjectType.VIP, vip.id());
    if (present != null && seeded.gatewayPortId() != null && !present.equals(wanted)) {
      draft.removeArp(network, address, present);
    }
    if (wanted != null && !wanted.equals(present)) {
      draft.addArp(network, address, wanted);
    }
    draft.update(seeded.withGatewayPortId(gateway == null ? null : gateway.peerId()));
  }

  static void remove(Draft draft, NeutronVip vip) {
    Vip seeded = draft.find(ObjectType.VIP, vip.id());
    UUID network = network(draft, vip);
    if (seeded != null
        && seeded.gatewayPortId() != null
        && network != null
        && vip.address() instanceof Ipv4Address address) {
      draft.removeArp(network, address);
    }
  }

  private static @Nullable UUID network(Draft draft, NeutronVip vip) {
    NeutronObject subnet = draft.find(ObjectType.NEUTRON_SUBNET, vip.subnetId());
    return subnet == null ? null : Documents.subnet(subnet).networkId();
  }

  /** The port on the router that is its gateway to the VIP's network. */
  private static @Nullable Port gateway(Draft draft, NeutronVip vip, UUID network) {
    UUID router = router(draft, vip);
    if (router != null) {
      for (Port port : draft.routerPorts(router)) {
        if (isGatewayTo(draft, network, port)) {
          return port;
        }
      }
    }
    return null;
  }

  private static boolean isGatewayTo(Draft draft, UUID network, Port port) {
    UUID peer = port.peerId();
    if (peer == null || !Ids.TENANT_GW_PORT.of(peer).equals(port.id())) {
      return false;
    }
    NeutronObject stored = draft.find(ObjectType.NEUTRON_PORT, peer);
    NeutronPort neutronPort = stored == null ? null : Documents.port(stored);
    return neutronPort != null && neutronPort.networkId().equals(network);
  }

  private static @Nullable UUID router(Draft draft, NeutronVip vip) {
    Pool pool = vip.poolId() == null ? null : draft.find(ObjectType.POOL, vip.poolId());
    UUID balancer = pool == null ? null : pool.loadBalancerId();
    LoadBalancer found = balancer == null ? null : draft.find(ObjectType.LOAD_BALANCER, balancer);
    return found == null ? null : found.routerId();
  }
}
