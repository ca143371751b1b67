package org.midonet.neutron.router;

import java.util.List;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.config.RouterConfig;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.floatingip.FloatingIps;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.ResourceService;

/** Routers and the extensions that are about them; stateless. */
public final class RouterFeature implements Feature {
  private final RouterConfig config;

  /** Routers as configured. */
  public RouterFeature(RouterConfig config) {
    this.config = config;
  }

  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("router").adding(Routers.TYPE).adding(FloatingIps.TYPE),
        Extension.of("ext-gw-mode"),
        Extension.of("extraroute").adding(Routers.TYPE, Routers.ROUTES),
        Extension.of("extraroute-atomic"),
        Extension.of("router_availability_zone")
            .adding(Routers.TYPE, Routers.AVAILABILITY_ZONE_HINTS, Routers.AVAILABILITY_ZONES),
        Extension.of("l3-ha").adding(Routers.TYPE, Routers.HA),
        Extension.of("dvr").adding(Routers.TYPE, Routers.DISTRIBUTED),
        Extension.of(RouterModes.DOWN_BEFORE_UPDATE),
        Extension.of("l3-port-ip-change-not-allowed"));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(
        new RouterService(
            new Gateways(config.enableSnatByDefault()), new ExtraRoutes(config.maxRoutes())));
  }

  @Override
  public List<Hook> hooks() {
    return List.of(
        new PortsOfRouters(), new RouterModes(config.routerDistributed(), config.l3Ha()));
  }

  @Override
  public void routes(Routes routes, Core core) {
    if (core.catalog().has(Routers.TYPE)) {
      new InterfaceEndpoints(core).register(routes);
    }
  }
}
