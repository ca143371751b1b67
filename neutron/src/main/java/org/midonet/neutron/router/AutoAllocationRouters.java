package org.midonet.neutron.router;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.midonet.neutron.autoallocate.Uplink;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;

/** The routers of auto-allocated topologies; stateless. */
public final class AutoAllocationRouters implements Uplink {
  @Override
  public String connect(
      Session session,
      String projectId,
      String name,
      String externalNetworkId,
      List<Resource> subnets) {
    Map<String, Object> gateway = new LinkedHashMap<>();
    gateway.put("network_id", externalNetworkId);
    Resource router =
        session.create(
            Routers.TYPE,
            session
                .draft(Routers.TYPE)
                .set(Standard.PROJECT_ID, projectId)
                .set(Standard.NAME, name)
                .set(Routers.GATEWAY_INFO, gateway)
                .build());
    for (Resource subnet : subnets) {
      session.composed(() -> RouterInterfaces.add(session, router, null, subnet.id()));
    }
    return router.id();
  }

  @Override
  public void disconnect(Session session, String routerId, List<Resource> subnets) {
    Session admin = session.elevated();
    for (Resource port : RouterPorts.interfaces(admin, routerId)) {
      admin
          .find(Routers.TYPE, routerId)
          .ifPresent(router ->
              admin.composed(() -> RouterInterfaces.remove(admin, router, port.id(), null)));
    }
    admin.find(Routers.TYPE, routerId).ifPresent(admin::delete);
  }
}
