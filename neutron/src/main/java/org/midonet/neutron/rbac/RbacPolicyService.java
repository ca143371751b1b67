package org.midonet.neutron.rbac;

import static org.midonet.neutron.rbac.RbacPolicies.ACTION;
import static org.midonet.neutron.rbac.RbacPolicies.OBJECT_ID;
import static org.midonet.neutron.rbac.RbacPolicies.OBJECT_TYPE;
import static org.midonet.neutron.rbac.RbacPolicies.TARGET;

import java.util.Optional;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;

/** The rules of RBAC policies; stateless. */
final class RbacPolicyService implements ResourceService {
  @Override
  public ResourceType type() {
    return RbacPolicies.TYPE;
  }

  /** One that is not there is refused here: its message has words of its own. */
  @Override
  public Optional<Resource> find(Session session, String id) {
    return Optional.of(
        session
            .tables()
            .find(type(), id)
            .filter(row -> visible(session, row))
            .orElseThrow(() -> RbacPolicies.notFound(id)));
  }

  @Override
  public Resource create(Session session, Resource input) {
    SharedObject object = SharedObject.of(session, input);
    refuseAction(session, input);
    object.refuseStranger(session);
    if (present(session, input)) {
      throw RbacPolicies.duplicate();
    }
    if (input.get(OBJECT_TYPE).equals("subnetpool")) {
      BoundProjects.refusePoolWithoutScope(session, object.row(), input.get(TARGET));
    }
    Resource stored = session.insert(input);
    if (external(input)) {
      NetworkPolicies.open(session, object.row());
    }
    object.touch(session);
    return stored;
  }

  private static void refuseAction(Session session, Resource input) {
    String type = input.get(OBJECT_TYPE);
    String action = input.get(ACTION);
    boolean opens = type.equals("network") && session.catalog().has("external-net");
    boolean valid = action.equals(Sharing.SHARED) || (opens && action.equals(Sharing.EXTERNAL));
    if (!valid) {
      throw new NeutronException(
          400,
          "InvalidActionForType",
          "Invalid action '"
              + action
              + "' for object type '"
              + type
              + "'. Valid actions: ('"
              + Sharing.SHARED
              + (opens ? "', '" + Sharing.EXTERNAL + "')" : "',)"));
    }
  }

  private static boolean present(Session session, Resource policy) {
    return Sharing.has(
        session,
        policy.get(OBJECT_TYPE),
        policy.get(OBJECT_ID),
        policy.get(ACTION),
        policy.get(TARGET));
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    Resource wanted = current.merge(changes);
    SharedObject object = SharedObject.of(session, current);
    object.refuseStranger(session);
    if (!wanted.differs(current, TARGET)) {
      return current;
    }
    refuseInUse(session, current, object, wanted.get(TARGET));
    if (present(session, wanted)) {
      throw RbacPolicies.duplicate();
    }
    Resource stored = session.store(current, changes);
    object.touch(session);
    return stored;
  }

  @Override
  public void delete(Session session, Resource current) {
    SharedObject object = SharedObject.of(session.elevated(), current);
    refuseInUse(session, current, object, "");
    session.remove(current);
    if (external(current)) {
      NetworkPolicies.close(session, object.row());
    }
    object.touch(session);
  }

  /**
   * Refuses if the project that loses access needs it.
   *
   * @param next the project that has it instead, empty for none
   */
  private static void refuseInUse(
      Session session, Resource policy, SharedObject object, String next) {
    String target = policy.get(TARGET);
    if (external(policy)) {
      NetworkPolicies.refuseWhileRouted(session, object.row(), target, next);
    } else if (!target.equals(object.row().projectId())) {
      if (policy.get(OBJECT_TYPE).equals("network")) {
        NetworkPolicies.refuseWhilePlugged(session, object.row(), target);
      } else if (!next.equals(Sharing.EVERYBODY)) {
        BoundProjects.refuseWhileBound(session, policy, target);
      }
    }
  }

  private static boolean external(Resource policy) {
    return policy.get(ACTION).equals(Sharing.EXTERNAL);
  }
}
