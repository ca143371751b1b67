package org.midonet.neutron.network;

import java.util.List;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.ResourceService;

/** Networks and the extensions that are about them alone; stateless. */
public final class NetworkFeature implements Feature {
  private final int maxMtu;

  /**
   * Networks as configured.
   *
   * @param maxMtu [DEFAULT] global_physnet_mtu
   */
  public NetworkFeature(int maxMtu) {
    this.maxMtu = maxMtu;
  }

  @Override
  public List<ResourceType> types() {
    return List.of(Networks.TYPE);
  }

  @Override
  public List<Extension> extensions() {
    return List.of(
        Extension.of("net-mtu").adding(Networks.TYPE, Networks.MTU),
        Extension.of("net-mtu-writable"),
        Extension.of("external-net").adding(Networks.TYPE, Networks.EXTERNAL),
        Extension.of("provider")
            .adding(
                Networks.TYPE,
                Networks.NETWORK_TYPE,
                Networks.PHYSICAL_NETWORK,
                Networks.SEGMENTATION_ID),
        Extension.of("multi-provider").adding(Networks.TYPE, Networks.SEGMENTS),
        Extension.of("network_availability_zone")
            .adding(Networks.TYPE, Networks.AVAILABILITY_ZONE_HINTS, Networks.AVAILABILITY_ZONES));
  }

  @Override
  public List<ResourceService> services() {
    return List.of(new NetworkService(maxMtu));
  }
}
