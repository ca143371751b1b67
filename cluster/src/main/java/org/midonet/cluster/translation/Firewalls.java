package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.Firewall;
import org.midonet.packets.Cidr;
import org.midonet.packets.EtherType;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.IpProtocol;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.Condition;
import org.midonet.topology.ConditionBuilder;
import org.midonet.topology.Ids;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.RuleAction;
import org.midonet.topology.TpRange;

/**
 * A firewall becomes a chain, to which the forward chains of its routers jump. Stateless.
 * midonet.md 4.9.
 */
final class Firewalls {
  private static final int IPV4 = 4;

  private Firewalls() {}

  static void create(Draft draft, Firewall firewall) {
    refuseVersions(draft, firewall);
    draft.create(
        ChainBuilder.builder()
            .id(chain(firewall.id()))
            .name("OS_FW_FORWARD_" + firewall.id())
            .build());
    fill(draft, firewall);
    firewall.addRouterIds().forEach(router -> put(draft, firewall.id(), router));
    draft.create(stored(firewall, routers(List.of(), firewall)));
  }

  /** One that MidoNet does not know comes into being, one that leaves its last router goes. */
  static void update(Draft draft, Firewall firewall) {
    NeutronObject known = draft.find(ObjectType.NEUTRON_FIREWALL, firewall.id());
    if (firewall.lastRouter()) {
      if (known != null) {
        delete(draft, (Firewall) Documents.stored(known));
        draft.delete(ObjectType.NEUTRON_FIREWALL, firewall.id());
      }
      return;
    }
    if (known == null) {
      create(draft, firewall);
      return;
    }
    refuseVersions(draft, firewall);
    Firewall old = (Firewall) Documents.stored(known);
    if (old.adminStateUp() != firewall.adminStateUp() || !old.rules().equals(firewall.rules())) {
      for (UUID rule : draft.get(ObjectType.CHAIN, chain(firewall.id())).ruleIds()) {
        draft.delete(ObjectType.RULE, rule);
      }
      fill(draft, firewall);
    }
    firewall.delRouterIds().forEach(router -> take(draft, firewall.id(), router));
    firewall.addRouterIds().forEach(router -> put(draft, firewall.id(), router));
    draft.update(stored(firewall, routers(old.addRouterIds(), firewall)));
  }

  static void delete(Draft draft, Firewall firewall) {
    firewall.addRouterIds().forEach(router -> take(draft, firewall.id(), router));
    draft.delete(ObjectType.CHAIN, chain(firewall.id()));
  }

  private static UUID chain(UUID firewall) {
    return Ids.FWD_CHAIN.of(firewall);
  }

  /**
   * What is stored: all routers that the firewall is on, and nothing of how it came to be so. Its
   * status is Neutron's to know.
   */
  private static NeutronObject stored(Firewall firewall, Set<UUID> routers) {
    return Documents.toStored(firewall)
        .with("add-router-ids", routers.stream().map(UUID::toString).toList())
        .with("del-router-ids", List.of())
        .with("last-router", false)
        .with("status", null);
  }

  private static Set<UUID> routers(List<UUID> before, Firewall firewall) {
    Set<UUID> routers = new LinkedHashSet<>(before);
    routers.addAll(firewall.addRouterIds());
    firewall.delRouterIds().forEach(routers::remove);
    return routers;
  }

  /** Has a router try the firewall on what passes one of its interfaces at least. */
  private static void put(Draft draft, UUID firewall, UUID router) {
    draft.require(ObjectType.ROUTER, router);
    UUID interfaces = Ids.ROUTER_INTERFACE_PORT_GROUP.of(router);
    UUID id = Ids.FWD_CHAIN_FW_JUMP_RULE.of(router);
    Condition touching =
        Rules.anyFragment()
            .inPortGroup(interfaces)
            .invInPortGroup(true)
            .outPortGroup(interfaces)
            .invOutPortGroup(true)
            .condInvert(true)
            .build();
    if (jumpsTo(draft, id, chain(firewall))) {
      return;
    }
    draft.delete(ObjectType.RULE, id);
    draft.prepend(
        Rules.rule(id, Ids.FWD_CHAIN.of(router), new RuleAction.Jump(chain(firewall), null))
            .condition(touching)
            .build());
  }

  /** The router may have another firewall by now, which stays. */
  private static void take(Draft draft, UUID firewall, UUID router) {
    UUID id = Ids.FWD_CHAIN_FW_JUMP_RULE.of(router);
    if (jumpsTo(draft, id, chain(firewall))) {
      draft.delete(ObjectType.RULE, id);
    }
  }

  private static boolean jumpsTo(Draft draft, UUID rule, UUID chain) {
    var present = draft.find(ObjectType.RULE, rule);
    return present != null
        && present.action() instanceof RuleAction.Jump jump
        && jump.chainId().equals(chain);
  }

  private static void fill(Draft draft, Firewall firewall) {
    UUID chain = chain(firewall.id());
    if (!firewall.adminStateUp()) {
      draft.create(Rules.rule(draft.newId(), chain, RuleAction.DROP).build());
    }
    draft.create(Rules.acceptReturnFlow(draft.newId(), chain));
    for (Firewall.Rule rule : firewall.rules()) {
      if (rule.enabled()) {
        draft.create(Rules.rule(rule.id(), chain, action(rule), condition(draft.settings(), rule)));
      }
    }
    draft.create(Rules.rule(draft.newId(), chain, RuleAction.DROP).build());
  }

  private static RuleAction action(Firewall.Rule rule) {
    return switch (rule.action()) {
      case ALLOW -> RuleAction.RETURN;
      case DENY -> RuleAction.DROP;
      case REJECT -> RuleAction.REJECT;
    };
  }

  /** MidoNet's routers know IPv4 alone, so that its rules need not say that they are about it. */
  private static ConditionBuilder condition(TranslationSettings settings, Firewall.Rule rule) {
    ConditionBuilder condition =
        Rules.condition()
            .nwProto(protocol(rule))
            .nwSrc(prefix(rule.source()))
            .nwDst(prefix(rule.destination()))
            .tpSrc(range(rule.sourcePorts()))
            .tpDst(range(rule.destinationPorts()));
    if (settings.firewallsOfIpv6()) {
      condition.dlType(rule.ipVersion() == IPV4 ? EtherType.IPV4 : EtherType.IPV6);
    }
    return condition;
  }

  /** Who says icmp of IPv6 means the one that IPv6 has. */
  private static @Nullable Integer protocol(Firewall.Rule rule) {
    Integer protocol = rule.protocol();
    boolean icmp = protocol != null && protocol == IpProtocol.ICMP.number();
    return icmp && rule.ipVersion() != IPV4
        ? Integer.valueOf(IpProtocol.ICMPV6.number())
        : protocol;
  }

  private static @Nullable IpPrefix prefix(@Nullable Cidr cidr) {
    return cidr == null ? null : IpPrefix.of(cidr);
  }

  private static @Nullable TpRange range(Firewall.@Nullable Ports ports) {
    return ports == null ? null : new TpRange(ports.first(), ports.last());
  }

  private static void refuseVersions(Draft draft, Firewall firewall) {
    if (draft.settings().firewallsOfIpv6()) {
      return;
    }
    List<UUID> others = new ArrayList<>();
    firewall.rules().stream()
        .filter(rule -> rule.ipVersion() != IPV4)
        .forEach(rule -> others.add(rule.id()));
    if (!others.isEmpty()) {
      throw TranslationException.invalid("Firewall rules are for IPv4 only, but not " + others);
    }
  }
}
