package org.midonet.plugin.firewall;

import org.jooq.impl.DSL;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.firewall.Firewalls;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Firewalls that were waiting for MidoNet when a server died: they are in ERROR from now on, so
 * that they can be changed again, which tells MidoNet all of them. Stateless.
 */
final class Unfinished {
  private static final Logger log = LoggerFactory.getLogger(Unfinished.class);

  private Unfinished() {}

  static void settle(Sessions sessions) {
    sessions.write(
        RequestContext.admin("firewalls-at-start"),
        session -> {
          for (Resource row : session.tables().list(Firewalls.TYPE, DSL.noCondition())) {
            if (Firewalls.isPending(row)) {
              log.warn(
                  "Firewall {} was {} when a server stopped; it is in ERROR until it is updated",
                  row.id(),
                  row.get(Standard.STATUS, ""));
              Firewalls.failed(session, row.id());
            }
          }
          return true;
        });
  }
}
