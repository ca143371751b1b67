package org.midonet.neutron.addressscope;

import java.util.List;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.subnetpool.SubnetPools;

/** Address scopes, and what they add to networks and subnet pools; stateless. */
public final class AddressScopeFeature implements Feature {
  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("address-scope")
            .adding(AddressScopes.TYPE)
            .adding(
                Networks.TYPE, AddressScopes.IPV4_ADDRESS_SCOPE, AddressScopes.IPV6_ADDRESS_SCOPE)
            .adding(SubnetPools.TYPE, SubnetPools.ADDRESS_SCOPE_ID));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new AddressScopeService());
  }

  @Override
  public List<Hook> hooks() {
    return List.of(new NetworkScopes());
  }
}
