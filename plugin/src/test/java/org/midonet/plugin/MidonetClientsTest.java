package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.MidonetSettings;
import org.midonet.plugin.client.NullClient;
import org.midonet.plugin.client.api.MidonetApiClient;

class MidonetClientsTest {

  private static final MidonetSettings SETTINGS =
      MidonetSettings.of("http://localhost:8181/midonet-api/", "admin", "secret", null);

  @Test
  void theOriginalsNameGivesTheRestClient() {
    MidonetClient client =
        MidonetClients.create("midonet.neutron.client.api.MidonetApiClient", SETTINGS);

    assertThat(client).isInstanceOf(MidonetApiClient.class);
    assertThat(client.describe())
        .isEqualTo("MidoNet is told over REST at http://localhost:8181/midonet-api");
  }

  @Test
  void theTaskTableIsKnownAndMissing() {
    assertThatThrownBy(() ->
            MidonetClients.create("midonet.neutron.client.cluster.MidonetClusterClient", SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not have yet");
  }

  @Test
  void anUnknownClientStopsTheStart() {
    assertThatThrownBy(() -> MidonetClients.create("my.Client", SETTINGS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("my.Client, which does not exist");
  }

  @Test
  void withoutMidonetTheStartSaysThatNothingForwards() {
    assertThat(new NullClient().describe()).contains("resources are stored, nothing forwards");
  }

  @Test
  void settingsDoNotTellThePassword() {
    assertThat(SETTINGS.toString()).contains("admin").doesNotContain("secret");
  }
}
