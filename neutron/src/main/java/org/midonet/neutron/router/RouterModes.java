package org.midonet.neutron.router;

import java.util.Set;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/**
 * Whether a router is distributed (extension {@code dvr}) and highly available ({@code l3-ha}): the
 * configured default where a request does not say, and changed only while the router is down.
 * Immutable, safe to share.
 *
 * <p>With Neutron's agents the two decide where packets are forwarded. MidoNet's routers are both
 * by nature, so here they are kept and shown.
 */
final class RouterModes implements Hook {
  /** The extension without which it is enough that the update takes the router down. */
  static final String DOWN_BEFORE_UPDATE = "router-admin-state-down-before-update";

  private final boolean distributed;
  private final boolean ha;

  /** With the defaults of new routers ([DEFAULT] router_distributed, l3_ha). */
  RouterModes(boolean distributed, boolean ha) {
    this.distributed = distributed;
    this.ha = ha;
  }

  @Override
  public Set<ResourceType> types() {
    return Set.of(Routers.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    return input.toBuilder()
        .set(Routers.DISTRIBUTED, input.get(Routers.DISTRIBUTED, distributed))
        .set(Routers.HA, input.get(Routers.HA, ha))
        .build();
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    boolean up = changes.get(Standard.ADMIN_STATE_UP, current.get(Standard.ADMIN_STATE_UP));
    boolean wasUp = current.get(Standard.ADMIN_STATE_UP);
    boolean downBefore = session.catalog().has(DOWN_BEFORE_UPDATE);
    if (changed(current, changes, Routers.DISTRIBUTED) && (up || (wasUp && downBefore))) {
      throw RouterErrors.bad(
          "Cannot change the 'distributed' attribute of active routers. Please set router"
              + " admin_state_up to False prior to upgrade");
    }
    if (changed(current, changes, Routers.HA) && up) {
      throw RouterErrors.bad(
          "Cannot change HA attribute of active routers. Please set router admin_state_up to False"
              + " prior to upgrade");
    }
    Resource.Builder settled = changes.toBuilder();
    ignoreNull(settled, Routers.DISTRIBUTED);
    ignoreNull(settled, Routers.HA);
    return settled.build();
  }

  private static boolean changed(Resource current, Resource changes, Attribute<Boolean> attribute) {
    Boolean wanted = changes.find(attribute);
    return wanted != null && !wanted.equals(current.get(attribute, false));
  }

  private static void ignoreNull(Resource.Builder changes, Attribute<Boolean> attribute) {
    if (changes.raw(attribute) == null) {
      changes.set(attribute, Resource.UNSET);
    }
  }
}
