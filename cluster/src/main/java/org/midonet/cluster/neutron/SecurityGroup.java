package org.midonet.cluster.neutron;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * A security group as Neutron tells of it. Immutable, safe to share.
 *
 * @param rules those it is created with; later ones come by themselves, and an update changes none
 */
public record SecurityGroup(
    UUID id,
    @Nullable String tenantId,
    @Nullable String name,
    @Nullable String description,
    List<SecurityGroupRule> rules)
    implements NeutronModel {
  public SecurityGroup {
    rules = List.copyOf(rules);
  }

  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.SECURITY_GROUP;
  }
}
