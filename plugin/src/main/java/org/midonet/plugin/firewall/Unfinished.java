package org.midonet.plugin.firewall;

import org.jooq.impl.DSL;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.firewall.Firewalls;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Firewalls that were waiting for MidoNet when a server died. Where the commit told MidoNet they
 * wait no more; elsewhere they are in ERROR from now on, so that they can be changed again, which
 * tells MidoNet all of them. Stateless.
 */
final class Unfinished {
  private static final Logger log = LoggerFactory.getLogger(Unfinished.class);

  private Unfinished() {}

  /**
   * Settles all of them.
   *
   * @param told whether MidoNet hears of what is committed, come what may
   */
  static void settle(Sessions sessions, boolean told) {
    sessions.write(
        RequestContext.admin("firewalls-at-start"),
        session -> {
          for (Resource row : session.tables().list(Firewalls.TYPE, DSL.noCondition())) {
            if (Firewalls.isPending(row)) {
              settle(session, row, told);
            }
          }
          return true;
        });
  }

  private static void settle(Session session, Resource row, boolean told) {
    if (told) {
      Firewalls.gone(session, row.id());
      Firewalls.done(session, row.id());
      return;
    }
    log.warn(
        "Firewall {} was {} when a server stopped; it is in ERROR until it is updated",
        row.id(),
        row.get(Standard.STATUS, ""));
    Firewalls.failed(session, row.id());
  }
}
