package org.midonet.neutron.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.IdRange;
import org.midonet.neutron.config.Ml2Config;
import org.midonet.neutron.config.VlanRange;
import org.midonet.neutron.error.NeutronException;

/** The types of networks that {@code [ml2]} names; immutable and safe to share. */
final class NetworkTypes {
  private final Map<String, NetworkType> types = new LinkedHashMap<>();
  private final List<NetworkType> forProjects = new ArrayList<>();
  private final @Nullable NetworkType external;

  /**
   * Reads the section.
   *
   * @param plain names of further types, which take nothing of the physical network, with the bytes
   *     that their tunnels take from the MTU
   * @throws IllegalArgumentException for a type there is not; the message is for the operator
   */
  NetworkTypes(Ml2Config ml2, Map<String, Integer> plain) {
    plain.forEach((name, overhead) -> types.put(name, new NetworkType.Plain(name, overhead)));
    ml2.typeDrivers().forEach(name -> types.computeIfAbsent(name, n -> type(n, ml2)));
    ml2.tenantNetworkTypes()
        .forEach(name -> forProjects.add(configured("tenant_network_types", name)));
    external =
        ml2.externalNetworkType()
            .map(name -> configured("external_network_type", name))
            .orElse(null);
  }

  private static NetworkType type(String name, Ml2Config ml2) {
    return switch (name) {
      case "local" -> new NetworkType.Plain(name, 0);
      case "flat" ->
          new NetworkType.Flat(Set.copyOf(ml2.flatNetworks()), ml2.flatNetworks().contains("*"));
      case "vlan" -> new NetworkType.Vlan(pools(ml2.networkVlanRanges()));
      case "vxlan" -> new NetworkType.Tunnel(name, ml2.vxlanRanges(), Mtus.VXLAN);
      case "geneve" -> new NetworkType.Tunnel(name, ml2.geneveRanges(), Mtus.GENEVE);
      case "gre" -> new NetworkType.Tunnel(name, ml2.greRanges(), Mtus.GRE);
      default ->
          throw new IllegalArgumentException(
              "type_drivers in [ml2] names %s, which does not exist. Those that exist: local, flat, vlan, vxlan, geneve, gre, midonet, uplink."
                  .formatted(name));
    };
  }

  private static Map<String, List<IdRange>> pools(List<VlanRange> ranges) {
    Map<String, List<IdRange>> pools = new LinkedHashMap<>();
    for (VlanRange range : ranges) {
      List<IdRange> pool =
          pools.computeIfAbsent(range.physicalNetwork(), network -> new ArrayList<>());
      range.ids().ifPresent(pool::add);
    }
    return pools;
  }

  private NetworkType configured(String option, String name) {
    NetworkType type = types.get(name);
    if (type == null) {
      throw new IllegalArgumentException(
          "%s in [ml2] names %s, which type_drivers does not. It has: %s."
              .formatted(option, name, String.join(", ", types.keySet())));
    }
    return type;
  }

  /** The type that a request names. */
  NetworkType named(String name) {
    NetworkType type = types.get(name);
    if (type == null) {
      throw NeutronException.invalidInput("network_type value '" + name + "' not supported");
    }
    return type;
  }

  /** The type of that name; null for one that is not configured any more. */
  @Nullable NetworkType find(@Nullable String name) {
    return name == null ? null : types.get(name);
  }

  /** What to try in turn for a network whose request names no type. */
  List<NetworkType> defaults(boolean isExternal) {
    NetworkType special = external;
    return isExternal && special != null ? List.of(special) : forProjects;
  }
}
