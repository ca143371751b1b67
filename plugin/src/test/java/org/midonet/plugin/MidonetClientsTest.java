package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.midonet.neutron.config.MidonetConfig;
import org.midonet.neutron.config.Secret;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetSettings;
import org.midonet.plugin.client.api.MidonetApiClient;
import org.midonet.plugin.client.cluster.MidonetClusterClient;

class MidonetClientsTest {

  @Test
  void theOriginalsNameGivesTheRestClient() {
    MidonetClient client =
        MidonetClients.of(config("midonet.neutron.client.api.MidonetApiClient", true));

    assertThat(client).isInstanceOf(MidonetApiClient.class);
    assertThat(client.describe())
        .isEqualTo("MidoNet is told over REST at http://localhost:8181/midonet-api");
  }

  @Test
  void theOriginalsNameGivesTheTaskTable() {
    MidonetClient client =
        MidonetClients.of(config("midonet.neutron.client.cluster.MidonetClusterClient", true));

    assertThat(client).isInstanceOf(MidonetClusterClient.class);
    assertThat(client.describe()).contains("midonet_tasks");
  }

  @Test
  void aTunnelAtWhichTheImporterWouldStopStopsTheStart() {
    MidonetConfig geneve =
        config("midonet.neutron.client.cluster.MidonetClusterClient", true, "geneve");

    assertThatThrownBy(() -> MidonetClients.of(geneve))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tunnel_protocol in [MIDONET] is geneve");
  }

  @Test
  void anUnknownClientStopsTheStart() {
    assertThatThrownBy(() -> MidonetClients.of(config("my.Client", true)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("my.Client, which does not exist");
  }

  @Test
  void withoutMidonetTheStartSaysThatNothingForwards() {
    MidonetClient client = MidonetClients.of(config("any", false));

    assertThat(client.describe()).contains("resources are stored, nothing forwards");
  }

  @Test
  void settingsDoNotTellThePassword() {
    assertThat(MidonetSettings.of("http://h/", "admin", "secret", null).toString())
        .contains("admin")
        .doesNotContain("secret");
  }

  private static MidonetConfig config(String client, boolean configured) {
    return config(client, configured, "vxlan");
  }

  private static MidonetConfig config(String client, boolean configured, String tunnel) {
    return new MidonetConfig(
        "http://localhost:8181/midonet-api/",
        "admin",
        new Secret("passw0rd"),
        "service",
        client,
        tunnel,
        "localhost",
        "8088",
        configured);
  }
}
