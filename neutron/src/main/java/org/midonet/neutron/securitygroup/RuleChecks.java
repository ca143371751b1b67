package org.midonet.neutron.securitygroup;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpProtocol;

/** Checks that a rule's parts fit each other; pure. */
final class RuleChecks {
  private static final Set<IpProtocol> WITH_PORTS =
      Set.of(IpProtocol.DCCP, IpProtocol.SCTP, IpProtocol.TCP, IpProtocol.UDP, IpProtocol.UDPLITE);

  private static final Set<String> ONLY_IPV6 =
      Set.of(
          "ipv6-encap",
          "ipv6-frag",
          "ipv6-icmp",
          "icmpv6",
          "ipv6-nonxt",
          "ipv6-opts",
          "ipv6-route",
          "41",
          "44",
          "58",
          "59",
          "60",
          "43");

  private RuleChecks() {}

  /** The rule with former names of ICMPv6 replaced, and without a range that is every port. */
  static Resource canonical(Resource rule) {
    Resource.Builder canonical = rule.toBuilder();
    String protocol = rule.find(SecurityGroupRules.PROTOCOL);
    if ("IPv6".equals(rule.find(SecurityGroupRules.ETHERTYPE)) && protocol != null) {
      switch (protocol) {
        case "icmp", "icmpv6" -> canonical.set(SecurityGroupRules.PROTOCOL, "ipv6-icmp");
        case "1" -> canonical.set(SecurityGroupRules.PROTOCOL, "58");
        default -> {
          // Every other protocol keeps its name.
        }
      }
    }
    if (Objects.equals(rule.find(SecurityGroupRules.PORT_RANGE_MIN), 1L)
        && Objects.equals(rule.find(SecurityGroupRules.PORT_RANGE_MAX), 65535L)) {
      canonical
          .set(SecurityGroupRules.PORT_RANGE_MIN, null)
          .set(SecurityGroupRules.PORT_RANGE_MAX, null);
    }
    return canonical.build();
  }

  static void check(Resource rule) {
    checkRange(rule);
    checkPrefix(rule);
    checkEtherType(rule);
    if (Stream.of(SecurityGroupRules.REMOTE_IP_PREFIX, SecurityGroupRules.REMOTE_GROUP_ID)
            .filter(a -> rule.find(a) != null)
            .count()
        > 1) {
      throw bad(
          "SecurityGroupMultipleRemoteEntites",
          "Only one of remote_ip_prefix or remote_group_id or remote_address_group_id may be"
              + " provided.");
    }
  }

  private static void checkRange(Resource rule) {
    Long min = rule.find(SecurityGroupRules.PORT_RANGE_MIN);
    Long max = rule.find(SecurityGroupRules.PORT_RANGE_MAX);
    if (min == null && max == null) {
      return;
    }
    String text = rule.find(SecurityGroupRules.PROTOCOL);
    if (text == null) {
      throw bad(
          "SecurityGroupProtocolRequiredWithPorts",
          "Must also specify protocol if port range is given.");
    }
    IpProtocol protocol = IpProtocol.tryParse(text).orElse(IpProtocol.TCP);
    if (WITH_PORTS.contains(protocol)) {
      checkPorts(min, max);
    } else if (protocol.equals(IpProtocol.ICMP) || protocol.equals(IpProtocol.ICMPV6)) {
      checkIcmp(min, max);
    } else {
      throw bad(
          "SecurityGroupInvalidProtocolForPort",
          "Ports cannot be specified for protocol %d. Ports are only supported for DCCP, SCTP, TCP,"
                  .formatted(protocol.number())
              + " UDP, UDPLITE.");
    }
  }

  private static void checkPorts(@Nullable Long min, @Nullable Long max) {
    if (Objects.equals(min, 0L) || Objects.equals(max, 0L)) {
      throw bad("SecurityGroupInvalidPortValue", "Invalid value for port 0");
    }
    if (min == null || max == null || min > max) {
      throw bad(
          "SecurityGroupInvalidPortRange",
          "For TCP/UDP protocols, port_range_min must be <= port_range_max");
    }
  }

  private static void checkIcmp(@Nullable Long type, @Nullable Long code) {
    checkIcmp("type", "port_range_min", type);
    checkIcmp("code", "port_range_max", code);
    if (type == null) {
      throw bad(
          "SecurityGroupMissingIcmpType",
          "ICMP code (port-range-max) "
              + code
              + " is provided but ICMP type (port-range-min) is"
              + " missing.");
    }
  }

  private static void checkIcmp(String field, String attribute, @Nullable Long value) {
    if (value != null && (value < 0 || value > 255)) {
      throw bad(
          "SecurityGroupInvalidIcmpValue",
          "Invalid value for ICMP %s (%s) %d. It must be 0 to 255."
              .formatted(field, attribute, value));
    }
  }

  private static void checkPrefix(Resource rule) {
    String prefix = rule.find(SecurityGroupRules.REMOTE_IP_PREFIX);
    if (prefix == null) {
      return;
    }
    String etherType = rule.get(SecurityGroupRules.ETHERTYPE);
    int version = Cidr.tryParse(prefix).map(Cidr::version).orElse(0);
    if (!etherType.equals("IPv" + version)) {
      throw bad(
          "SecurityGroupRuleParameterConflict",
          "Conflicting value ethertype " + etherType + " for CIDR " + prefix);
    }
  }

  private static void checkEtherType(Resource rule) {
    String protocol = rule.find(SecurityGroupRules.PROTOCOL);
    if (protocol != null
        && ONLY_IPV6.contains(protocol)
        && rule.get(SecurityGroupRules.ETHERTYPE).equals("IPv4")) {
      throw bad(
          "SecurityGroupEthertypeConflictWithProtocol",
          "Invalid ethertype IPv4 for protocol " + protocol + ".");
    }
  }

  private static NeutronException bad(String type, String message) {
    return new NeutronException(400, type, message);
  }
}
