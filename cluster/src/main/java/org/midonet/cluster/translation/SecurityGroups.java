package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.SecurityGroup;
import org.midonet.cluster.neutron.SecurityGroupRule;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.Ids;
import org.midonet.topology.IpAddrGroup;
import org.midonet.topology.IpAddrGroupBuilder;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.References;

/**
 * A security group becomes two chains that its members' chains jump to, and a group of their
 * addresses. Stateless. midonet.md 4.8.
 */
final class SecurityGroups {
  private SecurityGroups() {}

  static void create(Draft draft, SecurityGroup group) {
    UUID id = group.id();
    UUID in = Ids.IN_CHAIN.of(id);
    UUID out = Ids.OUT_CHAIN.of(id);
    draft.create(ChainBuilder.builder().id(in).name("OS_SG_" + id + "_EGRESS").build());
    draft.create(ChainBuilder.builder().id(out).name("OS_SG_" + id + "_INGRESS").build());
    draft.create(
        IpAddrGroupBuilder.builder()
            .id(id)
            .name(group.name())
            .inboundChainId(in)
            .outboundChainId(out)
            .build());
    for (SecurityGroupRule rule : group.rules()) {
      SecurityGroupRules.create(draft, rule);
      draft.create(Documents.toStored(rule));
    }
    draft.create(stored(group));
  }

  /** Rules come and go by themselves; the rest of the group cannot change. */
  static void update(Draft draft, SecurityGroup group) {
    IpAddrGroup addresses = draft.get(ObjectType.IP_ADDR_GROUP, group.id());
    draft.update(addresses.withName(group.name()));
    NeutronObject old = draft.get(ObjectType.SECURITY_GROUP, group.id());
    draft.update(old.with("name", group.name()).with("description", group.description()));
  }

  /** Members forget the group, and so do the rules of other groups that name it. */
  static void delete(Draft draft, SecurityGroup group) {
    UUID id = group.id();
    forgetMembers(draft, id);
    for (NeutronObject rule : List.copyOf(draft.list(ObjectType.SECURITY_GROUP_RULE))) {
      if (id.equals(rule.uuid("security_group_id")) || id.equals(rule.uuid("remote_group_id"))) {
        SecurityGroupRules.delete(draft, rule.id());
        draft.delete(ObjectType.SECURITY_GROUP_RULE, rule.id());
      }
    }
    draft.delete(ObjectType.CHAIN, Ids.IN_CHAIN.of(id));
    draft.delete(ObjectType.CHAIN, Ids.OUT_CHAIN.of(id));
    draft.delete(ObjectType.IP_ADDR_GROUP, id);
    draft.delete(ObjectType.SECURITY_GROUP, id);
  }

  /** What is stored of a group; its rules are stored by themselves. */
  private static NeutronObject stored(SecurityGroup group) {
    return Documents.toStored(group).with("security_group_rules", List.of());
  }

  /** Neutron refuses to delete a group that has members, but a race may get past that. */
  private static void forgetMembers(Draft draft, UUID group) {
    Set<UUID> ports =
        draft.references(References.IP_ADDR_GROUP_MEMBERS, group).stream()
            .map(member -> draft.get(ObjectType.IP_ADDR_GROUP_MEMBER, member).portId())
            .filter(port -> port != null && draft.exists(ObjectType.NEUTRON_PORT, port))
            .collect(Collectors.toSet());
    for (UUID id : ports) {
      NeutronPort port = draft.port(id);
      List<String> rest = new ArrayList<>();
      port.securityGroups().stream()
          .filter(other -> !other.equals(group))
          .forEach(other -> rest.add(other.toString()));
      NeutronObject stored = draft.get(ObjectType.NEUTRON_PORT, id).with("security_groups", rest);
      PortFilters.update(draft, port, Documents.port(stored));
      draft.update(stored);
    }
  }
}
