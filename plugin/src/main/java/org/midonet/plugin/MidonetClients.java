package org.midonet.plugin;

import org.midonet.neutron.config.MidonetConfig;
import org.midonet.neutron.tls.ClientTls;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetSettings;
import org.midonet.plugin.client.NullClient;
import org.midonet.plugin.client.api.MidonetApiClient;
import org.midonet.plugin.client.builtin.BuiltInClient;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.client.cluster.MidonetClusterClient;

/**
 * Makes the client that {@code [MIDONET] client} names (spec section 1.2.1). Stateless, safe to
 * share between threads.
 */
public final class MidonetClients {

  /** The original's name of the client that writes the task table. */
  private static final String CLUSTER = "midonet.neutron.client.cluster.MidonetClusterClient";

  private MidonetClients() {}

  /**
   * The client that the configuration names.
   *
   * @param builtIn the MidoNet beside this server, for the client that tells it
   * @throws IllegalArgumentException when there is no such client, or no MidoNet can be at its
   *     address; the message is for the operator
   */
  public static MidonetClient of(MidonetConfig config, BuiltInMidonet builtIn) {
    return switch (config.client()) {
      case MidonetConfig.BUILT_IN -> new BuiltInClient(config, builtIn);
      case MidonetConfig.NONE -> new NullClient();
      case MidonetConfig.REST -> new MidonetApiClient(settings(config));
      case CLUSTER -> new MidonetClusterClient(config);
      default ->
          throw new IllegalArgumentException(
              "client in [MIDONET] is %s, which does not exist. Use %s, %s, %s or %s."
                  .formatted(
                      config.client(),
                      MidonetConfig.REST,
                      CLUSTER,
                      MidonetConfig.BUILT_IN,
                      MidonetConfig.NONE));
    };
  }

  private static MidonetSettings settings(MidonetConfig config) {
    return MidonetSettings.of(
            config.midonetUri(),
            config.username().isEmpty() ? null : config.username(),
            config.password().reveal(),
            config.projectId().isEmpty() ? null : config.projectId())
        .withTls(new ClientTls(config.cafile().orElse(null), null, null, false));
  }
}
