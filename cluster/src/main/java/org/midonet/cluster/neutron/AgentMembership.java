package org.midonet.cluster.neutron;

import java.util.UUID;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A host's address in Neutron's tunnel zone, from an AGENTMEMBERSHIP task. Immutable, safe to
 * share.
 *
 * @param id the host's
 */
public record AgentMembership(UUID id, Ipv4Address ipAddress) implements NeutronModel {
  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.AGENT_MEMBERSHIP;
  }
}
