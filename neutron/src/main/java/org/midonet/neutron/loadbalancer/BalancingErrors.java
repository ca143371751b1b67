package org.midonet.neutron.loadbalancer;

import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;

/** What pools, VIPs, members and monitors refuse, in Neutron's words; stateless. */
final class BalancingErrors {
  private BalancingErrors() {}

  static NeutronException state(String id, String state) {
    return NeutronException.conflict(
        "StateInvalid", "Invalid state %s of Loadbalancer resource %s".formatted(state, id));
  }

  static NeutronException notAuthorized() {
    return new NeutronException(403, "NotAuthorized", "Not authorized.");
  }

  static NeutronException protocols(String vip, String pool) {
    return new NeutronException(
        400,
        "ProtocolMismatch",
        "Protocol %s does not match pool protocol %s".formatted(vip, pool));
  }

  static NeutronException vipExists(String pool) {
    return NeutronException.conflict("VipExists", "Another Vip already exists for pool " + pool);
  }

  static NeutronException memberExists(Resource member) {
    return NeutronException.conflict(
        "MemberExists",
        "Member with address %s and port %s already present in pool %s"
            .formatted(
                member.get(Members.ADDRESS),
                member.get(Balancing.PROTOCOL_PORT),
                member.get(Members.POOL_ID)));
  }

  static NeutronException poolInUse(String pool) {
    return NeutronException.conflict("PoolInUse", "Pool " + pool + " is still in use");
  }

  static NeutronException monitorInUse(String monitor) {
    return NeutronException.conflict(
        "HealthMonitorInUse", "Health monitor " + monitor + " still has associations with pools");
  }

  static NeutronException associated(String pool, String monitor) {
    return NeutronException.conflict(
        "PoolMonitorAssociationExists",
        "health_monitor %s is already associated with pool %s".formatted(monitor, pool));
  }

  static NeutronException notAssociated(String pool, String monitor) {
    return new NeutronException(
        404,
        "PoolMonitorAssociationNotFound",
        "Monitor %s is not associated with Pool %s".formatted(monitor, pool));
  }

  static NeutronException delay() {
    return new NeutronException(
        400, "DelayOrTimeoutInvalid", "Delay must be greater than or equal to timeout");
  }

  static NeutronException addressInUse(String network, String address) {
    return NeutronException.conflict(
        "IpAddressInUse",
        "Unable to complete operation for network %s. The IP address %s is in use."
            .formatted(network, address));
  }

  static NeutronException subnetInUse(String subnet, String pool) {
    return NeutronException.conflict(
        "SubnetInUse",
        "Unable to complete operation on subnet %s: Subnet is used by loadbalancer pool %s."
            .formatted(subnet, pool));
  }

  static NeutronException portInUse(String port) {
    return NeutronException.conflict(
        "ServicePortInUse",
        "Port %s cannot be deleted directly via the port API: has device owner %s."
            .formatted(port, VipPorts.OWNER));
  }

  static NeutronException portMoves(String port) {
    return NeutronException.conflict(
        "UnsupportedPortDeviceOwner",
        "Operation fixed_ips update is not supported for device_owner %s on port %s."
            .formatted(VipPorts.OWNER, port));
  }

  static NeutronException routerInUse(String router) {
    return NeutronException.conflict("RouterInUse", "Router " + router + " is in use");
  }

  static NeutronException noProvider(String name) {
    return new NeutronException(
        400,
        "ServiceProviderNotFound",
        "Service provider '%s' could not be found for service type %s"
            .formatted(name, Providers.SERVICE));
  }

  static NeutronException noDefaultProvider() {
    return new NeutronException(
        400,
        "DefaultServiceProviderNotFound",
        "Service type %s does not have a default service provider".formatted(Providers.SERVICE));
  }
}
