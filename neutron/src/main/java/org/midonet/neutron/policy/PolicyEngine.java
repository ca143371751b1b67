package org.midonet.neutron.policy;

import org.midonet.neutron.auth.RequestContext;

/**
 * Decides what callers may do, by Neutron's default rules and the operator's policy files; safe to
 * share between threads.
 *
 * <p>One per server. Each request opens a {@link PolicySession}.
 */
public final class PolicyEngine {

  private final PolicySettings settings;
  private final ParentLookup parents;
  private final RuleSource source;

  /**
   * Reads the policy files.
   *
   * @throws BadPolicyException when a file cannot be used, naming file, line and reason
   */
  public PolicyEngine(PolicySettings settings, ParentLookup parents) {
    this.settings = settings;
    this.parents = parents;
    this.source = new RuleSource(settings);
  }

  /**
   * Returns the rules now in force, for the caller; for a request that rules change halfway through
   * nothing changes.
   */
  public PolicySession session(RequestContext context) {
    return new PolicySession(source.current(), settings, context, parents);
  }

  /**
   * Returns the context with the privileges that the rules {@code context_is_admin} and {@code
   * context_is_advsvc} give it; a context that has them already keeps them.
   */
  public RequestContext withPrivileges(RequestContext context) {
    Credentials credentials = new Credentials(context);
    Reducer reducer = new Reducer(source.current(), credentials, new Parents(parents));
    boolean admin = context.isAdmin() || reducer.rule("context_is_admin").allows(credentials);
    boolean advsvc = context.isAdvsvc() || reducer.rule("context_is_advsvc").allows(credentials);
    return admin == context.isAdmin() && advsvc == context.isAdvsvc()
        ? context
        : context.toBuilder().admin(admin).advsvc(advsvc).build();
  }
}
