package org.midonet.plugin.midonet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.midonet.neutron.config.Ml2Config;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.network.Mtus;
import org.midonet.neutron.network.ProviderNetworks;
import org.midonet.neutron.service.Hook;
import org.midonet.plugin.tell.MidonetNetworks;

/** What section {@code [ml2]} says. Pure functions, safe to share between threads. */
final class Ml2 {

  private static final String DRIVER = "midonet";

  private Ml2() {}

  /** All of Neutron's types, and MidoNet's. */
  static Hook everyType(NeutronConfig config) {
    return new ProviderNetworks(config, midonets(config));
  }

  /** The types that {@code type_drivers} names. */
  static Hook configuredTypes(NeutronConfig config) {
    Map<String, Integer> types = midonets(config);
    types.keySet().retainAll(config.ml2().typeDrivers());
    return new ProviderNetworks(config, types);
  }

  /** MidoNet's types, with what their tunnels take from the MTU: an uplink has none. */
  private static Map<String, Integer> midonets(NeutronConfig config) {
    Map<String, Integer> types = new LinkedHashMap<>();
    types.put(
        UplinkNetworks.MIDONET,
        config.midonet().tunnelProtocol().equals("gre") ? Mtus.GRE : Mtus.VXLAN);
    types.put(UplinkNetworks.UPLINK, 0);
    return types;
  }

  /**
   * Refuses a section with which MidoNet would be told nothing, or somebody else would be expected
   * to build networks.
   *
   * @throws IllegalArgumentException with a message for the operator
   */
  static void requireDrivers(Ml2Config ml2) {
    List<String> others =
        ml2.mechanismDrivers().stream().filter(name -> !name.equals(DRIVER)).toList();
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "mechanism_drivers in [ml2] names %s, which does not exist here. There is midonet."
              .formatted(String.join(", ", others)));
    }
    if (ml2.mechanismDrivers().isEmpty()) {
      throw new IllegalArgumentException(
          "mechanism_drivers in [ml2] is not set, so nobody would build networks. There is midonet.");
    }
    if (ml2.typeDrivers().stream().noneMatch(MidonetNetworks.TYPES::contains)) {
      throw new IllegalArgumentException(
          "type_drivers in [ml2] names neither midonet nor uplink, so MidoNet would build nothing. Set it to midonet,uplink, and tenant_network_types to midonet.");
    }
  }
}
