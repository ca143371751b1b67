package org.midonet.cluster.translation;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.NeutronPoolMember;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.LbStatus;
import org.midonet.topology.ObjectType;
import org.midonet.topology.PoolMember;
import org.midonet.topology.PoolMemberBuilder;
import org.midonet.topology.References;

/**
 * A member becomes a member of the same id. Whether it is well is for health monitors to say: a new
 * one is taken to be. Stateless. midonet.md 4.10.
 */
final class PoolMembers {
  private PoolMembers() {}

  static void create(Draft draft, NeutronPoolMember member) {
    draft.create(translated(member, LbStatus.ACTIVE));
  }

  /** What monitors of one pool found says nothing in another. */
  static void update(Draft draft, NeutronPoolMember member) {
    PoolMember present = draft.get(ObjectType.POOL_MEMBER, member.id());
    boolean stays = Objects.equals(present.poolId(), member.poolId());
    draft.update(translated(member, stays ? present.status() : LbStatus.ACTIVE));
  }

  /** Nobody asks any more how the members of a pool are. */
  static void areUnwatched(Draft draft, UUID pool) {
    for (UUID id : draft.references(References.POOL_POOL_MEMBERS, pool)) {
      draft.update(draft.get(ObjectType.POOL_MEMBER, id).withStatus(LbStatus.ACTIVE));
    }
  }

  private static PoolMember translated(NeutronPoolMember member, @Nullable LbStatus status) {
    if (!(member.address() instanceof Ipv4Address)) {
      throw TranslationException.invalid(
          "Load is balanced over IPv4 only, but member "
              + member.id()
              + " is at "
              + member.address());
    }
    return PoolMemberBuilder.builder()
        .id(member.id())
        .poolId(member.poolId())
        .address(member.address())
        .protocolPort(member.protocolPort())
        .weight(member.weight())
        .adminStateUp(member.adminStateUp())
        .status(status)
        .build();
  }
}
