package org.midonet.neutron.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.router.Routers;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** What firewalls mean for routers; stateless. */
final class RoutersOfFirewalls implements Hook {
  @Override
  public Set<ResourceType> types() {
    return Set.of(Routers.TYPE);
  }

  /** A router of a project with firewalls does not become a distributed one. */
  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    boolean distributes =
        changes.get(Routers.DISTRIBUTED, false) && !current.get(Routers.DISTRIBUTED, false);
    if (distributes
        && session
            .tables()
            .exists(Firewalls.TYPE, Tables.text(Standard.PROJECT_ID).eq(current.projectId()))) {
      throw FirewallErrors.routerInUse(current.id());
    }
    return changes;
  }

  /** A router that goes takes its firewall off, of which the backend is told first. */
  @Override
  public void deleting(Session session, Resource current) {
    FirewallRouters.firewallOn(session, current.id())
        .flatMap(id -> session.tables().find(Firewalls.TYPE, id))
        .ifPresent(row -> {
          Resource before = session.view(row);
          List<String> rest = new ArrayList<>(before.get(Firewalls.ROUTER_IDS, List.of()));
          rest.remove(current.id());
          FirewallRouters.set(session, row.id(), rest);
          PolicyUse.implied(session, before, row);
        });
  }
}
