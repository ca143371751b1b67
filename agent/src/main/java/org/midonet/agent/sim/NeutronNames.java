package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Topology;
import org.midonet.topology.Chain;
import org.midonet.topology.Condition;
import org.midonet.topology.Ids;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.PoolMember;
import org.midonet.topology.Port;
import org.midonet.topology.Route;
import org.midonet.topology.Rule;

/**
 * Names objects of the topology by what they are in Neutron. Immutable, safe to share. Which object
 * is behind one follows from its id (spec/midonet.md App. C).
 */
public final class NeutronNames {
  private final Topology topology;

  public NeutronNames(Topology topology) {
    this.topology = topology;
  }

  /** A port, and what it is of. */
  public String port(UUID id) {
    if (id.equals(MetadataProxy.PORT)) {
      return "the metadata proxy";
    }
    Port port = topology.find(ObjectType.PORT, id);
    if (port == null && topology.has(ObjectType.HOST, HealthProber.hostOf(id))) {
      return "the health monitor of host " + HealthProber.hostOf(id);
    }
    if (port == null) {
      return "port " + id;
    }
    if (port.routerId() == null) {
      boolean neutrons = topology.has(ObjectType.NEUTRON_PORT, id) || port.interfaceName() == null;
      return (neutrons
              ? named(ObjectType.NEUTRON_PORT, id, "port")
              : "interface %s (%s)".formatted(port.interfaceName(), id))
          + network(port);
    }
    UUID gateway = Ids.TENANT_GW_PORT.of(id);
    UUID joined = Ids.ROUTER_INTERFACE_PORT_PEER.of(id);
    if (topology.has(ObjectType.NEUTRON_PORT, gateway)) {
      return "the gateway " + gateway + " of " + device(port.routerId());
    }
    return topology.has(ObjectType.NEUTRON_PORT, joined)
        ? "the interface " + joined + " of " + device(port.routerId())
        : "port " + id + " of " + device(port.routerId());
  }

  /** A VIP, its pool and the member that was chosen. */
  String balanced(Step.Balance step) {
    PoolMember member =
        step.member() == null ? null : topology.find(ObjectType.POOL_MEMBER, step.member());
    return named(ObjectType.NEUTRON_VIP, step.vip(), "VIP")
        + (step.pool() == null ? "" : ", " + named(ObjectType.NEUTRON_POOL, step.pool(), "pool"))
        + (member == null
            ? ""
            : ", member %s:%d (%s)".formatted(member.address(), member.protocolPort(), member.id()))
        + ": "
        + step.choice().text();
  }

  private String network(Port port) {
    return port.bridgeId() == null ? "" : " on " + device(port.bridgeId());
  }

  /** A network or router. */
  public String device(UUID id) {
    return topology.has(ObjectType.ROUTER, id)
        ? named(ObjectType.NEUTRON_ROUTER, id, "router")
        : named(ObjectType.NEUTRON_NETWORK, id, "network");
  }

  private String named(ObjectType<NeutronObject> type, UUID id, String kind) {
    NeutronObject object = topology.find(type, id);
    String name = object == null ? null : object.text("name");
    return kind + " " + (name == null || name.isEmpty() ? id : name + " (" + id + ")");
  }

  /** The group, port or router whose chain it is, by the chain's id; else the chain's own name. */
  String chain(UUID id, @Nullable String name) {
    for (Ids kind : List.of(Ids.IN_CHAIN, Ids.OUT_CHAIN)) {
      boolean in = kind == Ids.IN_CHAIN;
      UUID owner = kind.of(id);
      if (topology.has(ObjectType.SECURITY_GROUP, owner)) {
        String rules = in ? "egress rules of " : "ingress rules of ";
        return rules + named(ObjectType.SECURITY_GROUP, owner, "security group");
      }
      if (topology.has(ObjectType.NEUTRON_PORT, owner)) {
        return (in ? "what leaves " : "what reaches ")
            + named(ObjectType.NEUTRON_PORT, owner, "port");
      }
      if (topology.has(ObjectType.NEUTRON_ROUTER, owner)) {
        return (in ? "pre-routing of " : "post-routing of ")
            + named(ObjectType.NEUTRON_ROUTER, owner, "router");
      }
    }
    UUID guarded = Ids.ANTI_SPOOF_CHAIN.of(id);
    if (topology.has(ObjectType.NEUTRON_PORT, guarded)) {
      return "addresses of " + named(ObjectType.NEUTRON_PORT, guarded, "port");
    }
    Chain chain = topology.find(ObjectType.CHAIN, id);
    String own = chain == null ? name : chain.name();
    return own == null ? "chain " + id : own;
  }

  /** The security group rule, floating IP or router that a rule stands for; else what it says. */
  String rule(Rule rule) {
    UUID id = rule.id();
    if (topology.has(ObjectType.SECURITY_GROUP_RULE, id)) {
      return "security group rule " + id;
    }
    UUID whole = Ids.NON_HEADER_RULE.of(id);
    if (topology.has(ObjectType.SECURITY_GROUP_RULE, whole)) {
      return "security group rule " + whole + " (fragments)";
    }
    for (Ids kind :
        List.of(
            Ids.FIP_DNAT_RULE,
            Ids.FIP_SNAT_RULE,
            Ids.FIP_SNAT_EXACT_RULE,
            Ids.FIP_SKIP_SNAT_IN_RULE,
            Ids.FIP_SKIP_SNAT_OUT_RULE)) {
      NeutronObject floating = topology.find(ObjectType.FLOATING_IP, kind.of(id));
      if (floating != null) {
        return "floating IP %s (%s)".formatted(floating.text("floating_ip_address"), floating.id());
      }
    }
    for (Ids kind :
        List.of(
            Ids.OUT_SNAT_RULE,
            Ids.DST_REWRITTEN_SNAT_RULE,
            Ids.IN_REVERSE_SNAT_RULE,
            Ids.OUT_DROP_UNMATCHED_FRAGMENTS_RULE,
            Ids.IN_DROP_WRONG_PORT_TRAFFIC_RULE,
            Ids.SKIP_SNAT_ACCEPT_RULE,
            Ids.SKIP_SNAT_IN_GW_PORT_RULE,
            Ids.SKIP_SNAT_OUT_GW_PORT_RULE)) {
      if (topology.has(ObjectType.NEUTRON_ROUTER, kind.of(id))) {
        return "gateway SNAT of " + device(kind.of(id));
      }
    }
    return "rule [" + condition(rule.condition()) + "]";
  }

  private String condition(Condition it) {
    List<String> parts = new ArrayList<>();
    add(parts, it.matchReturnFlow(), false, "return flow", "");
    add(parts, it.matchForwardFlow(), false, "forward flow", "");
    add(parts, it.dlType() != null, it.invDlType(), "type", it.dlType());
    add(parts, it.dlSrc() != null, it.invDlSrc(), "from MAC", it.dlSrc());
    add(parts, it.dlDst() != null, it.invDlDst(), "to MAC", it.dlDst());
    add(parts, it.nwProto() != null, it.invNwProto(), "protocol", it.nwProto());
    add(parts, it.nwSrc() != null, it.invNwSrc(), "from", it.nwSrc());
    add(parts, it.nwDst() != null, it.invNwDst(), "to", it.nwDst());
    add(parts, it.tpSrc() != null, it.invTpSrc(), "source port", it.tpSrc());
    add(parts, it.tpDst() != null, it.invTpDst(), "port", it.tpDst());
    add(parts, it.ipAddrGroupSrc() != null, it.invIpAddrGroupSrc(), "from a member of", "a group");
    add(parts, it.ipAddrGroupDst() != null, it.invIpAddrGroupDst(), "to a member of", "a group");
    add(parts, it.matchNwDstRewritten(), it.condInvert(), "translated destination", "");
    return parts.isEmpty() ? "everything" : String.join(", ", parts);
  }

  private static void add(
      List<String> parts, boolean present, boolean inverted, String what, @Nullable Object value) {
    if (present) {
      parts.add(((inverted ? "not " : "") + what + " " + value).strip());
    }
  }

  String route(Route route) {
    String to = route.dst() + " ";
    return switch (route.nextHop()) {
      case NORMAL ->
          to
              + (route.nextHopGateway() == null ? "on the link" : "via " + route.nextHopGateway())
              + (route.nextHopPortId() == null ? "" : " by " + port(route.nextHopPortId()));
      case LOCAL -> to + "is the router's own";
      case BLACKHOLE -> to + "is a black hole";
      case REJECT -> to + "is rejected";
      case FIP64 -> to + "is for the translation of IPv6";
    };
  }
}
