package org.midonet.cluster.translation;

import java.util.UUID;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.NeutronVip;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.SessionPersistence;
import org.midonet.topology.Vip;
import org.midonet.topology.VipBuilder;

/**
 * A VIP becomes a VIP of the same id; who answers for its address, {@link VipSeeds} says.
 * Stateless. midonet.md 4.10.
 */
final class Vips {
  private Vips() {}

  static void create(Draft draft, NeutronVip vip) {
    draft.require(ObjectType.NEUTRON_SUBNET, vip.subnetId());
    draft.create(translated(vip));
    draft.create(Documents.toStored(vip));
    VipSeeds.reconcile(draft, vip);
  }

  static void update(Draft draft, NeutronVip vip) {
    Vip present = draft.get(ObjectType.VIP, vip.id());
    NeutronVip old = Documents.vip(draft.get(ObjectType.NEUTRON_VIP, vip.id()));
    if (!old.address().equals(vip.address()) || !old.subnetId().equals(vip.subnetId())) {
      throw TranslationException.invalid(
          "The address of VIP "
              + vip.id()
              + " cannot change from "
              + old.address()
              + " to "
              + vip.address());
    }
    draft.update(translated(vip).withGatewayPortId(present.gatewayPortId()));
    draft.update(Documents.toStored(vip));
    VipSeeds.reconcile(draft, vip);
  }

  static void delete(Draft draft, NeutronVip vip) {
    VipSeeds.remove(draft, vip);
    draft.delete(ObjectType.VIP, vip.id());
  }

  /** It goes although Neutron does not say so. */
  static void vanish(Draft draft, UUID id) {
    NeutronObject stored = draft.find(ObjectType.NEUTRON_VIP, id);
    if (stored != null) {
      delete(draft, Documents.vip(stored));
      draft.delete(ObjectType.NEUTRON_VIP, id);
    }
  }

  /** MidoNet knows clients by their addresses alone; cookies it leaves to the members. */
  private static Vip translated(NeutronVip vip) {
    if (!(vip.address() instanceof Ipv4Address)) {
      throw TranslationException.invalid(
          "Load is balanced over IPv4 only, but VIP " + vip.id() + " is at " + vip.address());
    }
    return VipBuilder.builder()
        .id(vip.id())
        .poolId(vip.poolId())
        .adminStateUp(vip.adminStateUp())
        .address(vip.address())
        .protocolPort(vip.protocolPort())
        .sessionPersistence(vip.isBySourceIp() ? SessionPersistence.SOURCE_IP : null)
        .build();
  }
}
