package org.midonet.neutron.firewall;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;

/** The rules of firewalls; stateless. */
final class FirewallService implements ResourceService {
  @Override
  public ResourceType type() {
    return Firewalls.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    checkPolicy(session, input.find(Firewalls.POLICY_ID), input.projectId());
    List<String> routers =
        input.has(Firewalls.ROUTER_IDS)
            ? input.get(Firewalls.ROUTER_IDS)
            : FirewallRouters.ofProject(session, input);
    boolean named = input.has(Firewalls.ROUTER_IDS);
    FirewallRouters.check(named ? session : session.elevated(), routers, "");
    Resource.Builder row = input.toBuilder();
    row.set(Standard.STATUS, routers.isEmpty() ? Firewalls.INACTIVE : Firewalls.PENDING_CREATE);
    Resource stored = session.insert(row.build());
    FirewallRouters.set(session, stored.id(), routers);
    return stored;
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    refusePending(current);
    if (changes.has(Firewalls.POLICY_ID)) {
      checkPolicy(session, changes.find(Firewalls.POLICY_ID), current.projectId());
    }
    List<String> before = current.get(Firewalls.ROUTER_IDS, List.of());
    List<String> after = changes.get(Firewalls.ROUTER_IDS, before);
    if (changes.has(Firewalls.ROUTER_IDS)) {
      FirewallRouters.check(session, after, current.id());
      FirewallRouters.set(session, current.id(), after);
    }
    boolean nowhere = !Firewalls.isOnRouters(current) && after.isEmpty();
    return session.store(
        current,
        changes.toBuilder()
            .set(Standard.STATUS, nowhere ? Firewalls.INACTIVE : Firewalls.PENDING_UPDATE)
            .build());
  }

  /**
   * One that is on routers goes when the backend has let go of it; one that never got there goes at
   * once.
   */
  @Override
  public void delete(Session session, Resource current) {
    if (Firewalls.isCreating(current) || !Firewalls.isOnRouters(current)) {
      session.remove(current);
      return;
    }
    session.store(
        current, session.changes(type()).set(Standard.STATUS, Firewalls.PENDING_DELETE).build());
  }

  static void refusePending(Resource firewall) {
    if (Firewalls.isPending(firewall)) {
      throw FirewallErrors.pending(firewall.id(), firewall.get(Standard.STATUS));
    }
  }

  private static void checkPolicy(Session session, @Nullable String id, String project) {
    if (id == null) {
      throw FirewallPolicies.TYPE.notFound("None");
    }
    Resource policy = session.row(FirewallPolicies.TYPE, id);
    if (!policy.projectId().equals(project) && !policy.get(FirewallPolicies.SHARED)) {
      throw FirewallErrors.policyConflict(id);
    }
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    List<String> ids = rows.stream().map(row -> String.valueOf(row.raw(Standard.ID))).toList();
    Map<String, List<String>> routers = FirewallRouters.all(session, ids);
    Map<String, List<String>> left = FirewallRouters.left(session, ids);
    Map<Object, List<Map<String, @Nullable Object>>> rules = new HashMap<>();
    for (Resource.Builder row : rows) {
      row.set(Standard.TENANT_ID, row.raw(Standard.PROJECT_ID));
      row.set(Firewalls.ROUTER_IDS, routers.getOrDefault(row.raw(Standard.ID), List.of()));
      row.set(Firewalls.LEFT_ROUTER_IDS, left.getOrDefault(row.raw(Standard.ID), List.of()));
      if (row.raw(Firewalls.POLICY_ID) instanceof String policy) {
        row.set(
            Firewalls.RULE_LIST,
            rules.computeIfAbsent(
                policy,
                id ->
                    FirewallPolicies.rules(session, policy).stream()
                        .map(rule -> session.view(rule).toMap())
                        .toList()));
      } else {
        row.set(Firewalls.RULE_LIST, List.of());
      }
    }
  }
}
