package org.midonet.neutron.ipam;

import org.midonet.neutron.error.NeutronException;
import org.midonet.packets.IpAddress;

/** What address management refuses, in Neutron's words; stateless. */
final class IpamErrors {
  private IpamErrors() {}

  static NeutronException noMoreAddresses(String networkId) {
    return NeutronException.conflict(
        "IpAddressGenerationFailure",
        "No more IP addresses available on network " + networkId + ".");
  }

  static NeutronException noMatchingSubnet(String networkId, String deviceOwner) {
    return NeutronException.conflict(
        "IpAddressGenerationFailureNoMatchingSubnet",
        "No valid service subnet for the given device owner, network "
            + networkId
            + ", service type "
            + deviceOwner
            + ".");
  }

  static NeutronException alreadyAllocated(IpAddress address, String subnetId) {
    return NeutronException.conflict(
        "IpAddressAlreadyAllocated",
        "IP address " + address + " already allocated in subnet " + subnetId);
  }

  static NeutronException invalidForSubnet(IpAddress address) {
    return new NeutronException(
        400,
        "InvalidIpForSubnet",
        "IP address " + address + " is not a valid IP for the specified subnet.");
  }

  static NeutronException invalidForNetwork(IpAddress address) {
    return new NeutronException(
        400,
        "InvalidIpForNetwork",
        "IP address "
            + address
            + " is not a valid IP for any of the subnets on the specified network.");
  }

  static NeutronException automaticSubnet(IpAddress address, String subnetId) {
    return new NeutronException(
        400,
        "AllocationOnAutoAddressSubnet",
        "IPv6 address "
            + address
            + " cannot be directly assigned to a port on subnet "
            + subnetId
            + " as the subnet is configured for automatic addresses");
  }

  static NeutronException noSubnets() {
    return NeutronException.invalidInput("IP allocation requires subnets for network");
  }

  static NeutronException neitherSubnetNorAddress() {
    return NeutronException.invalidInput("IP allocation requires subnet_id or ip_address");
  }

  static NeutronException foreignSubnet(String networkId, String subnetId) {
    return NeutronException.invalidInput(
        "Failed to create port on network "
            + networkId
            + ", because fixed_ips included invalid subnet "
            + subnetId);
  }
}
