package org.midonet.neutron.subnetpool;

import java.util.List;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.ResourceService;

/** Subnet pools and the operations on their prefixes; stateless. */
public final class SubnetPoolFeature implements Feature {
  @Override
  public List<ResourceType> types() {
    return List.of(SubnetPools.TYPE);
  }

  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("subnet_allocation"),
        Extension.of("subnet_onboard"),
        Extension.of("subnetpool-prefix-ops"));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new SubnetPoolService());
  }

  @Override
  public void routes(Routes routes, Core core) {
    new PrefixOperations(core).register(routes);
  }
}
