package org.midonet.neutron.network;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.midonet.neutron.config.IdRange;

/** A way in which a network may be built, as configured; immutable. */
sealed interface NetworkType {
  /** The {@code provider:network_type} of such networks. */
  String name();

  /**
   * A network that takes nothing of the physical one: local, and MidoNet's own.
   *
   * @param overhead bytes that a tunnel takes from the MTU; 0 for no tunnel
   */
  record Plain(String name, int overhead) implements NetworkType {}

  /**
   * All of a physical network, untagged.
   *
   * @param physicalNetworks those that may be taken
   * @param any whether others may be taken too
   */
  record Flat(Set<String> physicalNetworks, boolean any) implements NetworkType {
    @Override
    public String name() {
      return "flat";
    }
  }

  /**
   * A VLAN of a physical network.
   *
   * @param pools the physical networks and the ids that are given out there
   */
  record Vlan(Map<String, List<IdRange>> pools) implements NetworkType {
    @Override
    public String name() {
      return "vlan";
    }
  }

  /**
   * A tunnel over the physical network.
   *
   * @param pool the ids that are given out
   * @param overhead bytes that encapsulation takes from the MTU, outer IPv4 header included
   */
  record Tunnel(String name, List<IdRange> pool, int overhead) implements NetworkType {}
}
