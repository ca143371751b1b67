package org.midonet.neutron.loadbalancer;

import java.util.List;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.config.ServiceProviders;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.ResourceService;

/** Load balancing as a part of the API; stateless. */
public final class LoadBalancerFeature implements Feature {
  private final Providers providers;

  /** Offers those of these providers that balance. */
  public LoadBalancerFeature(ServiceProviders providers) {
    this.providers = new Providers(providers);
  }

  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("lbaas")
            .adding(Vips.TYPE)
            .adding(Pools.TYPE)
            .adding(Members.TYPE)
            .adding(HealthMonitors.TYPE),
        Extension.of("lbaas_agent_scheduler"));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(
        new VipService(),
        new PoolService(providers),
        new MemberService(),
        new HealthMonitorService());
  }

  @Override
  public List<Hook> hooks() {
    return List.of(new VipPorts(), new InUse());
  }

  @Override
  public void routes(Routes routes, Core core) {
    if (core.catalog().has(Pools.TYPE)) {
      new PoolEndpoints(core).register(routes);
    }
    if (core.catalog().has("lbaas_agent_scheduler")) {
      new AgentEndpoints(core).register(routes);
    }
  }
}
