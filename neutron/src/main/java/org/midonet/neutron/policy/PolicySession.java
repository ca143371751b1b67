package org.midonet.neutron.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;

/**
 * The rules for one caller during one request; belongs to that request's thread. What a caller may
 * do is worked out at first use and remembered, and so are the parents of the resources it asks
 * about.
 *
 * <p>Actions are named as in the rules: {@code create_network}, {@code get_port}, {@code
 * add_router_interface}.
 */
public final class PolicySession {

  private final RuleSet rules;
  private final RequestContext context;
  private final Reducer reducer;
  private final boolean unrestricted;
  private final boolean enforceScope;
  private final Map<String, Visibility> visibilities = new HashMap<>();

  PolicySession(
      RuleSet rules, PolicySettings settings, RequestContext context, ParentLookup parents) {
    this.rules = rules;
    this.context = context;
    this.reducer = new Reducer(rules, new Credentials(context), new Parents(parents));
    // Zed asks no rule of an administrator before the new defaults are enforced.
    this.unrestricted = context.isAdmin() && !settings.enforceNewDefaults();
    this.enforceScope = settings.enforceScope();
  }

  /** Whether the caller may do this to the target, attributes not considered. */
  public boolean allows(String action, PolicyTarget target) {
    return unrestricted || (scopeFits(action) && reducer.rule(action).allows(target));
  }

  /**
   * Whether the caller may do this to every target there is, which spares asking for each; false
   * when it depends.
   */
  public boolean allowsAlways(String action) {
    return unrestricted || (scopeFits(action) && reducer.rule(action).alwaysAllows());
  }

  /**
   * Refuses an operation without attributes of its own, such as get_quota or create_l3-router.
   *
   * @throws NeutronException 403 PolicyNotAuthorized
   */
  public void enforce(String action, PolicyTarget target) {
    enforce(action, new Check.Rule(action), target);
  }

  /**
   * Refuses a create.
   *
   * @param body the resource as it would be created, defaults filled in
   * @param attributes those of the resource that need a rule, in the order of the definition
   * @throws NeutronException 403 PolicyNotAuthorized
   */
  public void enforceCreate(String action, PolicyTarget body, List<PolicyAttribute> attributes) {
    if (!unrestricted) {
      enforce(action, MatchRule.create(action, body, attributes), body);
    }
  }

  /**
   * Refuses an update, and hides that the resource exists from a caller that may not see it.
   *
   * @param showAction the action that shows the resource, for example get_network
   * @param changes the attributes of the request
   * @throws NeutronException 403 PolicyNotAuthorized, or 404 HTTPNotFound
   */
  public void enforceUpdate(
      String action,
      String showAction,
      PolicyTarget original,
      Map<String, ? extends @Nullable Object> changes,
      List<PolicyAttribute> attributes) {
    if (unrestricted) {
      return;
    }
    PolicyTarget target = original.with(changes);
    enforceOrHide(
        action, showAction, MatchRule.update(action, target, attributes, changes), target);
  }

  /**
   * Refuses a delete, and hides that the resource exists from a caller that may not see it.
   *
   * @throws NeutronException 403 PolicyNotAuthorized, or 404 HTTPNotFound
   */
  public void enforceDelete(String action, String showAction, PolicyTarget original) {
    enforceOrHide(action, showAction, new Check.Rule(action), original);
  }

  /**
   * Refuses to show one resource.
   *
   * @throws NeutronException 404 HTTPNotFound
   */
  public void enforceShow(String showAction, PolicyTarget target) {
    if (!allows(showAction, target)) {
      throw NeutronException.notFound();
    }
  }

  /** Returns which attributes to leave out of the answers to the action. */
  public Visibility visibility(String showAction) {
    return unrestricted
        ? Visibility.FULL
        : visibilities.computeIfAbsent(showAction, action -> Visibility.of(action, rules, reducer));
  }

  private void enforceOrHide(String action, String showAction, Check match, PolicyTarget target) {
    try {
      enforce(action, match, target);
    } catch (NeutronException refusal) {
      if (refusal.status() == 403 && !allows(showAction, target)) {
        throw NeutronException.notFound();
      }
      throw refusal;
    }
  }

  private void enforce(String action, Check match, PolicyTarget target) {
    if (unrestricted) {
      return;
    }
    if (!scopeFits(action)) {
      throw new NeutronException(
          403,
          "InvalidScope",
          "%s requires a scope of ['project'], request was made with %s scope."
              .formatted(match, scope()));
    }
    if (!reducer.reduce(match).allows(target)) {
      throw new NeutronException(403, "PolicyNotAuthorized", match + " is disallowed by policy");
    }
  }

  private boolean scopeFits(String action) {
    return !enforceScope || scope().equals("project") || !rules.isOperation(action);
  }

  private String scope() {
    if (context.systemScope() != null) {
      return "system";
    }
    return context.domainId() != null ? "domain" : "project";
  }
}
