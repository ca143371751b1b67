package org.midonet.plugin.client.builtin.hosts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;

/**
 * Writes the status of ports, as an update that Nova and others hear of. Safe to share between
 * threads.
 */
final class PortStatuses {
  /** Ports in one transaction: long ones make requests wait. */
  private static final int AT_ONCE = 50;

  private final Sessions sessions;

  PortStatuses(Sessions sessions) {
    this.sessions = sessions;
  }

  /** Gives ports these statuses, as far as they are there and of those that hosts forward for. */
  void set(Map<String, String> wanted) {
    Map<String, String> part = new HashMap<>();
    wanted.forEach((id, status) -> {
      part.put(id, status);
      if (part.size() == AT_ONCE) {
        write(part);
        part.clear();
      }
    });
    if (!part.isEmpty()) {
      write(part);
    }
  }

  private void write(Map<String, String> part) {
    RequestContext admin = RequestContext.admin("req-" + UUID.randomUUID());
    boolean differs =
        sessions.read(
            admin,
            session ->
                part.entrySet().stream()
                    .anyMatch(entry -> isOther(session, entry.getKey(), entry.getValue())));
    if (differs) {
      sessions.write(
          admin,
          session -> {
            part.forEach((id, status) -> write(session, id, status));
            return true;
          });
    }
  }

  private static boolean isOther(Session session, String id, String status) {
    return session.tables().find(Ports.TYPE, id).filter(port -> differs(port, status)).isPresent();
  }

  private static boolean differs(Resource port, String status) {
    String present = port.get(Standard.STATUS, "");
    return PlannedStatus.isPlugged(port)
        && !present.equals(status)
        && List.of(PlannedStatus.ACTIVE, PlannedStatus.DOWN).contains(present);
  }

  private static void write(Session session, String id, String status) {
    session
        .find(Ports.TYPE, id)
        .filter(port -> differs(port, status))
        .ifPresent(port ->
            session.update(port, session.changes(Ports.TYPE).set(Standard.STATUS, status).build()));
  }
}
