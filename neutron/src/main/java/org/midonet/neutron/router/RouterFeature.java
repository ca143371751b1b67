package org.midonet.neutron.router;

import java.util.List;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.floatingip.FloatingIps;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.ResourceService;

/** Routers and the extensions that are about them; stateless. */
public final class RouterFeature implements Feature {
  private final int maxRoutes;
  private final boolean snatByDefault;

  /**
   * Routers as configured.
   *
   * @param maxRoutes [DEFAULT] max_routes
   * @param snatByDefault [DEFAULT] enable_snat_by_default
   */
  public RouterFeature(int maxRoutes, boolean snatByDefault) {
    this.maxRoutes = maxRoutes;
    this.snatByDefault = snatByDefault;
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
        Extension.of("l3-port-ip-change-not-allowed"));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new RouterService(new Gateways(snatByDefault), new ExtraRoutes(maxRoutes)));
  }

  @Override
  public List<Hook> hooks() {
    return List.of(new PortsOfRouters());
  }

  @Override
  public void routes(Routes routes, Core core) {
    if (core.catalog().has(Routers.TYPE)) {
      new InterfaceEndpoints(core).register(routes);
    }
  }
}
