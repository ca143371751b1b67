package org.midonet.neutron.firewall;

import java.util.List;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.ResourceService;

/** Firewalls as a part of the API; stateless. */
public final class FirewallFeature implements Feature {
  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("fwaas")
            .adding(FirewallRules.TYPE)
            .adding(FirewallPolicies.TYPE)
            .adding(Firewalls.TYPE),
        Extension.of("fwaasrouterinsertion").adding(Firewalls.TYPE, Firewalls.ROUTER_IDS));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new RuleService(), new PolicyService(), new FirewallService());
  }

  @Override
  public List<Hook> hooks() {
    return List.of(new RoutersOfFirewalls());
  }

  @Override
  public void routes(Routes routes, Core core) {
    if (core.catalog().has(Firewalls.TYPE)) {
      new PolicyActions(core).register(routes);
    }
  }
}
