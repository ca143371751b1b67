package org.midonet.neutron.subnet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;

/**
 * Checks what a request gives against the subnet's IP version and prefix; nothing here needs the
 * database. Immutable and safe to share.
 */
final class SubnetRules {
  private static final Set<String> AUTOMATIC_MODES = Set.of("slaac", "dhcpv6-stateless");

  private final SubnetSettings settings;

  SubnetRules(SubnetSettings settings) {
    this.settings = settings;
  }

  /** Checks the input of a create. */
  void checkCreate(Resource input, Cidr cidr) {
    long version = input.get(Subnets.IP_VERSION);
    requireVersion(version, "cidr", cidr.toString(), cidr.version());
    check(input, "new subnet", cidr, false);
    if (version == 4) {
      refuseIpv6Modes(input);
    } else {
      checkIpv6Modes(input, cidr);
    }
  }

  /** Checks the changes of an update. */
  void checkUpdate(Resource current, Resource changes) {
    check(changes, current.id(), current.get(Subnets.CIDR), current.get(Subnets.ENABLE_DHCP));
    boolean modes =
        current.find(Subnets.IPV6_RA_MODE) != null
            || current.find(Subnets.IPV6_ADDRESS_MODE) != null;
    if (modes && !changes.get(Subnets.ENABLE_DHCP, true)) {
      throw NeutronException.invalidInput("Cannot disable enable_dhcp with ipv6 attributes set");
    }
  }

  private void check(Resource given, String subnet, Cidr cidr, boolean dhcpWasEnabled) {
    if (given.get(Subnets.ENABLE_DHCP, false) && !dhcpWasEnabled) {
      checkDhcp(cidr);
    }
    checkGateway(given.find(Subnets.GATEWAY_IP), cidr);
    checkNameservers(given.get(Subnets.DNS_NAMESERVERS, List.of()), subnet, cidr.version());
    checkHostRoutes(given.get(Subnets.HOST_ROUTES, List.of()), subnet, cidr.version());
  }

  private static void checkDhcp(Cidr cidr) {
    if (cidr.prefixLength() > (cidr.version() == 4 ? 30 : 126)) {
      throw NeutronException.invalidInput(
          "Subnet has a prefix length that is incompatible with DHCP service enabled");
    }
    if (cidr.network().isMulticast()) {
      throw NeutronException.invalidInput(
          "Multicast IP subnet is not supported if enable_dhcp is True");
    }
    if (cidr.network().isLoopback()) {
      throw NeutronException.invalidInput(
          "Loopback IP subnet is not supported if enable_dhcp is True");
    }
    if (cidr.version() == 4 && cidr.network().isUnspecified()) {
      throw NeutronException.invalidInput(
          "First IP '0.0.0.0' of network is not supported if enable_dhcp is True.");
    }
  }

  private static void checkGateway(@Nullable IpAddress gateway, Cidr cidr) {
    if (gateway == null) {
      return;
    }
    requireVersion(cidr.version(), "gateway_ip", gateway.toString(), gateway.version());
    if (!isPossibleGateway(gateway, cidr)) {
      throw NeutronException.invalidInput("Gateway is not valid on subnet");
    }
  }

  /**
   * A gateway outside the subnet is the user's affair; inside it cannot be IPv4's network or
   * broadcast address.
   */
  static boolean isPossibleGateway(IpAddress gateway, Cidr cidr) {
    return gateway.version() == 6 || !(gateway.equals(cidr.first()) || gateway.equals(cidr.last()));
  }

  private void checkNameservers(List<String> servers, String subnet, int version) {
    if (servers.size() > settings.maxDnsNameservers()) {
      throw SubnetErrors.tooManyNameservers(subnet, settings.maxDnsNameservers());
    }
    for (String server : servers) {
      requireVersion(version, "dns_nameserver", server, IpAddress.parse(server).version());
    }
  }

  private void checkHostRoutes(List<Map<String, Object>> routes, String subnet, int version) {
    if (routes.size() > settings.maxHostRoutes()) {
      throw SubnetErrors.tooManyHostRoutes(subnet, settings.maxHostRoutes());
    }
    for (Map<String, Object> route : routes) {
      String nexthop = String.valueOf(route.get("nexthop"));
      String destination = String.valueOf(route.get("destination"));
      requireVersion(version, "nexthop", nexthop, IpAddress.parse(nexthop).version());
      requireVersion(version, "destination", destination, prefix(destination, route).version());
    }
  }

  private static Cidr prefix(String text, Map<String, Object> route) {
    return Cidr.tryParse(text)
        .orElseThrow(() -> NeutronException.invalidInput("Invalid route: " + route));
  }

  private static void requireVersion(long wanted, String name, String value, int version) {
    if (version != wanted) {
      throw NeutronException.invalidInput(
          name + " '" + value + "' does not match the ip_version '" + wanted + "'");
    }
  }

  private static void refuseIpv6Modes(Resource input) {
    if (input.find(Subnets.IPV6_RA_MODE) != null) {
      throw NeutronException.invalidInput("ipv6_ra_mode is not valid when ip_version is 4");
    }
    if (input.find(Subnets.IPV6_ADDRESS_MODE) != null) {
      throw NeutronException.invalidInput("ipv6_address_mode is not valid when ip_version is 4");
    }
  }

  /**
   * RFC 4862, 5.5.3: prefix and interface identifier together have 128 bits, and EUI-64 identifiers
   * have 64.
   */
  private static void checkIpv6Modes(Resource input, Cidr cidr) {
    String ra = input.find(Subnets.IPV6_RA_MODE);
    String address = input.find(Subnets.IPV6_ADDRESS_MODE);
    if (ra == null && address == null) {
      return;
    }
    if (!input.get(Subnets.ENABLE_DHCP)) {
      throw NeutronException.invalidInput(
          "ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False");
    }
    if (ra != null && address != null && !ra.equals(address)) {
      throw NeutronException.invalidInput(
          "ipv6_ra_mode set to '"
              + ra
              + "' with ipv6_address_mode set to '"
              + address
              + "' is not valid. If both attributes are set, they must be the same value");
    }
    boolean automatic =
        (ra != null && AUTOMATIC_MODES.contains(ra))
            || (address != null && AUTOMATIC_MODES.contains(address));
    if (automatic && cidr.prefixLength() != 64) {
      throw NeutronException.invalidInput(
          "Invalid CIDR "
              + cidr
              + " for IPv6 address mode. OpenStack uses the EUI-64 address format, which requires"
              + " the prefix to be /64");
    }
  }

  /**
   * Checks a request for a delegated prefix as far as it goes, then refuses it: no router here asks
   * a provider for one.
   */
  static NeutronException prefixDelegation(Resource input) {
    if (input.get(Subnets.IP_VERSION) != 6) {
      return SubnetErrors.bad("Prefix Delegation can only be used with IPv6 subnets.");
    }
    if (!AUTOMATIC_MODES.contains(input.get(Subnets.IPV6_RA_MODE, ""))) {
      return SubnetErrors.bad("IPv6 RA Mode must be SLAAC or Stateless for Prefix Delegation.");
    }
    if (!AUTOMATIC_MODES.contains(input.get(Subnets.IPV6_ADDRESS_MODE, ""))) {
      return SubnetErrors.bad(
          "IPv6 Address Mode must be SLAAC or Stateless for Prefix Delegation.");
    }
    return SubnetErrors.bad(
        "IPv6 prefix delegation is not supported, give a cidr or the id of a subnet pool");
  }
}
