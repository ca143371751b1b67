package org.midonet.neutron.securitygroup;

import java.util.Set;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/** A project has its default group before it has a network; stateless. */
final class GroupsOfNetworks implements Hook {
  @Override
  public Set<ResourceType> types() {
    return Set.of(Networks.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    if (session.catalog().has(SecurityGroups.TYPE)) {
      DefaultGroups.ensure(session, input.projectId());
    }
    return input;
  }
}
