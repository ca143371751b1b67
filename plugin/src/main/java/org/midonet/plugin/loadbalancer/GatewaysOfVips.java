package org.midonet.plugin.loadbalancer;

import java.util.Set;
import org.jooq.impl.DSL;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.loadbalancer.Pools;
import org.midonet.neutron.loadbalancer.Vips;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.router.Routers;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;

/**
 * A router keeps the gateway that a VIP needs: MidoNet would refuse to let it go, when it is too
 * late. Stateless, safe to share between threads.
 */
final class GatewaysOfVips implements Hook {
  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public void deleting(Session session, Resource port) {
    if (!port.get(Ports.DEVICE_OWNER, "").equals(Routers.GATEWAY_OWNER)) {
      return;
    }
    String router = port.get(Ports.DEVICE_ID, "");
    var pools =
        DSL.select(Tables.text(Standard.ID))
            .from(Tables.table(Pools.TYPE))
            .where(Tables.text(Pools.ROUTER_ID).eq(router));
    var subnets =
        DSL.select(Tables.text(Standard.ID))
            .from(Tables.table(Subnets.TYPE))
            .where(Tables.text(Subnets.NETWORK_ID).eq(port.get(Ports.NETWORK_ID)));
    session
        .tables()
        .list(
            Vips.TYPE,
            Tables.text(Vips.POOL_ID).in(pools).and(Tables.text(Vips.SUBNET_ID).in(subnets)))
        .stream()
        .findFirst()
        .ifPresent(vip -> {
          throw NeutronException.conflict(
              "RouterInUse",
              "Router %s cannot lose its gateway, which vip %s needs".formatted(router, vip.id()));
        });
  }
}
