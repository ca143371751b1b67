package org.midonet.neutron.rbac;

import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Session;

/**
 * The object that an RBAC policy is about; immutable.
 *
 * @param row as it is stored
 */
record SharedObject(Resource row) {

  /**
   * The object of a policy: networks must be visible to the caller, others are found whoever asks,
   * as in Neutron.
   */
  static SharedObject of(Session session, Resource policy) {
    String name = policy.get(RbacPolicies.OBJECT_TYPE);
    ResourceType type =
        session.catalog().find(name).orElseThrow(() -> RbacPolicies.invalidType(name)).type();
    String id = policy.get(RbacPolicies.OBJECT_ID);
    if (name.equals("network")) {
      session.get(type, id);
    }
    return new SharedObject(session.tables().find(type, id).orElseThrow(() -> type.notFound(id)));
  }

  /** Refuses whoever neither owns the object nor is an administrator. */
  void refuseStranger(Session session) {
    if (!session.context().isAdmin() && !row.projectId().equals(session.context().projectId())) {
      String kind = row.definition().name().equals("network") ? "networks" : "objects";
      throw NeutronException.invalidInput(
          "Only admins can manipulate policies on " + kind + " they do not own");
    }
  }

  /** Sharing a network is a change of it. */
  void touch(Session session) {
    if (row.definition().name().equals("network")) {
      session.touch(row.definition().type(), row.id());
    }
  }
}
