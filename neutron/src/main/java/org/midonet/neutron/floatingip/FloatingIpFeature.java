package org.midonet.neutron.floatingip;

import java.util.List;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.ResourceService;

/** Floating IPs and the extensions that are about them; stateless. */
public final class FloatingIpFeature implements Feature {
  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("dns-integration")
            .adding(FloatingIps.TYPE, FloatingIps.DNS_NAME, FloatingIps.DNS_DOMAIN),
        Extension.of("fip-port-details").adding(FloatingIps.TYPE, FloatingIps.PORT_DETAILS),
        Extension.of("floatingip-pools").adding(FloatingIpPools.TYPE));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new FloatingIpService(), new FloatingIpPools());
  }

  @Override
  public List<Hook> hooks() {
    return List.of(new FloatingIpsOfPorts());
  }
}
