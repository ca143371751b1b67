package org.midonet.neutron.config;

import java.util.Optional;

/**
 * A physical network with VLANs and, if projects may have some of them, the ids to give out;
 * immutable.
 */
public record VlanRange(String physicalNetwork, Optional<IdRange> ids) {
  private static final long MIN_VLAN = 1;
  private static final long MAX_VLAN = 4094;

  /** Parses {@code physical_network} or {@code physical_network:first:last}. */
  static VlanRange parse(String text) {
    int colon = text.indexOf(':');
    String network = (colon < 0 ? text : text.substring(0, colon)).strip();
    if (network.isEmpty()) {
      throw new IllegalArgumentException("the name of the physical network is missing in " + text);
    }
    Optional<IdRange> ids =
        colon < 0
            ? Optional.empty()
            : Optional.of(IdRange.parse(text.substring(colon + 1), MIN_VLAN, MAX_VLAN));
    return new VlanRange(network, ids);
  }

  @Override
  public String toString() {
    return physicalNetwork + ids.map(range -> ":" + range).orElse("");
  }
}
