package org.midonet.cluster.translation;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.NeutronPort.AddressPair;
import org.midonet.cluster.neutron.NeutronPort.FixedIp;
import org.midonet.packets.EtherType;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Mac;
import org.midonet.topology.Chain;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.ConditionBuilder;
import org.midonet.topology.Ids;
import org.midonet.topology.IpAddrGroup;
import org.midonet.topology.ObjectType;
import org.midonet.topology.RuleAction;
import org.midonet.topology.TpRange;

/**
 * The three chains of a port whose owner is not trusted: what it may send, what it may receive, and
 * as whom it may send. Stateless. midonet.md 4.3.
 *
 * <p>A chain is named from the network's side: INBOUND is what enters from the port, which Neutron
 * calls egress.
 */
final class PortFilters {
  private static final int DHCP_CLIENT = 68;
  private static final int DHCP_SERVER = 67;

  private PortFilters() {}

  /** Whether ports of this owner are filtered: those of virtual machines and of VIPs. */
  static boolean isFiltered(NeutronPort port) {
    return switch (port.owner()) {
      case COMPUTE, LOADBALANCER, LOADBALANCERV2 -> true;
      case DHCP, FLOATINGIP, ROUTER_GW, ROUTER_INTF, REMOTE_SITE -> false;
    };
  }

  static UUID inbound(UUID port) {
    return Ids.IN_CHAIN.of(port);
  }

  static UUID outbound(UUID port) {
    return Ids.OUT_CHAIN.of(port);
  }

  private static UUID antiSpoof(UUID port) {
    return Ids.ANTI_SPOOF_CHAIN.of(port);
  }

  static void create(Draft draft, NeutronPort port) {
    draft.create(chain(inbound(port.id()), "OS_PORT_" + port.id() + "_INBOUND"));
    draft.create(chain(outbound(port.id()), "OS_PORT_" + port.id() + "_OUTBOUND"));
    draft.create(chain(antiSpoof(port.id()), "OS_PORT_" + port.id() + "_ANTI_SPOOF"));
    fill(draft, port);
  }

  /** The rules go with their chains. */
  static void delete(Draft draft, UUID port) {
    draft.delete(ObjectType.CHAIN, inbound(port));
    draft.delete(ObjectType.CHAIN, outbound(port));
    draft.delete(ObjectType.CHAIN, antiSpoof(port));
  }

  /** Makes the rules anew if they would be others. */
  static void update(Draft draft, NeutronPort old, NeutronPort port) {
    if (isFiltered(old) && isFiltered(port) && sameRules(old, port)) {
      return;
    }
    if (isFiltered(old) && isFiltered(port)) {
      empty(draft, inbound(port.id()));
      empty(draft, outbound(port.id()));
      empty(draft, antiSpoof(port.id()));
      fill(draft, port);
    } else if (isFiltered(old)) {
      delete(draft, port.id());
    } else if (isFiltered(port)) {
      create(draft, port);
    }
  }

  private static boolean sameRules(NeutronPort old, NeutronPort port) {
    return old.portSecurityEnabled() == port.portSecurityEnabled()
        && old.securityGroups().equals(port.securityGroups())
        && old.fixedIps().equals(port.fixedIps())
        && old.allowedAddressPairs().equals(port.allowedAddressPairs())
        && Objects.equals(old.macAddress(), port.macAddress());
  }

  private static Chain chain(UUID id, String name) {
    return ChainBuilder.builder().id(id).name(name).build();
  }

  private static void empty(Draft draft, UUID chain) {
    for (UUID rule : draft.get(ObjectType.CHAIN, chain).ruleIds()) {
      draft.delete(ObjectType.RULE, rule);
    }
  }

  /** Without port security the chains stay empty, and everything passes. */
  private static void fill(Draft draft, NeutronPort port) {
    if (!port.portSecurityEnabled()) {
      return;
    }
    UUID in = inbound(port.id());
    UUID out = outbound(port.id());
    draft.create(
        Rules.jump(Ids.ANTI_SPOOF_CHAIN_JUMP_RULE.of(port.id()), in, antiSpoof(port.id())));
    draft.create(Rules.acceptReturnFlow(draft.newId(), in));
    draft.create(Rules.acceptReturnFlow(draft.newId(), out));
    for (UUID id : port.securityGroups()) {
      IpAddrGroup group = draft.get(ObjectType.IP_ADDR_GROUP, id);
      draft.create(Rules.jump(draft.newId(), in, Ids.IN_CHAIN.of(group.id())));
      draft.create(Rules.jump(draft.newId(), out, Ids.OUT_CHAIN.of(group.id())));
    }
    dropAllButArp(draft, in);
    dropAllButArp(draft, out);
    fillAntiSpoof(draft, port);
  }

  private static void dropAllButArp(Draft draft, UUID chain) {
    ConditionBuilder notArp = Rules.anyFragment().dlType(EtherType.ARP).invDlType(true);
    draft.create(Rules.rule(draft.newId(), chain, RuleAction.DROP, notArp));
  }

  private static void fillAntiSpoof(Draft draft, NeutronPort port) {
    UUID chain = antiSpoof(port.id());
    ConditionBuilder dhcp =
        Rules.anyFragment().tpSrc(TpRange.of(DHCP_CLIENT)).tpDst(TpRange.of(DHCP_SERVER));
    draft.create(Rules.rule(draft.newId(), chain, RuleAction.RETURN, dhcp));
    for (FixedIp ip : port.fixedIps()) {
      permit(draft, chain, IpPrefix.of(ip.address()), port.macAddress());
    }
    for (AddressPair pair : port.allowedAddressPairs()) {
      permit(draft, chain, IpPrefix.of(pair.addresses()), pair.mac());
    }
    draft.create(Rules.rule(draft.newId(), chain, RuleAction.DROP, Rules.anyFragment()));
  }

  /** ARP by these addresses, and anything else by them and this MAC. */
  private static void permit(Draft draft, UUID chain, IpPrefix addresses, @Nullable Mac mac) {
    ConditionBuilder arp = Rules.anyFragment().dlType(EtherType.ARP).nwSrc(addresses);
    draft.create(Rules.rule(draft.newId(), chain, RuleAction.RETURN, arp));
    ConditionBuilder ip = Rules.anyFragment().nwSrc(addresses).dlSrc(mac);
    draft.create(Rules.rule(draft.newId(), chain, RuleAction.RETURN, ip));
  }
}
