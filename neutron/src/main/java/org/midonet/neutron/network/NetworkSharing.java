package org.midonet.neutron.network;

import java.util.HashSet;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;

/** Sharing a network with everybody, opening it to routers, and taking both back; stateless. */
final class NetworkSharing {
  private static final Table<?> PORTS = DSL.table(DSL.name("ports"));
  private static final Table<?> SUBNETS = DSL.table(DSL.name("subnets"));
  private static final Field<String> NETWORK = column("network_id");
  private static final Field<String> PROJECT = column("project_id");
  private static final Field<String> DEVICE_OWNER = column("device_owner");

  private NetworkSharing() {}

  private static Field<String> column(String name) {
    return DSL.field(DSL.name(name), SQLDataType.VARCHAR);
  }

  static void update(Session session, Resource current, Resource changes) {
    if (changes.has(Networks.SHARED)) {
      share(session, current, changes.get(Networks.SHARED));
    }
    if (changes.has(Networks.EXTERNAL)
        && !changes.get(Networks.EXTERNAL).equals(current.get(Networks.EXTERNAL, false))) {
      open(session, current, changes.get(Networks.EXTERNAL));
    }
  }

  private static void share(Session session, Resource current, boolean wanted) {
    boolean present =
        Sharing.has(session, "network", current.id(), Sharing.SHARED, Sharing.EVERYBODY);
    if (wanted && !present) {
      Sharing.add(session, "network", current, Sharing.SHARED, Sharing.EVERYBODY);
    } else if (!wanted && present) {
      refuseWhileUsed(session, current);
      Sharing.remove(session, "network", current.id(), Sharing.SHARED, Sharing.EVERYBODY);
    }
  }

  /** Whoever has ports or subnets on the network must be its owner or share it by name. */
  private static void refuseWhileUsed(Session session, Resource network) {
    Set<String> allowed =
        new HashSet<>(Sharing.targets(session, "network", network.id(), Sharing.SHARED));
    allowed.add(network.projectId());
    Condition others = NETWORK.eq(network.id()).and(PROJECT.notIn(allowed));
    DSLContext dsl = session.transaction().dsl();
    if (dsl.fetchExists(PORTS, others.and(DEVICE_OWNER.notLike("network:%")))
        || dsl.fetchExists(SUBNETS, others)) {
      throw NeutronException.conflict(
          "InvalidSharedSetting",
          "Unable to reconfigure sharing settings for network "
              + network.get(Standard.NAME, "")
              + ". Multiple tenants are using it.");
    }
  }

  private static void open(Session session, Resource current, boolean wanted) {
    if (wanted) {
      Sharing.add(session, "network", current, Sharing.EXTERNAL, Sharing.EVERYBODY);
      return;
    }
    Sharing.removeAction(session, "network", current.id(), Sharing.EXTERNAL);
  }
}
