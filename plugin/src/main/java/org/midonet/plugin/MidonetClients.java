package org.midonet.plugin;

import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetSettings;
import org.midonet.plugin.client.api.MidonetApiClient;

/**
 * Makes the client that {@code [MIDONET] client} names (spec section 1.2.1). Stateless, safe to
 * share between threads.
 */
public final class MidonetClients {

  /** The original's name of the REST client, and the default. */
  public static final String API = "midonet.neutron.client.api.MidonetApiClient";

  /** The original's name of the client that writes the task table. */
  private static final String CLUSTER = "midonet.neutron.client.cluster.MidonetClusterClient";

  private MidonetClients() {}

  /**
   * The client of that name.
   *
   * @throws IllegalArgumentException when there is none; the message is for the operator
   */
  public static MidonetClient create(String name, MidonetSettings settings) {
    return switch (name) {
      case API -> new MidonetApiClient(settings);
      case CLUSTER ->
          throw new IllegalArgumentException(
              "client in [MIDONET] is %s, the task table, which this version does not have yet. Use %s."
                  .formatted(name, API));
      default ->
          throw new IllegalArgumentException(
              "client in [MIDONET] is %s, which does not exist. Use %s.".formatted(name, API));
    };
  }
}
