package org.midonet.plugin.loadbalancer;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jooq.impl.DSL;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.loadbalancer.Balancing;
import org.midonet.neutron.loadbalancer.Members;
import org.midonet.neutron.loadbalancer.Outcomes;
import org.midonet.neutron.loadbalancer.Pools;
import org.midonet.neutron.loadbalancer.Vips;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.midonet.neutron.service.Tables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was waiting for MidoNet when a server died. Where the commit told MidoNet it waits no more;
 * elsewhere it is in ERROR from now on, so that it can be changed again, which tells MidoNet all of
 * it. Stateless.
 */
final class Unfinished {
  private static final Logger log = LoggerFactory.getLogger(Unfinished.class);
  private static final String WHY = "a server stopped before MidoNet had answered";

  private Unfinished() {}

  /**
   * Settles all of it.
   *
   * @param told whether MidoNet hears of what is committed, come what may
   */
  static void settle(Sessions sessions, boolean told) {
    sessions.write(
        RequestContext.admin("load-balancing-at-start"),
        session -> {
          List.of(Vips.TYPE, Members.TYPE, Pools.TYPE).forEach(type -> settle(session, type, told));
          if (told) {
            Outcomes.monitorsDone(session);
          } else {
            Outcomes.monitorsUnfinished(session, WHY);
          }
          return true;
        });
  }

  /** The providers of pools that are none of these. */
  static Set<String> providersOtherThan(Sessions sessions, List<String> names) {
    return sessions.read(
        RequestContext.admin("load-balancing-at-start"),
        session ->
            session.tables().list(Pools.TYPE, Tables.text(Pools.PROVIDER).notIn(names)).stream()
                .map(pool -> pool.get(Pools.PROVIDER))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static void settle(Session session, ResourceType type, boolean told) {
    for (Resource row : session.tables().list(type, DSL.noCondition())) {
      if (!Balancing.isPending(row)) {
        continue;
      }
      if (told) {
        Outcomes.gone(session, type, row.id());
        Outcomes.done(session, type, row.id());
      } else {
        log.warn(
            "{} {} was {} when a server stopped; it is in ERROR until it is updated",
            type.label(),
            row.id(),
            row.get(Standard.STATUS, ""));
        Outcomes.failed(session, type, row.id(), WHY);
      }
    }
  }
}
