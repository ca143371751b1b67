package org.midonet.plugin.client.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.midonet.plugin.client.FakeMidonet;
import org.midonet.plugin.client.FakeMidonet.Release;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetException;
import org.midonet.plugin.client.MidonetPayload;
import org.midonet.plugin.client.MidonetResource;
import tools.jackson.databind.JsonNode;

/** What is told to each release of MidoNet, and what is refused because it has no such thing. */
class DialectTest {

  private static final String ID = "00000001-0000-4000-8000-000000000000";
  private static final Map<String, Object> POOL = Map.of("start", "10.0.0.2", "end", "10.0.0.9");

  /** What the release is sent for a resource of these attributes. */
  private static JsonNode sent(
      Release release, MidonetResource resource, Map<String, Object> attributes) {
    try (FakeMidonet midonet = new FakeMidonet(release);
        MidonetApiClient client = new MidonetApiClient(midonet.settings())) {
      client.postcommit(new MidonetCall.Create(resource, body(resource, attributes)));
      return midonet.calls().getFirst().json();
    }
  }

  private static Map<String, @Nullable Object> body(
      MidonetResource resource, Map<String, Object> attributes) {
    Map<String, Object> all = new HashMap<>(attributes);
    all.put("id", ID);
    return MidonetPayload.of(resource, all);
  }

  @ParameterizedTest
  @EnumSource
  void everyReleaseIsFoundByItsLinks(Release release) {
    try (FakeMidonet midonet = new FakeMidonet(release);
        MidonetApiClient client = new MidonetApiClient(midonet.settings())) {
      client.postcommit(new MidonetCall.Delete(MidonetResource.NETWORK, ID));

      assertThat(midonet.lines()).containsExactly("DELETE neutron/networks/" + ID);
    }
  }

  @ParameterizedTest
  @CsvSource({"V2015_03, first_ip, last_ip", "V2015_06, start, end", "V5_0, start, end"})
  void poolsAreNamedAsTheReleaseNamesThem(Release release, String first, String last) {
    JsonNode pool =
        sent(release, MidonetResource.SUBNET, Map.of("allocation_pools", List.of(POOL)))
            .get("allocation_pools")
            .get(0);

    assertThat(pool.propertyNames()).containsExactlyInAnyOrder(first, last);
    assertThat(pool.get(first).asString()).isEqualTo("10.0.0.2");
    assertThat(pool.get(last).asString()).isEqualTo("10.0.0.9");
  }

  @ParameterizedTest
  @EnumSource
  void portSecurityIsAlwaysSaidSince2015ReadsItsAbsenceAsOff(Release release) {
    assertThat(
            sent(release, MidonetResource.PORT, Map.of()).get("port_security_enabled").asBoolean())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void interfacesNameOneSubnetForOldReleasesAndAllForNewOnes(Release release) {
    try (FakeMidonet midonet = new FakeMidonet(release);
        MidonetApiClient client = new MidonetApiClient(midonet.settings())) {
      client.postcommit(
          new MidonetCall.AddRouterInterface(
              MidonetPayload.routerInterface(ID, "t", "p", List.of("s1", "s2"))));

      JsonNode body = midonet.calls().getFirst().json();
      assertThat(body.get("subnet_id").asString()).isEqualTo("s2");
      assertThat(body.get("subnet_ids").toString()).isEqualTo("[\"s1\",\"s2\"]");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "V2015_03")
  void whatThe2015PortsLackIsRefused(Release release) {
    refuses(release, MidonetResource.PORT, Map.of("port_security_enabled", false), "port security");
    refuses(
        release,
        MidonetResource.PORT,
        Map.of("allowed_address_pairs", List.of(Map.of("ip_address", "10.0.0.1"))),
        "address pairs");
    refuses(
        release,
        MidonetResource.PORT,
        Map.of("binding:profile", Map.of("interface_name", "eth1")),
        "bindings");
    refuses(release, MidonetResource.NETWORK, Map.of("provider:network_type", "uplink"), "uplink");
    assertThat(
            sent(
                release,
                MidonetResource.PORT,
                Map.of("port_security_enabled", false, "device_owner", "network:dhcp")))
        .isNotNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"V2015_03", "V2015_06"})
  void extraRoutesAreRefusedBefore5(Release release) {
    List<Object> routes = List.of(Map.of("destination", "10.9.0.0/16", "nexthop", "10.0.0.9"));

    refuses(release, MidonetResource.ROUTER, Map.of("routes", routes), "extra routes");
    assertThat(sent(Release.V5_0, MidonetResource.ROUTER, Map.of("routes", routes)).get("routes"))
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "V5_6")
  void aRuleOfAnUnknownProtocolNeverBecomesOneOfAll(Release release) {
    refuses(release, MidonetResource.SECURITY_GROUP_RULE, Map.of("protocol", "sctp"), "sctp");
    refuses(release, MidonetResource.SECURITY_GROUP_RULE, Map.of("protocol", "50"), "50");
    assertThat(
            sent(release, MidonetResource.SECURITY_GROUP_RULE, Map.of("protocol", "ipv6-icmp"))
                .get("protocol")
                .asString())
        .isEqualTo("icmpv6");
  }

  @ParameterizedTest
  @EnumSource(names = {"V5_2", "V5_4"})
  void neitherDoesOneOfSeveral(Release release) {
    try (FakeMidonet midonet = new FakeMidonet(release);
        MidonetApiClient client = new MidonetApiClient(midonet.settings())) {
      List<Map<String, @Nullable Object>> rules =
          List.of(
              body(MidonetResource.SECURITY_GROUP_RULE, Map.of("protocol", "tcp")),
              body(MidonetResource.SECURITY_GROUP_RULE, Map.of("protocol", "vrrp")));

      assertThatThrownBy(() ->
              client.postcommit(
                  new MidonetCall.CreateAll(MidonetResource.SECURITY_GROUP_RULE, rules)))
          .isInstanceOf(MidonetException.class)
          .hasMessageContaining("vrrp");
    }
  }

  @ParameterizedTest
  @CsvSource({"sctp, sctp", "ipv6-encap, ipv6_encap", "132, 132"})
  void theNewestKnowsManyProtocols(String neutron, String midonet) {
    assertThat(
            sent(Release.V5_6, MidonetResource.SECURITY_GROUP_RULE, Map.of("protocol", neutron))
                .get("protocol")
                .asString())
        .isEqualTo(midonet);
  }

  private static void refuses(
      Release release, MidonetResource resource, Map<String, Object> attributes, String what) {
    try (FakeMidonet midonet = new FakeMidonet(release)) {
      assertThatThrownBy(
              () -> {
                try (MidonetApiClient client = new MidonetApiClient(midonet.settings())) {
                  client.postcommit(new MidonetCall.Create(resource, body(resource, attributes)));
                }
              })
          .isInstanceOf(MidonetException.class)
          .hasMessageContainingAll("MidoNet at " + midonet.uri(), "which has no", what)
          .extracting(e -> ((MidonetException) e).status())
          .isEqualTo(501);
    }
  }
}
