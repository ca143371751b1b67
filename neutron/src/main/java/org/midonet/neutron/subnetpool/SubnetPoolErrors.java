package org.midonet.neutron.subnetpool;

import org.midonet.neutron.error.NeutronException;

/** What subnet pools refuse, in Neutron's words; stateless. */
final class SubnetPoolErrors {
  private SubnetPoolErrors() {}

  private static NeutronException bad(String type, String message) {
    return new NeutronException(400, type, message);
  }

  static NeutronException emptyPrefixes() {
    return bad("EmptySubnetPoolPrefixList", "Empty subnet pool prefix list.");
  }

  static NeutronException mixedVersions() {
    return bad("PrefixVersionMismatch", "Cannot mix IPv4 and IPv6 prefixes in a subnet pool.");
  }

  static NeutronException bounds(String what, long length, String base, long baseLength) {
    return bad(
        "IllegalSubnetPoolPrefixBounds",
        "Illegal prefix bounds: " + what + "=" + length + ", " + base + "=" + baseLength + ".");
  }

  static NeutronException prefixUpdate(String reason) {
    return bad("IllegalSubnetPoolPrefixUpdate", "Illegal update to prefixes: " + reason + ".");
  }

  static NeutronException update(String reason) {
    return bad("IllegalSubnetPoolUpdate", "Illegal subnetpool update : " + reason + ".");
  }

  /**
   * The reference server answers 500; the API reference lists 409 for a request that the state does
   * not permit.
   */
  static NeutronException allocation(String reason) {
    return NeutronException.conflict(
        "SubnetAllocationError", "Failed to allocate subnet: " + reason + ".");
  }

  static NeutronException tooShort(long length, long min) {
    return bad(
        "MinPrefixSubnetAllocationError",
        "Unable to allocate subnet with prefix length "
            + length
            + ", minimum allowed prefix is "
            + min
            + ".");
  }

  static NeutronException tooLong(long length, long max) {
    return bad(
        "MaxPrefixSubnetAllocationError",
        "Unable to allocate subnet with prefix length "
            + length
            + ", maximum allowed prefix is "
            + max
            + ".");
  }

  static NeutronException quotaExceeded() {
    return NeutronException.conflict(
        "SubnetPoolQuotaExceeded", "Per-tenant subnet pool prefix quota exceeded.");
  }

  static NeutronException inUse() {
    return bad(
        "SubnetPoolDeleteError",
        "Unable to delete subnet pool: Subnet pool has existing allocations.");
  }

  static NeutronException secondDefault() {
    return NeutronException.invalidInput(
        "A default subnetpool for this IP family has already been set. Only one default may exist"
            + " per IP family");
  }

  static NeutronException scopeNotAccessible(String pool, String scope) {
    return bad(
        "IllegalSubnetPoolAssociationToAddressScope",
        "Illegal subnetpool association: subnetpool "
            + pool
            + " cannot be associated with address scope "
            + scope
            + ".");
  }

  static NeutronException scopeVersion(String pool, String scope, long version) {
    return bad(
        "IllegalSubnetPoolIpVersionAssociationToAddressScope",
        "Illegal subnetpool association: subnetpool "
            + pool
            + " cannot associate with address scope "
            + scope
            + " because subnetpool ip_version is not "
            + version
            + ".");
  }

  static NeutronException scopeConflict() {
    return NeutronException.conflict(
        "AddressScopePrefixConflict",
        "Failed to associate address scope: subnetpools within an address scope must have unique"
            + " prefixes.");
  }

  static NeutronException scopeAffinity() {
    return bad(
        "NetworkAddressScopeAffinityError",
        "Subnets of the same address family hosted on the same network must all participate in"
            + " the same address scope.");
  }
}
