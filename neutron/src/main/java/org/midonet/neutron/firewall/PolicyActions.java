package org.midonet.neutron.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Bodies;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;

/**
 * PUT of {@code insert_rule} and {@code remove_rule} on a firewall policy; safe to share. Answers
 * are the policy without a wrapper, as Neutron's are.
 */
final class PolicyActions {
  private final Core core;

  PolicyActions(Core core) {
    this.core = core;
  }

  void register(Routes routes) {
    for (String collection : List.of("firewall_policies", "firewall-policies")) {
      String policy = "/v2.0/fw/" + collection + "/{id}/";
      routes
          .add("PUT", policy + "insert_rule", call -> act(call, "insert_rule", this::insert))
          .add("PUT", policy + "remove_rule", call -> act(call, "remove_rule", this::remove));
    }
  }

  /** Changes the order of rules: the list of ids. */
  private interface Edit {
    void apply(
        Session session, Resource policy, Map<String, @Nullable Object> body, List<String> rules);
  }

  private Response act(Call call, String action, Edit edit) {
    Map<String, @Nullable Object> body = Bodies.object(call.request().body());
    return core.sessions()
        .write(
            call.context(),
            session -> {
              Resource policy = session.get(FirewallPolicies.TYPE, call.variable("id"));
              core.authorizer().enforce(session, action, policy);
              if (!body.containsKey("firewall_rule_id")) {
                throw FirewallErrors.ruleMissing();
              }
              List<String> rules = new ArrayList<>(policy.get(FirewallPolicies.RULES, List.of()));
              edit.apply(session, policy, body, rules);
              Resource changes =
                  session
                      .changes(FirewallPolicies.TYPE)
                      .set(FirewallPolicies.RULES, List.copyOf(rules))
                      .set(FirewallPolicies.AUDITED, false)
                      .build();
              return Response.json(200, session.update(policy, changes).toMap());
            });
  }

  /** At the top, unless the request names the rule before or after which it goes. */
  private void insert(
      Session session, Resource policy, Map<String, @Nullable Object> body, List<String> rules) {
    Resource rule = rule(session, body.get("firewall_rule_id"));
    if (rule.find(FirewallRules.POLICY_ID) != null) {
      throw FirewallErrors.ruleInUse(rule.id());
    }
    PolicyService.checkOwner(rule, policy);
    boolean before = isGiven(body.get("insert_before"));
    Object other = before ? body.get("insert_before") : body.get("insert_after");
    if (!isGiven(other)) {
      rules.addFirst(rule.id());
      return;
    }
    String reference = rule(session, other).id();
    int place = rules.indexOf(reference);
    if (place < 0) {
      throw FirewallErrors.ruleElsewhere(policy.id(), reference);
    }
    rules.add(before ? place : place + 1, rule.id());
  }

  private void remove(
      Session session, Resource policy, Map<String, @Nullable Object> body, List<String> rules) {
    String id = rule(session, body.get("firewall_rule_id")).id();
    if (!rules.remove(id)) {
      throw FirewallErrors.ruleElsewhere(policy.id(), id);
    }
  }

  private static Resource rule(Session session, @Nullable Object id) {
    return session.row(FirewallRules.TYPE, isGiven(id) ? String.valueOf(id) : "None");
  }

  private static boolean isGiven(@Nullable Object id) {
    return id != null && !id.equals("");
  }
}
