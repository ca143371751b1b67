package org.midonet.neutron.ipavailability;

import java.util.List;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.service.ResourceService;

/** The extension network-ip-availability; stateless. */
public final class IpAvailabilityFeature implements Feature {
  @Override
  public List<Extension> extensions() {
    return List.of(Extension.of("network-ip-availability").adding(IpAvailabilities.TYPE));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new IpAvailabilityService());
  }
}
