package org.midonet.neutron.subnet;

import org.midonet.neutron.error.NeutronException;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpRange;

/** What subnets refuse, in Neutron's words; stateless. */
final class SubnetErrors {
  private SubnetErrors() {}

  static NeutronException bad(String reason) {
    return NeutronException.badResourceRequest("subnets", reason);
  }

  static NeutronException invalidPool(String pool) {
    return new NeutronException(
        400, "InvalidAllocationPool", "The allocation pool " + pool + " is not valid.");
  }

  static NeutronException outOfBounds(IpRange pool, Cidr cidr) {
    return new NeutronException(
        400,
        "OutOfBoundsAllocationPool",
        "The allocation pool " + pool + " spans beyond the subnet cidr " + cidr + ".");
  }

  static NeutronException overlappingPools(IpRange one, IpRange other, Cidr cidr) {
    return NeutronException.conflict(
        "OverlappingAllocationPools",
        "Found overlapping allocation pools: " + one + " " + other + " for subnet " + cidr + ".");
  }

  static NeutronException gatewayInPool(IpAddress gateway, IpRange pool) {
    return NeutronException.conflict(
        "GatewayConflictWithAllocationPools",
        "Gateway ip " + gateway + " conflicts with allocation pool " + pool + ".");
  }

  static NeutronException gatewayInUse(IpAddress gateway, String portId) {
    return NeutronException.conflict(
        "GatewayIpInUse",
        "Current gateway ip "
            + gateway
            + " already in use by port "
            + portId
            + ". Unable to update.");
  }

  static NeutronException gatewayNotAllocatable(IpAddress gateway, Cidr cidr) {
    return NeutronException.conflict(
        "IpamValueInvalid", "Gateway IP " + gateway + " cannot be allocated in CIDR " + cidr);
  }

  static NeutronException tooManyNameservers(String subnet, int limit) {
    return new NeutronException(
        400,
        "DNSNameServersExhausted",
        "Unable to complete operation for "
            + subnet
            + ". The number of DNS nameservers exceeds the limit "
            + limit
            + ".");
  }

  static NeutronException tooManyHostRoutes(String subnet, int limit) {
    return new NeutronException(
        400,
        "HostRoutesExhausted",
        "Unable to complete operation for "
            + subnet
            + ". The number of host routes exceeds the limit "
            + limit
            + ".");
  }

  static NeutronException inUse(String subnetId) {
    return NeutronException.conflict(
        "SubnetInUse",
        "Unable to complete operation on subnet "
            + subnetId
            + ": One or more ports have an IP allocation from this subnet.");
  }

  static NeutronException overlap(Cidr cidr, String networkId) {
    return NeutronException.invalidInput(
        "Requested subnet with cidr: "
            + cidr
            + " for network: "
            + networkId
            + " overlaps with another subnet");
  }

  static NeutronException poolAffinity() {
    return new NeutronException(
        400,
        "NetworkSubnetPoolAffinityError",
        "Subnets hosted on the same network must be allocated from the same subnet pool.");
  }

  static NeutronException scopeAffinity() {
    return new NeutronException(
        400,
        "NetworkAddressScopeAffinityError",
        "Subnets of the same address family hosted on the same network must all participate in"
            + " the same address scope.");
  }
}
