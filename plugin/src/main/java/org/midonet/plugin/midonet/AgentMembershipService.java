package org.midonet.plugin.midonet;

import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** Hosts come and go, and do not change in between. Stateless, safe to share between threads. */
final class AgentMembershipService implements ResourceService {

  @Override
  public ResourceType type() {
    return AgentMemberships.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    String id = input.get(AgentMemberships.ID);
    if (session.tables().exists(type(), Tables.id(id))) {
      throw NeutronException.conflict(
          "AgentMembershipExists", "Agent membership " + id + " exists already");
    }
    return session.insert(input);
  }

  @Override
  public void delete(Session session, Resource current) {
    session.remove(current);
  }

  /** They belong to no project; who may see them is the policy's to say. */
  @Override
  public Condition visibility(RequestContext context) {
    return DSL.noCondition();
  }

  @Override
  public boolean visible(Session session, Resource row) {
    return true;
  }
}
