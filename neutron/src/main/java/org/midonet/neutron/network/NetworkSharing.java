package org.midonet.neutron.network;

import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;

/** Sharing a network with everybody, opening it to routers, and taking both back; stateless. */
final class NetworkSharing {
  private NetworkSharing() {}

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
      Sharing.remove(session, "network", current.id(), Sharing.SHARED, Sharing.EVERYBODY);
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
