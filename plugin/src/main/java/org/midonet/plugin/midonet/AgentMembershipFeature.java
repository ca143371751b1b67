package org.midonet.plugin.midonet;

import java.util.List;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.service.ResourceService;

/** Agent memberships as a part of the API. Stateless, safe to share between threads. */
final class AgentMembershipFeature implements Feature {
  @Override
  public List<Extension> extensions() {
    return List.of(Extension.of("agent-membership").adding(AgentMemberships.TYPE));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new AgentMembershipService());
  }
}
