package org.midonet.neutron.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.neutron.server.Fixture.NOBODY;
import static org.midonet.neutron.server.Fixture.assertRefused;
import static org.midonet.neutron.server.Fixture.attributes;
import static org.midonet.neutron.server.Fixture.id;
import static org.midonet.neutron.server.Fixture.update;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.server.TestServer.Client;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;

@DatabaseTest
final class MeteringApiTest {
  private static final String LABELS = "metering/metering-labels";
  private static final String RULES = "metering/metering-label-rules";

  private final Client admin;
  private final Client demo;
  private String label = "";

  MeteringApiTest(TestDatabase database) {
    TestServer server = TestServer.on(database);
    admin = server.admin();
    demo = server.reader("demo");
  }

  @BeforeEach
  void makeLabel() {
    label = id(label("name", "m"));
  }

  @Test
  void aLabelHasItsDefaultsAndIsFound() {
    Map<String, Object> made = label();
    assertThat(made)
        .containsOnlyKeys("id", "name", "description", "shared", "project_id", "tenant_id")
        .containsEntry("name", "")
        .containsEntry("shared", false)
        .containsEntry("tenant_id", "admin");
    assertThat(admin.get(LABELS + "/" + id(made)).item()).isEqualTo(made);
    assertThat(admin.get(LABELS + "?id=" + id(made)).items()).containsExactly(made);
    assertThat(admin.get(LABELS + "?id=33").items()).isEmpty();
    assertRefused(
        admin.get(LABELS + "/" + NOBODY),
        404,
        "MeteringLabelNotFound",
        "Metering label '" + NOBODY + "' does not exist.");
  }

  @Test
  void aLabelDoesNotChange() {
    assertRefused(
        update(admin, LABELS + "/" + label, "metering_label", "name", "other"),
        400,
        "HTTPBadRequest",
        "Cannot update read-only attribute name");
    assertThat(update(admin, LABELS + "/" + label, "metering_label").status()).isEqualTo(405);
  }

  @Test
  void namesAndDescriptionsHaveTheirLengths() {
    assertThat(label("name", "x".repeat(255), "description", "x".repeat(1024))).isNotEmpty();
    assertThat(post("name", "x".repeat(256)).status()).isEqualTo(400);
    assertThat(post("description", "x".repeat(1025)).status()).isEqualTo(400);
  }

  @Test
  void aProjectSeesItsOwnLabelsAndOnlyTheAdministratorMakesThem() {
    Map<String, Object> own = label("project_id", "demo", "shared", false);
    String shared = id(label("shared", true));

    assertThat(demo.get(LABELS + "/" + id(own)).item()).isEqualTo(own);
    assertThat(demo.get(LABELS).items()).contains(own).allMatch(l -> l.containsValue("demo"));
    assertRefused(
        demo.get(LABELS + "/" + shared), 404, "HTTPNotFound", "The resource could not be found.");
    assertThat(admin.get(LABELS + "?shared=true").items()).anyMatch(l -> l.containsValue(shared));
    assertRefused(
        demo.post(LABELS, Map.of("metering_label", Map.of())),
        403,
        "PolicyNotAuthorized",
        "rule:create_metering_label is disallowed by policy");
    assertThat(demo.delete(LABELS + "/" + id(own)).status()).isEqualTo(403);
  }

  @Test
  void aRuleShowsAllPrefixesAndNoProject() {
    Map<String, Object> rule = rule("remote_ip_prefix", "10.3.0.5/24", "tenant_id", "other");
    assertThat(rule)
        .isEqualTo(
            attributes(
                "id",
                id(rule),
                "metering_label_id",
                label,
                "direction",
                "ingress",
                "remote_ip_prefix",
                "10.3.0.5/24",
                "source_ip_prefix",
                null,
                "destination_ip_prefix",
                null,
                "excluded",
                false));
    assertThat(
            admin.get(RULES + "?remote_ip_prefix=10.3.0.5/24&metering_label_id=" + label).items())
        .containsExactly(rule);
    assertThat(demo.get(RULES).items()).isEmpty();
    assertThat(demo.get(RULES + "/" + id(rule)).status()).isEqualTo(404);
    assertThat(admin.get(RULES + "?tenant_id=other").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "10.4.0.1, 10.4.0.1/32",
    "10.5.0.0/255.255.0.0, 10.5.0.0/16",
    "10.30.1.0/0.0.0.255, 10.30.1.0/24",
    "FD00::0/64, fd00::/64"
  })
  void prefixesAreKeptInOneForm(String given, String kept) {
    assertThat(rule("source_ip_prefix", given)).containsEntry("source_ip_prefix", kept);
  }

  @ParameterizedTest
  @CsvSource({"10.6.0.300", "10.6.0.0/33", "10/8", "x", "10.9.0.0/x"})
  void whatIsNoPrefixIsRefused(String prefix) {
    assertRefused(
        postRule("destination_ip_prefix", prefix),
        400,
        "Invalid",
        "destination_ip_prefix: %s is invalid ['%s' does not appear to be an IPv4 or IPv6 interface]."
            .formatted(prefix, prefix));
  }

  @Test
  void aRuleHasRemoteAddressesOrTwoEnds() {
    assertRefused(
        postRule("remote_ip_prefix", "10.0.0.0/8", "source_ip_prefix", "10.0.0.0/8"),
        400,
        "Invalid",
        "Cannot use 'remote-ip-prefix' in conjunction with 'source-ip-prefix' or"
            + " 'destination-ip-prefix'.");
    assertRefused(
        postRule("remote_ip_prefix", ""),
        400,
        "Invalid",
        "You must define at least one of the following parameters 'remote_ip_prefix', or"
            + " 'source_ip_prefix' or 'destination_ip_prefix'.");
    assertThat(postRule("remote_ip_prefix", 5).status()).isEqualTo(400);
    assertThat(rule("source_ip_prefix", "10.9.0.0/24", "destination_ip_prefix", "fd00::/64"))
        .containsEntry("remote_ip_prefix", null);
  }

  @Test
  void remotePrefixesThatCountAlikeMustNotOverlap() {
    rule("remote_ip_prefix", "10.0.0.0/24");
    assertRefused(
        postRule("remote_ip_prefix", "10.0.0.5/28"),
        409,
        "MeteringLabelRuleOverlaps",
        "Metering label rule with remote_ip_prefix '10.0.0.5/28' overlaps another.");
    rule("remote_ip_prefix", "10.0.0.0/16", "excluded", true);
    rule("remote_ip_prefix", "10.0.0.0/16", "direction", "egress");
    rule("source_ip_prefix", "10.0.0.0/24");
    rule("source_ip_prefix", "10.0.0.0/24");
  }

  @Test
  void manyRulesAreMadeAllOrNone() {
    Map<String, ?> same =
        Map.of("metering_label_id", label, "direction", "egress", "remote_ip_prefix", "10.0.0.0/8");
    assertThat(admin.post(RULES, Map.of("metering_label_rules", List.of(same, same))).errorType())
        .isEqualTo("MeteringLabelRuleOverlaps");
    assertThat(admin.get(RULES + "?metering_label_id=" + label).items()).isEmpty();
  }

  @Test
  void aRuleNeedsALabelAndADirection() {
    assertRefused(
        postRule("metering_label_id", NOBODY, "remote_ip_prefix", "10.0.0.0/8"),
        404,
        "MeteringLabelNotFound",
        "Metering label '" + NOBODY + "' does not exist.");
    assertRefused(
        postRule("direction", "any", "remote_ip_prefix", "10.0.0.0/8"),
        400,
        "HTTPBadRequest",
        "Invalid input for direction. Reason: any is not in valid_values.");
    assertRefused(
        admin.post(RULES, Map.of("metering_label_rule", Map.of())),
        400,
        "HTTPBadRequest",
        "Failed to parse request. Required attribute 'metering_label_id' not specified");
  }

  @Test
  void aRuleGoesAloneOrWithItsLabel() {
    String first = id(rule("remote_ip_prefix", "10.1.0.0/16"));
    String second = id(rule("remote_ip_prefix", "10.2.0.0/16"));

    assertThat(admin.delete(RULES + "/" + first).status()).isEqualTo(204);
    assertThat(admin.delete(LABELS + "/" + label).status()).isEqualTo(204);

    assertRefused(
        admin.get(RULES + "/" + second),
        404,
        "MeteringLabelRuleNotFound",
        "Metering label rule '" + second + "' does not exist.");
  }

  private Map<String, Object> label(@Nullable Object... values) {
    return admin.create(LABELS, "metering_label", attributes(values));
  }

  private Answer post(@Nullable Object... values) {
    return admin.post(LABELS, Map.of("metering_label", attributes(values)));
  }

  private Map<String, Object> rule(@Nullable Object... values) {
    Answer answer = postRule(values);
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.item();
  }

  private Answer postRule(@Nullable Object... values) {
    Map<String, @Nullable Object> all =
        attributes("metering_label_id", label, "direction", "ingress");
    all.putAll(attributes(values));
    return admin.post(RULES, Map.of("metering_label_rule", all));
  }
}
