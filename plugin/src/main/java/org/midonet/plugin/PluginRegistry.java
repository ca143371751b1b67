package org.midonet.plugin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which plugins the values of {@code core_plugin} and {@code service_plugins} name. Stateless, safe
 * to share between threads.
 *
 * <p>A plugin is named by its short alias or by the dotted path of its class in the original, also
 * the older ones (spec sections 1.1.1 and 1.7). A name that is not known is an error that lists
 * those that are.
 */
public final class PluginRegistry {

  private PluginRegistry() {}

  private enum Role {
    CORE("core_plugin"),
    SERVICE("service_plugins");

    private final String option;

    Role(String option) {
      this.option = option;
    }
  }

  /** The plugins that this program has. */
  public enum Plugin {
    /** Networks and routers, for MidoNet v2015.03 and v2015.06. */
    MIDONET_V1(
        Role.CORE,
        "midonet",
        "midonet.neutron.plugin_v1.MidonetPluginV2",
        "neutron.plugins.midonet.plugin.MidonetPluginV2"),
    /** Networks, subnets, ports and security groups, for MidoNet 5.0 and later. */
    MIDONET_V2(Role.CORE, "midonet_v2", "midonet.neutron.plugin_v2.MidonetPluginV2"),
    /** The same by the names of Neutron's own plugin, with MidoNet as its mechanism driver. */
    ML2(Role.CORE, "ml2", "neutron.plugins.ml2.plugin.Ml2Plugin"),
    /** Routers and floating IPs. */
    MIDONET_L3(
        Role.SERVICE,
        "midonet_l3",
        "midonet.neutron.services.l3.l3_midonet.MidonetL3ServicePlugin"),
    /** Firewalls. */
    MIDONET_FIREWALL(
        Role.SERVICE,
        "midonet_firewall",
        "midonet.neutron.services.firewall.plugin.MidonetFirewallPlugin"),
    /** Load balancing. */
    LBAAS(
        Role.SERVICE,
        "lbaas",
        "neutron_lbaas.services.loadbalancer.plugin.LoadBalancerPlugin",
        "neutron.services.loadbalancer.plugin.LoadBalancerPlugin"),
    /** Metering labels, as Neutron has them. */
    METERING(Role.SERVICE, "metering", "neutron.services.metering.metering_plugin.MeteringPlugin");

    private final Role role;
    private final String alias;
    private final String path;
    private final String formerPath;

    Plugin(Role role, String alias, String path) {
      this(role, alias, path, path);
    }

    Plugin(Role role, String alias, String path, String formerPath) {
      this.role = role;
      this.alias = alias;
      this.path = path;
      this.formerPath = formerPath;
    }

    /** The short name. */
    public String alias() {
      return alias;
    }

    private boolean isNamed(String name) {
      return alias.equals(name) || path.equals(name) || formerPath.equals(name);
    }
  }

  /**
   * Service plugins that Neutron loads by itself; what they serve is always there, and naming them
   * changes nothing.
   */
  private static final Set<String> ALWAYS_THERE =
      Set.of("auto_allocate", "network_ip_availability", "revisions", "tag", "timestamp");

  /**
   * The plugins for a configuration, the core plugin first.
   *
   * @param corePlugin value of {@code core_plugin}; null when it is not set
   * @param servicePlugins values of {@code service_plugins}, in order
   * @throws IllegalArgumentException when a name is unknown or given twice, when there is no core
   *     plugin, or plugins do not go together; the message is for the operator
   */
  public static List<Plugin> select(@Nullable String corePlugin, List<String> servicePlugins) {
    if (corePlugin == null || corePlugin.isBlank()) {
      throw new IllegalArgumentException(
          "core_plugin in [DEFAULT] is not set. " + served(Role.CORE));
    }
    List<Plugin> selected = new ArrayList<>();
    selected.add(find(Role.CORE, corePlugin.strip()));
    Set<Plugin> seen = EnumSet.noneOf(Plugin.class);
    for (String name :
        servicePlugins.stream().map(String::strip).filter(n -> !n.isEmpty()).toList()) {
      if (ALWAYS_THERE.contains(name)) {
        continue;
      }
      Plugin plugin = find(Role.SERVICE, name);
      if (!seen.add(plugin)) {
        throw new IllegalArgumentException(
            "service_plugins in [DEFAULT] names %s twice.".formatted(plugin.alias));
      }
      selected.add(plugin);
    }
    if (selected.contains(Plugin.MIDONET_V1) && selected.contains(Plugin.MIDONET_L3)) {
      throw new IllegalArgumentException(
          "core_plugin in [DEFAULT] is midonet, which serves routers itself. Take midonet_l3 out of service_plugins, or use midonet_v2 with MidoNet 5.0 and later.");
    }
    if (selected.contains(Plugin.LBAAS)
        && !selected.contains(Plugin.MIDONET_V1)
        && !selected.contains(Plugin.MIDONET_L3)) {
      throw new IllegalArgumentException(
          "service_plugins in [DEFAULT] names lbaas, but routers are what balances. Add midonet_l3.");
    }
    return List.copyOf(selected);
  }

  private static Plugin find(Role role, String name) {
    for (Plugin plugin : Plugin.values()) {
      if (plugin.role == role && plugin.isNamed(name)) {
        return plugin;
      }
    }
    throw new IllegalArgumentException(
        "%s in [DEFAULT] names an unknown plugin, %s. %s"
            .formatted(role.option, name, served(role)));
  }

  private static String served(Role role) {
    Stream<String> names =
        Arrays.stream(Plugin.values())
            .filter(plugin -> plugin.role == role)
            .map(plugin -> plugin.alias + " (" + plugin.path + ")");
    Stream<String> always = role == Role.SERVICE ? ALWAYS_THERE.stream().sorted() : Stream.of();
    return "Those that exist: "
        + Stream.concat(names, always).collect(Collectors.joining(", "))
        + ".";
  }
}
