package org.midonet.agent.sim;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Fragment;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.topology.Condition;
import org.midonet.topology.FragmentPolicy;
import org.midonet.topology.TpRange;

/**
 * A condition prepared for many packets. Immutable, safe to share. spec/midonet.md 5.6.
 *
 * <p>Three things differ from MidoNet. A range of ports is not met by a packet without ports: else
 * the exception that anti-spoofing makes for DHCP would let through every packet that has none. And
 * IPv6's neighbour discovery meets what is said of ARP, which it stands in for: an address that a
 * neighbour claims is guarded, and finding neighbours needs no rule. A prefix of one version of IP
 * is not met by packets of the other, inverted or not: what is "not from the gateway's address" is
 * IPv4.
 */
final class Matcher {
  private static final long ALL_BITS = 0xffff_ffff_ffffL;

  private final Condition condition;
  private final boolean empty;
  private final FragmentPolicy fragments;
  private final Set<UUID> inPorts;
  private final Set<UUID> outPorts;
  private final @Nullable Prefix source;
  private final @Nullable Prefix destination;
  private final @Nullable Prefix quotedSource;
  private final @Nullable Prefix quotedDestination;
  private final int etherType;

  Matcher(Condition condition) {
    this.condition = condition;
    this.empty = condition.equals(Condition.ALL);
    FragmentPolicy policy = condition.fragmentPolicy();
    FragmentPolicy implied = empty ? FragmentPolicy.ANY : FragmentPolicy.UNFRAGMENTED;
    this.fragments = policy == null ? implied : policy;
    this.inPorts = Set.copyOf(condition.inPorts());
    this.outPorts = Set.copyOf(condition.outPorts());
    this.source = prefix(condition.nwSrc());
    this.destination = prefix(condition.nwDst());
    this.quotedSource = prefix(condition.icmpDataSrcIp());
    this.quotedDestination = prefix(condition.icmpDataDstIp());
    this.etherType = condition.dlType() == null ? -1 : condition.dlType().value();
  }

  private static @Nullable Prefix prefix(@Nullable IpPrefix prefix) {
    return prefix == null ? null : Prefix.of(prefix);
  }

  boolean matches(Walk walk, Headers headers) {
    if (empty) {
      return true;
    }
    return fragmentsMatch(headers.fragment) && fieldsMatch(walk, headers) != condition.condInvert();
  }

  private boolean fragmentsMatch(Fragment fragment) {
    return switch (fragments) {
      case ANY -> true;
      case UNFRAGMENTED -> fragment == Fragment.NONE;
      case HEADER -> fragment != Fragment.LATER;
      case NONHEADER -> fragment == Fragment.LATER;
    };
  }

  /** What is cheap to tell comes first, what needs state or groups last. */
  private boolean fieldsMatch(Walk walk, Headers headers) {
    return linkMatches(headers)
        && networkMatches(headers)
        && transportMatches(walk, headers)
        && portsMatch(walk)
        && quotedMatches(headers)
        && (!condition.matchNwDstRewritten() || walk.destinationRewritten)
        && groupsMatch(walk, headers)
        && (!condition.matchReturnFlow() || walk.isReturn())
        && (!condition.matchForwardFlow() || !walk.isReturn());
  }

  private boolean linkMatches(Headers headers) {
    Condition it = condition;
    return (etherType < 0 || typeMatches(headers) != it.invDlType())
        && macMatches(it.dlSrc(), it.dlSrcMask(), it.invDlSrc(), headers.source)
        && macMatches(it.dlDst(), it.dlDstMask(), it.invDlDst(), headers.destination)
        && (!it.noVlan() || !headers.isTagged())
        && (it.vlan() == null || (headers.isTagged() && headers.tags.getFirst().id() == it.vlan()));
  }

  private boolean typeMatches(Headers headers) {
    return headers.etherType == etherType
        || (etherType == Ethernet.ARP && headers.isNeighbourTalk());
  }

  private static boolean macMatches(
      @Nullable Mac wanted, @Nullable Mac mask, boolean inverted, Mac mac) {
    if (wanted == null) {
      return true;
    }
    long bits = mask == null ? ALL_BITS : mask.value();
    return ((wanted.value() ^ mac.value()) & bits) == 0 != inverted;
  }

  private boolean networkMatches(Headers headers) {
    Condition it = condition;
    return (it.nwProto() == null || (it.nwProto() == headers.protocol) != it.invNwProto())
        && (it.nwTos() == null || (it.nwTos() == headers.tos) != it.invNwTos())
        && prefixMatches(source, it.invNwSrc(), headers.ruleSource())
        && prefixMatches(destination, it.invNwDst(), headers.ruleDestination());
  }

  /** What is said of one version of IP, even in the negative, is not said of the other. */
  private static boolean prefixMatches(
      @Nullable Prefix prefix, boolean inverted, @Nullable IpAddress address) {
    if (prefix == null) {
      return true;
    }
    return address == null
        ? inverted
        : address.version() == prefix.version() && prefix.contains(address) != inverted;
  }

  /** Another port would have changed nothing where the other range is not met anyway. */
  private boolean transportMatches(Walk walk, Headers headers) {
    Condition it = condition;
    if (it.tpSrc() == null && it.tpDst() == null) {
      return true;
    }
    boolean icmp = headers.icmpType >= 0;
    boolean source =
        rangeMatches(it.tpSrc(), it.invTpSrc(), icmp ? headers.icmpType : headers.sourcePort);
    boolean destination =
        rangeMatches(it.tpDst(), it.invTpDst(), icmp ? headers.icmpCode : headers.destinationPort);
    walk.bySourcePort |= it.tpSrc() != null && destination;
    walk.byDestinationPort |= it.tpDst() != null && source;
    return source && destination;
  }

  private static boolean rangeMatches(@Nullable TpRange range, boolean inverted, int value) {
    return range == null || (value >= 0 && range.contains(value) != inverted);
  }

  private boolean portsMatch(Walk walk) {
    Condition it = condition;
    PortDevice in = walk.inPort;
    PortDevice out = walk.outPort;
    return (inPorts.isEmpty() || (in != null && inPorts.contains(in.id())) != it.invInPorts())
        && (outPorts.isEmpty() || (out != null && outPorts.contains(out.id())) != it.invOutPorts())
        && groupMatches(it.portGroup(), it.invPortGroup(), walk.ingress)
        && groupMatches(it.inPortGroup(), it.invInPortGroup(), in)
        && groupMatches(it.outPortGroup(), it.invOutPortGroup(), out)
        && (it.traversedDevice() == null
            || walk.hasTraversed(it.traversedDevice()) != it.invTraversedDevice());
  }

  private static boolean groupMatches(
      @Nullable UUID group, boolean inverted, @Nullable PortDevice port) {
    return group == null || (port != null && port.groups().contains(group)) != inverted;
  }

  private boolean quotedMatches(Headers headers) {
    if (quotedSource == null && quotedDestination == null) {
      return true;
    }
    IpAddress from = headers.quoted == null ? null : headers.quoted.source();
    IpAddress to = headers.quoted == null ? null : headers.quoted.destination();
    return prefixMatches(quotedSource, condition.invIcmpDataSrcIp(), from)
        && prefixMatches(quotedDestination, condition.invIcmpDataDstIp(), to);
  }

  private boolean groupsMatch(Walk walk, Headers headers) {
    Condition it = condition;
    return memberMatches(walk, it.ipAddrGroupSrc(), it.invIpAddrGroupSrc(), headers.ruleSource())
        && memberMatches(
            walk, it.ipAddrGroupDst(), it.invIpAddrGroupDst(), headers.ruleDestination());
  }

  private static boolean memberMatches(
      Walk walk, @Nullable UUID group, boolean inverted, @Nullable IpAddress address) {
    return group == null || walk.isMember(group, address) != inverted;
  }
}
