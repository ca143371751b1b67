package org.midonet.neutron.securitygroup;

import java.util.List;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.ResourceService;

/** Security groups, their rules and the groups of ports; stateless. */
public final class SecurityGroupFeature implements Feature {
  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("security-group")
            .adding(SecurityGroups.TYPE)
            .adding(SecurityGroupRules.TYPE)
            .adding(Ports.TYPE, PortGroups.SECURITY_GROUPS),
        Extension.of("stateful-security-group")
            .adding(SecurityGroups.TYPE, SecurityGroups.STATEFUL),
        Extension.of("security-groups-shared-filtering")
            .adding(SecurityGroups.TYPE, SecurityGroups.SHARED),
        Extension.of("security-groups-normalized-cidr")
            .adding(SecurityGroupRules.TYPE, SecurityGroupRules.NORMALIZED_CIDR),
        Extension.of("port-security-groups-filtering"));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new SecurityGroupService(), new RuleService());
  }

  @Override
  public List<Hook> hooks() {
    return List.of(new PortGroups(), new GroupsOfNetworks());
  }
}
