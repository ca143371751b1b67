package org.midonet.neutron.server;

import java.util.List;
import org.midonet.neutron.addressscope.AddressScopeFeature;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.ipavailability.IpAvailabilityFeature;
import org.midonet.neutron.network.NetworkFeature;
import org.midonet.neutron.subnet.SubnetFeature;
import org.midonet.neutron.subnetpool.SubnetPoolFeature;

/** Every feature of the Networking API, in the order in which their hooks run. */
final class Features {
  static final List<Feature> ALL =
      List.of(
          new NetworkFeature(),
          new SubnetFeature(),
          new SubnetPoolFeature(),
          new AddressScopeFeature(),
          new IpAvailabilityFeature());

  private Features() {}
}
