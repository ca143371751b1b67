package org.midonet.neutron.rbac;

import java.util.List;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.service.ResourceService;

/** RBAC policies as a part of the API; stateless. */
public final class RbacFeature implements Feature {
  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("rbac-policies").adding(RbacPolicies.TYPE),
        Extension.of("rbac-security-groups"),
        Extension.of("rbac-address-scope"),
        Extension.of("rbac-subnetpool"));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new RbacPolicyService());
  }
}
