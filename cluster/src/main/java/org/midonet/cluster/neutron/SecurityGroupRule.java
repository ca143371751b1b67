package org.midonet.cluster.neutron;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.EtherType;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A rule of a security group as Neutron tells of it. Immutable, safe to share.
 *
 * @param direction null counts as {@link Direction#EGRESS}
 * @param protocol IP protocol number, null for any
 * @param portRangeMin lowest port, or ICMP type
 * @param portRangeMax highest port, or ICMP code
 */
public record SecurityGroupRule(
    UUID id,
    @Nullable String tenantId,
    UUID securityGroupId,
    @Nullable UUID remoteGroupId,
    @Nullable Direction direction,
    @Nullable Integer protocol,
    @Nullable Integer portRangeMin,
    @Nullable Integer portRangeMax,
    @Nullable EtherType ethertype,
    @Nullable Cidr remoteIpPrefix)
    implements NeutronModel {
  /** Whether a rule is about what a port sends or about what it receives. */
  public enum Direction {
    INGRESS,
    EGRESS
  }

  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.SECURITY_GROUP_RULE;
  }
}
