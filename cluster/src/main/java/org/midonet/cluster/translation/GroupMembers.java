package org.midonet.cluster.translation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.NeutronPort.FixedIp;
import org.midonet.topology.Ids;
import org.midonet.topology.IpAddrGroupMember;
import org.midonet.topology.IpAddrGroupMemberBuilder;
import org.midonet.topology.ObjectType;

/**
 * A filtered port's fixed addresses are members of its security groups. Stateless. midonet.md 4.3.
 * They leave by themselves with their port and with their group.
 */
final class GroupMembers {
  private GroupMembers() {}

  static void add(Draft draft, NeutronPort port) {
    members(port).values().forEach(member -> add(draft, member));
  }

  static void remove(Draft draft, NeutronPort port) {
    members(port).keySet().forEach(id -> draft.delete(ObjectType.IP_ADDR_GROUP_MEMBER, id));
  }

  static void update(Draft draft, NeutronPort old, NeutronPort port) {
    Map<UUID, IpAddrGroupMember> before = members(old);
    Map<UUID, IpAddrGroupMember> after = members(port);
    before.keySet().stream()
        .filter(id -> !after.containsKey(id))
        .forEach(id -> draft.delete(ObjectType.IP_ADDR_GROUP_MEMBER, id));
    after.values().stream()
        .filter(member -> !draft.exists(ObjectType.IP_ADDR_GROUP_MEMBER, member.id()))
        .forEach(member -> add(draft, member));
  }

  private static void add(Draft draft, IpAddrGroupMember member) {
    draft.require(ObjectType.IP_ADDR_GROUP, member.groupId());
    draft.create(member);
  }

  private static Map<UUID, IpAddrGroupMember> members(NeutronPort port) {
    Map<UUID, IpAddrGroupMember> members = new LinkedHashMap<>();
    if (!PortFilters.isFiltered(port)) {
      return members;
    }
    for (UUID group : port.securityGroups()) {
      for (FixedIp ip : port.fixedIps()) {
        UUID id = Ids.ipAddrGroupMember(group, port.id(), ip.address());
        members.put(
            id,
            IpAddrGroupMemberBuilder.builder()
                .id(id)
                .groupId(group)
                .address(ip.address())
                .portId(port.id())
                .build());
      }
    }
    return members;
  }
}
