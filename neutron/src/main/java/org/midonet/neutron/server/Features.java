package org.midonet.neutron.server;

import java.util.List;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.network.NetworkFeature;

/** Every feature of the Networking API, in the order in which their hooks run. */
final class Features {
  static final List<Feature> ALL = List.of(new NetworkFeature());

  private Features() {}
}
