package org.midonet.neutron.router;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;

/** The rules of routers; stateless. */
final class RouterService implements ResourceService {
  private final Gateways gateways;
  private final ExtraRoutes extraRoutes;

  RouterService(Gateways gateways, ExtraRoutes extraRoutes) {
    this.gateways = gateways;
    this.extraRoutes = extraRoutes;
  }

  @Override
  public ResourceType type() {
    return Routers.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    Resource bare =
        session.insert(
            input.toBuilder()
                .set(Standard.ID, ValueType.newId())
                .set(Standard.STATUS, "ACTIVE")
                .set(Routers.ROUTES, List.of())
                .set(Routers.GATEWAY_INFO, null)
                .set(Routers.GATEWAY_PORT, null)
                .build());
    return input.find(Routers.GATEWAY_INFO) == null
        ? bare
        : session.amend(bare, gateways.apply(session, bare, input.get(Routers.GATEWAY_INFO)));
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    Resource.Builder all = changes.toBuilder();
    Resource row = current;
    if (changes.has(Routers.GATEWAY_INFO)) {
      session.undoneBy(later -> Gateways.restore(later, current));
      gateways.apply(session, current, changes.find(Routers.GATEWAY_INFO)).forEach(all::set);
      row = session.tables().find(type(), current.id()).orElse(current);
    }
    if (changes.has(Routers.ROUTES)) {
      List<Map<String, Object>> routes =
          ExtraRoutes.canonical(changes.get(Routers.ROUTES, List.of()));
      extraRoutes.check(session, current.id(), routes);
      all.set(Routers.ROUTES, routes);
    }
    return session.store(row, all.build());
  }

  @Override
  public void delete(Session session, Resource current) {
    List<Resource> interfaces = RouterPorts.interfaces(session, current.id());
    if (!interfaces.isEmpty()) {
      throw RouterErrors.inUse(
          current.id(),
          "has ports still attached: "
              + interfaces.stream().map(Resource::id).collect(Collectors.joining(", ")));
    }
    if (FloatingIpUse.ofRouter(session, current.id())) {
      throw RouterErrors.gatewayInUse(current.id(), Routers.gatewayNetwork(current));
    }
    Resource gateway = Gateways.present(session, current);
    if (gateway != null) {
      Gateways.release(session, current, gateway);
    }
    session.remove(current);
  }
}
