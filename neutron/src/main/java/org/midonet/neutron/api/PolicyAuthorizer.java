package org.midonet.neutron.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.policy.ParentLookup;
import org.midonet.neutron.policy.PolicyAttribute;
import org.midonet.neutron.policy.PolicyEngine;
import org.midonet.neutron.policy.PolicySession;
import org.midonet.neutron.policy.PolicySettings;
import org.midonet.neutron.policy.PolicyTarget;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Session;

/** The rules of the policy files on the resources of sessions; safe to share. */
public final class PolicyAuthorizer implements Authorizer, ParentLookup {
  private static final ScopedValue<Session> SESSION = ScopedValue.newInstance();

  private final PolicyEngine engine;
  private final Map<ResourceDefinition, List<PolicyAttribute>> attributes =
      new ConcurrentHashMap<>();

  /**
   * Reads the policy files.
   *
   * @throws org.midonet.neutron.policy.BadPolicyException if they cannot be used
   */
  public PolicyAuthorizer(PolicySettings settings) {
    engine = new PolicyEngine(settings, this);
  }

  /** The engine, which also says who is an administrator. */
  public PolicyEngine engine() {
    return engine;
  }

  @Override
  public void enforceCreate(Session session, ResourceType type, Resource input) {
    within(
        session,
        policy -> policy.enforceCreate("create_" + type.name(), target(input), guarded(input)));
  }

  @Override
  public void enforceUpdate(Session session, Resource current, Resource changes) {
    String name = current.definition().name();
    within(
        session,
        policy ->
            policy.enforceUpdate(
                "update_" + name,
                "get_" + name,
                target(current),
                changes.toMap(),
                guarded(current)));
  }

  @Override
  public void enforceDelete(Session session, Resource current) {
    String name = current.definition().name();
    within(
        session, policy -> policy.enforceDelete("delete_" + name, "get_" + name, target(current)));
  }

  @Override
  public void enforce(Session session, String action, Resource target) {
    within(session, policy -> policy.enforce(action, target(target)));
  }

  @Override
  public void enforce(Session session, String action) {
    within(session, policy -> policy.enforce(action, PolicyTarget.NONE));
  }

  @Override
  public boolean allows(Session session, String action, Resource target) {
    PolicySession policy = policy(session);
    return policy.allowsAlways(action)
        || ScopedValue.where(SESSION, session).call(() -> policy.allows(action, target(target)));
  }

  @Override
  public Visibility visibility(Session session, ResourceDefinition definition) {
    var visibility = policy(session).visibility("get_" + definition.name());
    if (visibility.dependsOnTarget()) {
      return resource ->
          ScopedValue.where(SESSION, session).call(() -> visibility.hidden(target(resource)));
    }
    Set<String> hidden = visibility.hidden();
    return resource -> hidden;
  }

  /** The parent as a project sees it; looked up in the session whose policy asks. */
  @Override
  public @Nullable PolicyTarget find(String resource, String id, @Nullable String project) {
    Session session = SESSION.get();
    Optional<ResourceDefinition> definition = session.catalog().find(resource);
    if (definition.isEmpty()) {
      return null;
    }
    RequestContext viewer =
        RequestContext.builder(session.context().requestId())
            .project(project, null)
            .admin(project == null)
            .build();
    ResourceType type = definition.get().type();
    Resource row = session.tables().find(type, id).orElseThrow(() -> type.notFound(id));
    return target(session.as(viewer).view(row));
  }

  private void within(Session session, Consumer<PolicySession> check) {
    PolicySession policy = policy(session);
    ScopedValue.where(SESSION, session).run(() -> check.accept(policy));
  }

  private PolicySession policy(Session session) {
    Supplier<PolicySession> opened = () -> engine.session(session.context());
    return session.memo(PolicySession.class, opened);
  }

  private static PolicyTarget target(Resource resource) {
    return name -> {
      Object raw = resource.raw(name);
      return Resource.isSet(raw) ? raw : PolicyTarget.ABSENT;
    };
  }

  private List<PolicyAttribute> guarded(Resource resource) {
    return attributes.computeIfAbsent(
        resource.definition(),
        definition ->
            definition.attributes().stream()
                .filter(a -> a.enforcePolicy())
                .map(PolicyAuthorizer::guarded)
                .toList());
  }

  private static PolicyAttribute guarded(Attribute<?> attribute) {
    Object otherwise = attribute.defaultValue();
    return new PolicyAttribute(
        attribute.name(),
        Resource.isSet(otherwise) ? otherwise : PolicyTarget.ABSENT,
        attribute.subAttributes());
  }
}
