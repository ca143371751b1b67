package org.midonet.plugin;

import org.midonet.neutron.config.MidonetConfig;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetSettings;
import org.midonet.plugin.client.NullClient;
import org.midonet.plugin.client.api.MidonetApiClient;
import org.midonet.plugin.client.cluster.MidonetClusterClient;

/**
 * Makes the client that {@code [MIDONET] client} names (spec section 1.2.1). Stateless, safe to
 * share between threads.
 */
public final class MidonetClients {

  /** The original's name of the REST client, and the default. */
  private static final String API = "midonet.neutron.client.api.MidonetApiClient";

  /** The original's name of the client that writes the task table. */
  private static final String CLUSTER = "midonet.neutron.client.cluster.MidonetClusterClient";

  private MidonetClients() {}

  /**
   * The client that the configuration names; one that tells nobody when it has no {@code
   * [MIDONET]}.
   *
   * @throws IllegalArgumentException when there is no such client, or no MidoNet can be at its
   *     address; the message is for the operator
   */
  public static MidonetClient of(MidonetConfig config) {
    if (!config.configured()) {
      return new NullClient();
    }
    return switch (config.client()) {
      case API -> new MidonetApiClient(settings(config));
      case CLUSTER -> new MidonetClusterClient(config);
      default ->
          throw new IllegalArgumentException(
              "client in [MIDONET] is %s, which does not exist. Use %s or %s."
                  .formatted(config.client(), API, CLUSTER));
    };
  }

  private static MidonetSettings settings(MidonetConfig config) {
    return MidonetSettings.of(
        config.midonetUri(),
        config.username().isEmpty() ? null : config.username(),
        config.password().reveal(),
        config.projectId().isEmpty() ? null : config.projectId());
  }
}
