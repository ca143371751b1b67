package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.integer;
import static org.midonet.neutron.config.OptionTypes.list;
import static org.midonet.neutron.config.OptionTypes.word;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types of networks and the segmentation ids to give out ({@code [ml2]} and {@code
 * [ml2_type_*]}); immutable.
 *
 * @param typed whether {@code type_drivers} is set at all
 * @param physicalNetworkMtus the MTU of physical networks that differ from {@code
 *     global_physnet_mtu}
 */
public record Ml2Config(
    List<String> mechanismDrivers,
    boolean typed,
    List<String> typeDrivers,
    List<String> tenantNetworkTypes,
    int pathMtu,
    Map<String, Integer> physicalNetworkMtus,
    Optional<String> externalNetworkType,
    List<String> flatNetworks,
    List<VlanRange> networkVlanRanges,
    List<IdRange> vxlanRanges,
    List<IdRange> geneveRanges,
    List<IdRange> greRanges) {
  private static final long MAX_VNI = (1L << 24) - 1;
  private static final long MAX_GRE_KEY = (1L << 32) - 1;

  static final Option<List<String>> MECHANISM_DRIVERS =
      Option.of(
          "ml2",
          "mechanism_drivers",
          list(),
          List.of(),
          "With core_plugin = ml2: who builds networks. There is midonet.");
  static final Option<List<String>> TYPE_DRIVERS =
      Option.of(
          "ml2",
          "type_drivers",
          list(),
          List.of("local", "flat", "vlan", "gre", "vxlan", "geneve"),
          "The types that a network may have.");
  static final Option<List<String>> TENANT_NETWORK_TYPES =
      Option.of(
          "ml2",
          "tenant_network_types",
          list(),
          List.of("local"),
          "The types to try, in order, for a network whose request names none.");
  static final Option<Integer> PATH_MTU =
      Option.of(
          "ml2",
          "path_mtu",
          integer(0),
          0,
          "The MTU of the path between hosts, for tunnels; 0 means global_physnet_mtu.");
  static final Option<List<String>> PHYSICAL_NETWORK_MTUS =
      Option.of(
          "ml2",
          "physical_network_mtus",
          list(Ml2Config::checkedMtu, text -> text),
          List.of(),
          "The MTU of single physical networks, as physical_network:mtu.");
  static final Option<String> EXTERNAL_NETWORK_TYPE =
      Option.of(
          "ml2",
          "external_network_type",
          word(),
          null,
          "The type of an external network whose request names none.");
  static final Option<List<String>> FLAT_NETWORKS =
      Option.of(
          "ml2_type_flat",
          "flat_networks",
          list(),
          List.of("*"),
          "The physical networks that may carry a flat network; * means any, an empty list none.");
  static final Option<List<VlanRange>> NETWORK_VLAN_RANGES =
      Option.of(
          "ml2_type_vlan",
          "network_vlan_ranges",
          list(VlanRange::parse, VlanRange::toString),
          List.of(),
          "The physical networks that may carry VLANs and the ids to give to projects, as"
              + " physical_network or physical_network:first:last.");
  static final Option<List<IdRange>> VXLAN_RANGES =
      ranges("ml2_type_vxlan", "vni_ranges", MAX_VNI, "VXLAN network ids");
  static final Option<List<IdRange>> GENEVE_RANGES =
      ranges("ml2_type_geneve", "vni_ranges", MAX_VNI, "Geneve network ids");
  static final Option<List<IdRange>> GRE_RANGES =
      ranges("ml2_type_gre", "tunnel_id_ranges", MAX_GRE_KEY, "GRE keys");

  static final List<Option<?>> OPTIONS =
      List.of(
          MECHANISM_DRIVERS,
          TYPE_DRIVERS,
          TENANT_NETWORK_TYPES,
          PATH_MTU,
          PHYSICAL_NETWORK_MTUS,
          EXTERNAL_NETWORK_TYPE,
          FLAT_NETWORKS,
          NETWORK_VLAN_RANGES,
          VXLAN_RANGES,
          GENEVE_RANGES,
          GRE_RANGES);

  static Ml2Config read(ConfigReader reader) {
    return new Ml2Config(
        reader.get(MECHANISM_DRIVERS),
        reader.isSet(TYPE_DRIVERS),
        reader.get(TYPE_DRIVERS),
        reader.get(TENANT_NETWORK_TYPES),
        reader.get(PATH_MTU),
        mtus(reader.get(PHYSICAL_NETWORK_MTUS)),
        reader.find(EXTERNAL_NETWORK_TYPE),
        reader.get(FLAT_NETWORKS),
        reader.get(NETWORK_VLAN_RANGES),
        reader.get(VXLAN_RANGES),
        reader.get(GENEVE_RANGES),
        reader.get(GRE_RANGES));
  }

  private static Option<List<IdRange>> ranges(String group, String name, long max, String what) {
    return Option.of(
        group,
        name,
        list(text -> IdRange.parse(text, 1, max), IdRange::toString),
        List.of(),
        "The " + what + " to give to projects, as first:last.");
  }

  private static String checkedMtu(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("must be physical_network:mtu, not " + text);
    }
    OptionTypes.whole(text.substring(colon + 1), 68, Integer.MAX_VALUE);
    return text;
  }

  private static Map<String, Integer> mtus(List<String> items) {
    Map<String, Integer> mtus = new LinkedHashMap<>();
    for (String item : items) {
      int colon = item.lastIndexOf(':');
      mtus.put(
          item.substring(0, colon).strip(), Integer.valueOf(item.substring(colon + 1).strip()));
    }
    return Map.copyOf(mtus);
  }
}
