package org.midonet.cluster.neutron;

import java.util.UUID;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * What Neutron tells MidoNet, read and checked. Immutable, safe to share. Source: midonet.md
 * appendix B.
 */
public sealed interface NeutronModel
    permits NeutronNetwork,
        NeutronSubnet,
        NeutronPort,
        NeutronRouter,
        RouterInterface,
        FloatingIp,
        SecurityGroup,
        SecurityGroupRule,
        Firewall,
        NeutronPool,
        NeutronPoolMember,
        NeutronVip,
        NeutronHealthMonitor,
        PortBinding,
        AgentMembership,
        NeutronConfig {

  UUID id();

  /** What it is stored as. */
  ObjectType<NeutronObject> type();
}
