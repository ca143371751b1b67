package org.midonet.app;

import java.util.ArrayList;
import java.util.List;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.metering.MeteringPlugin;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.plugin.MidonetClients;
import org.midonet.plugin.PluginRegistry;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.client.builtin.balancing.BuiltInPools;
import org.midonet.plugin.client.builtin.hosts.HostsPlugin;
import org.midonet.plugin.firewall.MidonetFirewallPlugin;
import org.midonet.plugin.l3.MidonetL3Plugin;
import org.midonet.plugin.loadbalancer.MidonetLoadBalancerPlugin;
import org.midonet.plugin.loadbalancer.PoolStatistics;
import org.midonet.plugin.midonet.MidonetCorePlugin;

/**
 * The plugins that the configuration names, around one client to MidoNet; immutable and safe to
 * share.
 *
 * @param client the way to MidoNet; closed by the core plugin
 * @param plugins the core plugin, then the service plugins
 */
record Wiring(MidonetClient client, List<Plugin> plugins) {

  /**
   * Makes the client and the plugins.
   *
   * @param builtIn the MidoNet beside this server, if that is the one to tell
   * @throws Failure when there is no such plugin, client or type of network
   */
  static Wiring of(NeutronConfig config, BuiltInMidonet builtIn) {
    try {
      List<PluginRegistry.Plugin> selected =
          PluginRegistry.select(
              config.core().corePlugin().orElse(null), config.core().servicePlugins());
      MidonetClient client = MidonetClients.of(config.midonet(), builtIn);
      List<Plugin> plugins = new ArrayList<>();
      BuiltInPools pools = new BuiltInPools(builtIn);
      PoolStatistics statistics = config.midonet().isBuiltIn() ? pools : PoolStatistics.NONE;
      selected.forEach(plugin -> plugins.add(plugin(plugin, client, config, statistics)));
      if (config.midonet().isBuiltIn()) {
        boolean mixed = selected.getFirst() == PluginRegistry.Plugin.ML2;
        plugins.add(new HostsPlugin(builtIn, config.agents(), mixed));
        if (selected.contains(PluginRegistry.Plugin.LBAAS)) {
          plugins.add(pools);
        }
      }
      return new Wiring(client, List.copyOf(plugins));
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.BAD_CONFIGURATION, String.valueOf(e.getMessage()));
    }
  }

  /** Whether networks may be somebody else's, of which MidoNet is not told. */
  boolean isMixed() {
    return plugins.getFirst().name().equals("ml2");
  }

  private static Plugin plugin(
      PluginRegistry.Plugin plugin,
      MidonetClient client,
      NeutronConfig config,
      PoolStatistics statistics) {
    return switch (plugin) {
      case MIDONET_V1 -> MidonetCorePlugin.v1(client, config);
      case MIDONET_V2 -> MidonetCorePlugin.v2(client, config);
      case ML2 -> MidonetCorePlugin.ml2(client, config);
      case MIDONET_L3 -> new MidonetL3Plugin(client, config.router().enableDvr());
      case MIDONET_FIREWALL -> new MidonetFirewallPlugin(client);
      case LBAAS -> new MidonetLoadBalancerPlugin(client, config.serviceProviders(), statistics);
      case METERING -> new MeteringPlugin();
    };
  }
}
