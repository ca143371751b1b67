package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.config.MidonetConfig;
import org.midonet.neutron.config.Secret;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetSettings;
import org.midonet.plugin.client.api.MidonetApiClient;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.plugin.client.cluster.MidonetClusterClient;

class MidonetClientsTest {

  @Test
  void theOriginalsNameGivesTheRestClient() {
    MidonetClient client = of("midonet.neutron.client.api.MidonetApiClient");

    assertThat(client).isInstanceOf(MidonetApiClient.class);
    assertThat(client.describe())
        .isEqualTo("MidoNet is told over REST at http://localhost:8181/midonet-api");
  }

  @Test
  void theOriginalsNameGivesTheTaskTable() {
    MidonetClient client = of("midonet.neutron.client.cluster.MidonetClusterClient");

    assertThat(client).isInstanceOf(MidonetClusterClient.class);
    assertThat(client.describe()).contains("midonet_tasks");
  }

  @Test
  void aTunnelAtWhichTheImporterWouldStopStopsTheStart() {
    assertThatThrownBy(() -> of("midonet.neutron.client.cluster.MidonetClusterClient", "geneve"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tunnel_protocol in [MIDONET] is geneve");
  }

  @Test
  void anUnknownClientStopsTheStart() {
    assertThatThrownBy(() -> of("my.Client"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("my.Client, which does not exist");
  }

  @Test
  void theBuiltInMidonetIsOne() {
    assertThat(of(MidonetConfig.BUILT_IN).describe()).contains("built-in MidoNet");
  }

  @Test
  void withoutMidonetTheStartSaysThatNothingForwards() {
    MidonetClient client = of("none");

    assertThat(client.describe()).contains("resources are stored, nothing forwards");
  }

  @Test
  void settingsDoNotTellThePassword() {
    assertThat(MidonetSettings.of("http://h/", "admin", "secret", null).toString())
        .contains("admin")
        .doesNotContain("secret");
  }

  private static MidonetClient of(String client) {
    return of(client, "vxlan");
  }

  private static MidonetClient of(String client, String tunnel) {
    MidonetConfig config =
        new MidonetConfig(
            "http://localhost:8181/midonet-api/",
            Optional.empty(),
            "admin",
            new Secret("passw0rd"),
            "service",
            client,
            tunnel,
            "localhost",
            "8088",
            false,
            Optional.empty(),
            "/midonet",
            Optional.empty(),
            8181,
            false);
    return MidonetClients.of(config, BuiltInMidonet.none());
  }
}
