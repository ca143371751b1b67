package org.midonet.app;

import java.util.List;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.plugin.MidonetClients;
import org.midonet.plugin.PluginRegistry;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.l3.MidonetL3Plugin;
import org.midonet.plugin.midonet.MidonetV2Plugin;

/** Makes the plugins that the configuration names, around one client to MidoNet; stateless. */
final class Wiring {
  private Wiring() {}

  /**
   * Returns the core plugin, then the service plugins.
   *
   * @throws Failure when there is no such plugin or client
   */
  static List<Plugin> plugins(NeutronConfig config) {
    try {
      List<PluginRegistry.Plugin> selected =
          PluginRegistry.select(
              config.core().corePlugin().orElse(null), config.core().servicePlugins());
      MidonetClient client = MidonetClients.of(config.midonet());
      return selected.stream().map(plugin -> plugin(plugin, client)).toList();
    } catch (IllegalArgumentException e) {
      throw new Failure(Failure.BAD_CONFIGURATION, String.valueOf(e.getMessage()));
    }
  }

  private static Plugin plugin(PluginRegistry.Plugin plugin, MidonetClient client) {
    return switch (plugin) {
      case MIDONET_V2 -> new MidonetV2Plugin(client);
      case MIDONET_L3 -> new MidonetL3Plugin(client);
    };
  }
}
