package org.midonet.neutron.agent;

import org.midonet.neutron.error.NeutronException;

/** What agents and their schedulers refuse, in Neutron's words; stateless. */
final class AgentErrors {
  private AgentErrors() {}

  static NeutronException invalidDhcpAgent(String id) {
    return new NeutronException(
        404,
        "InvalidDHCPAgent",
        "Agent " + id + " is not a valid DHCP Agent or has been disabled.");
  }

  static NeutronException networkHosted(String networkId, String agentId) {
    return NeutronException.conflict(
        "NetworkHostedByDHCPAgent",
        "The network %s has been already hosted by the DHCP Agent %s."
            .formatted(networkId, agentId));
  }

  static NeutronException networkNotHosted(String networkId, String agentId) {
    return NeutronException.conflict(
        "NetworkNotHostedByDhcpAgent",
        "The network %s is not hosted by the DHCP Agent %s.".formatted(networkId, agentId));
  }

  static NeutronException invalidL3Agent(String id) {
    return new NeutronException(
        404, "InvalidL3Agent", "Agent " + id + " is not a L3 Agent or has been disabled");
  }

  static NeutronException routerHosted(String routerId, String agentId) {
    return NeutronException.conflict(
        "RouterHostedByL3Agent",
        "The router %s has been already hosted by the L3 Agent %s.".formatted(routerId, agentId));
  }

  static NeutronException routerMismatch(String routerId, String agentId) {
    return NeutronException.conflict(
        "RouterL3AgentMismatch",
        "Cannot host distributed router %s on legacy L3 agent %s.".formatted(routerId, agentId));
  }

  static NeutronException cannotReschedule(String routerId) {
    return NeutronException.conflict(
        "RouterReschedulingFailed",
        "Failed rescheduling router " + routerId + ": no eligible l3 agent found.");
  }

  static NeutronException cannotAssignToDvr() {
    return NeutronException.conflict(
        "DVRL3CannotAssignToDvrAgent",
        "Not allowed to manually assign a router to an agent in 'dvr' mode.");
  }

  static NeutronException cannotRemoveFromDvr() {
    return NeutronException.conflict(
        "DVRL3CannotRemoveFromDvrAgent",
        "Not allowed to manually remove a router from an agent in 'dvr' mode.");
  }

  static NeutronException zoneNotFound(String zone) {
    return new NeutronException(
        404, "AvailabilityZoneNotFound", "AvailabilityZone " + zone + " could not be found.");
  }
}
