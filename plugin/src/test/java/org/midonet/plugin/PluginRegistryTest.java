package org.midonet.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.midonet.plugin.PluginRegistry.Plugin.LBAAS;
import static org.midonet.plugin.PluginRegistry.Plugin.METERING;
import static org.midonet.plugin.PluginRegistry.Plugin.MIDONET_FIREWALL;
import static org.midonet.plugin.PluginRegistry.Plugin.MIDONET_L3;
import static org.midonet.plugin.PluginRegistry.Plugin.MIDONET_V1;
import static org.midonet.plugin.PluginRegistry.Plugin.MIDONET_V2;
import static org.midonet.plugin.PluginRegistry.Plugin.ML2;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginRegistryTest {

  private static final List<String> NONE = List.of();

  @ParameterizedTest
  @ValueSource(
      strings = {"midonet_v2", "midonet.neutron.plugin_v2.MidonetPluginV2", " midonet_v2 "})
  void corePluginGoesByAliasAndByClass(String name) {
    assertThat(PluginRegistry.select(name, NONE)).containsExactly(MIDONET_V2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"midonet_l3", "midonet.neutron.services.l3.l3_midonet.MidonetL3ServicePlugin"})
  void servicePluginGoesByAliasAndByClass(String name) {
    assertThat(PluginRegistry.select("midonet_v2", List.of(name)))
        .containsExactly(MIDONET_V2, MIDONET_L3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"metering", "neutron.services.metering.metering_plugin.MeteringPlugin"})
  void neutronsOwnPluginGoesByAliasAndByClass(String name) {
    assertThat(PluginRegistry.select("midonet_v2", List.of("midonet_l3", name)))
        .containsExactly(MIDONET_V2, MIDONET_L3, METERING);
  }

  @Test
  void whatIsAlwaysServedMayBeNamed() {
    assertThat(PluginRegistry.select("midonet_v2", List.of("tag", "midonet_l3", "revisions", "")))
        .containsExactly(MIDONET_V2, MIDONET_L3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "midonet",
        "midonet.neutron.plugin_v1.MidonetPluginV2",
        "neutron.plugins.midonet.plugin.MidonetPluginV2"
      })
  void pluginV1GoesByItsFormerClassToo(String name) {
    assertThat(PluginRegistry.select(name, NONE)).containsExactly(MIDONET_V1);
  }

  @Test
  void pluginV1ServesRoutersItself() {
    assertThatThrownBy(() -> PluginRegistry.select("midonet", List.of("midonet_l3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("serves routers itself");
  }

  @Test
  void ml2IsACorePlugin() {
    assertThat(PluginRegistry.select("ml2", List.of("midonet_l3")))
        .containsExactly(ML2, MIDONET_L3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "midonet_firewall",
        "midonet.neutron.services.firewall.plugin.MidonetFirewallPlugin"
      })
  void theFirewallPluginGoesByItsClassToo(String name) {
    assertThat(PluginRegistry.select("midonet_v2", List.of("midonet_l3", name)))
        .containsExactly(MIDONET_V2, MIDONET_L3, MIDONET_FIREWALL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lbaas",
        "neutron_lbaas.services.loadbalancer.plugin.LoadBalancerPlugin",
        "neutron.services.loadbalancer.plugin.LoadBalancerPlugin"
      })
  void theLoadBalancerGoesByItsClassToo(String name) {
    assertThat(PluginRegistry.select("midonet_v2", List.of("midonet_l3", name)))
        .containsExactly(MIDONET_V2, MIDONET_L3, LBAAS);
    assertThat(PluginRegistry.select("midonet", List.of(name))).containsExactly(MIDONET_V1, LBAAS);
  }

  @Test
  void theLoadBalancerNeedsRouters() {
    assertThatThrownBy(() -> PluginRegistry.select("midonet_v2", List.of("lbaas")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Add midonet_l3");
  }

  @Test
  void anUnknownNameListsThoseThatExist() {
    assertThatThrownBy(() -> PluginRegistry.select("ml3", NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "core_plugin in [DEFAULT] names an unknown plugin, ml3. "
                + "Those that exist: midonet (midonet.neutron.plugin_v1.MidonetPluginV2), "
                + "midonet_v2 (midonet.neutron.plugin_v2.MidonetPluginV2), "
                + "ml2 (neutron.plugins.ml2.plugin.Ml2Plugin).");
    assertThatThrownBy(() -> PluginRegistry.select("midonet_v2", List.of("router")))
        .hasMessageContaining("service_plugins in [DEFAULT] names an unknown plugin, router. ")
        .hasMessageContaining(
            "midonet_l3 (midonet.neutron.services.l3.l3_midonet.MidonetL3ServicePlugin)");
  }

  @Test
  void aCorePluginIsNoServicePlugin() {
    assertThatThrownBy(() -> PluginRegistry.select("midonet_l3", NONE))
        .hasMessageContaining("unknown plugin");
  }

  @Test
  void namingAPluginTwiceIsAnError() {
    assertThatThrownBy(() ->
            PluginRegistry.select(
                "midonet_v2",
                List.of(
                    "midonet_l3", "midonet.neutron.services.l3.l3_midonet.MidonetL3ServicePlugin")))
        .hasMessageContaining("midonet_l3 twice");
  }

  @Test
  void withoutCorePluginTheChoiceIsShown() {
    assertThatThrownBy(() -> PluginRegistry.select(null, NONE))
        .hasMessageContaining("core_plugin in [DEFAULT] is not set")
        .hasMessageContaining("midonet_v2");
  }
}
