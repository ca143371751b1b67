package org.midonet.neutron.rbac;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.Operation;
import org.midonet.neutron.service.Session;

/** What RBAC policies mean for networks: who may plug and route, and who still does; stateless. */
final class NetworkPolicies {
  private static final String TYPE = "network";
  private static final Table<?> PORTS = DSL.table(DSL.name("ports"));
  private static final Field<String> ID = column("id");
  private static final Field<String> NETWORK = column("network_id");
  private static final Field<String> PROJECT = column("project_id");

  private NetworkPolicies() {}

  /** Refuses to take a share back from a project with ports on the network. */
  static void refuseWhilePlugged(Session session, Resource network, String target) {
    Set<String> targets = Sharing.targets(session, TYPE, network.id(), Sharing.SHARED);
    Condition losing = PROJECT.eq(target);
    if (target.equals(Sharing.EVERYBODY)) {
      Set<String> others = new HashSet<>(targets);
      others.remove(target);
      others.add(network.projectId());
      losing = PROJECT.notIn(others);
    } else if (targets.contains(Sharing.EVERYBODY)) {
      return;
    }
    if (session.transaction().dsl().fetchExists(PORTS, NETWORK.eq(network.id()).and(losing))) {
      throw RbacPolicies.inUse(
          network.id(),
          "Unable to reconfigure sharing settings for network "
              + network.id()
              + ". Multiple tenants are using it.");
    }
  }

  /** Refuses to close an external network to a project with routers on it. */
  static void refuseWhileRouted(Session session, Resource network, String target, String next) {
    if (target.equals(next) || session.catalog().find("router").isEmpty()) {
      return;
    }
    Set<String> targets = Sharing.targets(session, TYPE, network.id(), Sharing.EXTERNAL);
    Condition losing = PROJECT.eq(target);
    if (target.equals(Sharing.EVERYBODY)) {
      if (Boolean.TRUE.equals(network.raw("is_default"))) {
        throw RbacPolicies.inUse(
            network.id(), "Default external networks must be shared to everyone.");
      }
      Set<String> others = new HashSet<>(targets);
      others.remove(target);
      if (!next.isEmpty()) {
        others.add(next);
      }
      losing = others.isEmpty() ? DSL.noCondition() : PROJECT.notIn(others);
    } else if (targets.contains(Sharing.EVERYBODY)) {
      return;
    }
    if (routed(session, network, losing)) {
      throw RbacPolicies.inUse(
          network.id(),
          "There are routers attached to this network that depend on this policy for access.");
    }
  }

  private static boolean routed(Session session, Resource network, Condition routers) {
    var attached =
        DSL.select(column("device_id"))
            .from(PORTS)
            .where(NETWORK.eq(network.id()))
            .and(column("device_owner").eq("network:router_gateway"));
    return session
        .transaction()
        .dsl()
        .fetchExists(DSL.table(DSL.name("routers")), ID.in(attached).and(routers));
  }

  /** The first policy that opens a network makes it external. */
  static void open(Session session, Resource network) {
    external(session, network, true);
  }

  /** The last policy that opened a network leaves it internal. */
  static void close(Session session, Resource network) {
    if (Sharing.targets(session, TYPE, network.id(), Sharing.EXTERNAL).isEmpty()) {
      external(session, network, false);
    }
  }

  private static void external(Session session, Resource network, boolean wanted) {
    Attribute<?> attribute = network.definition().attribute("router:external");
    if (attribute == null || Boolean.valueOf(wanted).equals(network.raw(attribute))) {
      return;
    }
    Session elevated = session.elevated();
    Resource before = elevated.view(network);
    Resource after = elevated.view(session.store(network, network.with(attribute, wanted)));
    session.changed(
        new Change(Operation.UPDATE, network.definition().type(), before, after, Map.of()));
  }

  private static Field<String> column(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }
}
