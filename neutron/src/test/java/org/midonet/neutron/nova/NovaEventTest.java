package org.midonet.neutron.nova;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NovaEventTest {
  private static final String SERVER = "0d9e70f6-e6f9-4fd3-b8a1-0a118cfeabc1";

  @ParameterizedTest
  @CsvSource({
    "DOWN, ACTIVE, network-vif-plugged, completed",
    "BUILD, ACTIVE, network-vif-plugged, completed",
    "BUILD, ERROR, network-vif-plugged, failed",
    "ACTIVE, DOWN, network-vif-unplugged, completed",
    "ACTIVE, ACTIVE, ,",
    "BUILD, DOWN, ,",
    "ERROR, ACTIVE, ,",
  })
  void changesOfStatusThatNovaWaitsForAreTold(
      String before, String after, @Nullable String name, @Nullable String status) {
    NovaEvent event =
        NovaEvent.statusChanged(port("compute:nova", before), port("compute:nova", after));
    assertThat(event).isEqualTo(name == null ? null : new NovaEvent(name, SERVER, status, "p-1"));
  }

  @Test
  void portsOfOthersAreNotNovasBusiness() {
    assertThat(NovaEvent.statusChanged(null, port("network:dhcp", "ACTIVE"))).isNull();
    assertThat(NovaEvent.changed(port("", "ACTIVE"))).isNull();
    NovaEvent.Port lease = new NovaEvent.Port("p-1", "lease-1", "compute:nova", "ACTIVE");
    assertThat(NovaEvent.deleted(lease)).isNull();
  }

  @Test
  void eventHasTheKeysNovaReads() {
    NovaEvent event = NovaEvent.statusChanged(null, port("compute:az", "ACTIVE"));
    assertThat(requireNonNull(event).toMap())
        .isEqualTo(
            Map.of(
                "server_uuid", SERVER,
                "name", "network-vif-plugged",
                "status", "completed",
                "tag", "p-1"));
    assertThat(requireNonNull(NovaEvent.changed(port("compute:az", "ACTIVE"))).toMap())
        .doesNotContainKey("status");
  }

  private static NovaEvent.Port port(String owner, String status) {
    return new NovaEvent.Port("p-1", SERVER, owner, status);
  }
}
