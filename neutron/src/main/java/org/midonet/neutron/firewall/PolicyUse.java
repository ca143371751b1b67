package org.midonet.neutron.firewall;

import java.util.List;
import java.util.Map;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.Operation;
import org.midonet.neutron.service.Session;

/** The firewalls that use a policy, when the policy or a rule of it changes; stateless. */
final class PolicyUse {
  /** What the change of a firewall says in its details when nobody asked for it itself. */
  private static final Map<String, Object> IMPLIED = Map.of("implied", true);

  private PolicyUse() {}

  private static List<Resource> firewalls(Session session, String policy) {
    return session.tables().list(Firewalls.TYPE, Firewalls.POLICY_ID, policy);
  }

  static boolean isUsed(Session session, String policy) {
    return !firewalls(session, policy).isEmpty();
  }

  /** Refuses to take a policy from the firewalls of other projects. */
  static void refuseOthers(Session session, Resource policy) {
    for (Resource firewall : firewalls(session, policy.id())) {
      if (!firewall.projectId().equals(policy.projectId())) {
        throw FirewallErrors.policyInUse(policy.id());
      }
    }
  }

  /** Before a change: refused while the backend has yet to follow an earlier one. */
  static void begin(Session session, String policy) {
    firewalls(session, policy).forEach(FirewallService::refusePending);
  }

  /** After a change: every firewall of the policy is told to the backend. */
  static void end(Session session, String policy) {
    for (Resource firewall : firewalls(session, policy)) {
      implied(session, session.view(firewall), firewall);
    }
  }

  /**
   * Tells of a firewall that changed because something else did.
   *
   * @param before as it was, with its routers
   * @param row as it is stored now
   */
  static void implied(Session session, Resource before, Resource row) {
    if (!Firewalls.isOnRouters(before)) {
      return;
    }
    Resource stored =
        session.store(
            row,
            session.changes(Firewalls.TYPE).set(Standard.STATUS, Firewalls.PENDING_UPDATE).build());
    session.changed(
        new Change(Operation.UPDATE, Firewalls.TYPE, before, session.view(stored), IMPLIED));
  }
}
