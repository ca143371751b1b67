package org.midonet.neutron.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.neutron.server.Fixture.NOBODY;
import static org.midonet.neutron.server.Fixture.assertRefused;
import static org.midonet.neutron.server.Fixture.attributes;
import static org.midonet.neutron.server.Fixture.id;
import static org.midonet.neutron.server.Fixture.update;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.server.TestServer.Client;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;

/** The API of firewalls without a backend; see the plugin for what a backend is told. */
@DatabaseTest
final class FirewallApiTest {
  private static final String RULES = "fw/firewall_rules";
  private static final String POLICIES = "fw/firewall_policies";
  private static final String FIREWALLS = "fw/firewalls";

  private final Client admin;
  private final Client demo;

  FirewallApiTest(TestDatabase database) {
    TestServer server = TestServer.on(database);
    admin = server.admin();
    demo = server.member("demo");
  }

  @Test
  void aRuleHasItsDefaults() {
    Map<String, Object> rule = item(post(admin, RULES, "firewall_rule"));
    assertThat(rule)
        .isEqualTo(
            attributes(
                "id",
                id(rule),
                "tenant_id",
                "admin",
                "project_id",
                "admin",
                "name",
                "",
                "description",
                "",
                "firewall_policy_id",
                null,
                "shared",
                false,
                "protocol",
                null,
                "ip_version",
                4L,
                "source_ip_address",
                null,
                "destination_ip_address",
                null,
                "source_port",
                null,
                "destination_port",
                null,
                "position",
                null,
                "action",
                "deny",
                "enabled",
                true));
    assertThat(admin.get(RULES + "/" + id(rule)).item()).isEqualTo(rule);
    assertThat(admin.get("fw/firewall-rules/" + id(rule)).status()).isEqualTo(200);
    assertRefused(
        admin.get(RULES + "/" + NOBODY),
        404,
        "FirewallRuleNotFound",
        "Firewall Rule " + NOBODY + " could not be found.");
  }

  @ParameterizedTest
  @CsvSource({"TCP, tcp", "Icmp, icmp", "6, 6", "255, 255"})
  void protocolsGoByNameAndNumber(String given, String kept) {
    assertThat(item(post(admin, RULES, "firewall_rule", "protocol", given)))
        .containsEntry("protocol", kept);
  }

  @ParameterizedTest
  @CsvSource({"80, 80", "80:90, 80:90", "80:80, 80", "1:65535, 1:65535"})
  void portsAreOneOrARange(String given, String kept) {
    assertThat(item(post(admin, RULES, "firewall_rule", "protocol", "udp", "source_port", given)))
        .containsEntry("source_port", kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "protocol=esp | FirewallRuleInvalidProtocol",
        "protocol=256 | FirewallRuleInvalidProtocol",
        "action=drop | HTTPBadRequest",
        "ip_version=5 | HTTPBadRequest",
        "source_ip_address=10.0.0.300 | HTTPBadRequest",
        "destination_ip_address=fd00::/64 | FirewallIpAddressConflict",
        "source_ip_address=10.0.0.0/8,ip_version=6 | FirewallIpAddressConflict",
        "source_port=80 | FirewallRuleWithPortWithoutProtocolInvalid",
        "destination_port=80,protocol=icmp | FirewallRuleInvalidICMPParameter",
        "destination_port=80,protocol=47 | FirewallRuleInvalidICMPParameter",
        "destination_port=0,protocol=tcp | HTTPBadRequest",
        "destination_port=65536,protocol=tcp | HTTPBadRequest",
        "destination_port=1:2:3,protocol=tcp | HTTPBadRequest",
        "destination_port=x,protocol=tcp | HTTPBadRequest",
        "destination_port=90:80,protocol=tcp | FirewallRuleInvalidPortValue",
        "position=1 | HTTPBadRequest",
        "enabled=perhaps | InvalidInput",
      })
  void whatDoesNotGoTogetherIsRefused(String values, String type) {
    Object[] pairs = values.split("[=,]", -1);
    Answer refused = post(admin, RULES, "firewall_rule", pairs);
    assertThat(refused.status()).as("%s", refused).isEqualTo(400);
    assertThat(refused.errorType()).as("%s", refused).isEqualTo(type);
  }

  @Test
  void anUpdateIsCheckedWithWhatThereIs() {
    String rule =
        id(item(post(admin, RULES, "firewall_rule", "protocol", "tcp", "source_port", 22)));
    assertThat(put(RULES, "firewall_rule", rule, "protocol", "icmp").errorType())
        .isEqualTo("FirewallRuleInvalidICMPParameter");
    assertThat(put(RULES, "firewall_rule", rule, "protocol", null).errorType())
        .isEqualTo("FirewallRuleWithPortWithoutProtocolInvalid");
    assertThat(put(RULES, "firewall_rule", rule, "source_port", null, "protocol", null).status())
        .isEqualTo(200);
  }

  @Test
  void aPolicyPutsItsRulesInOrder() {
    String one = rule(admin);
    String two = rule(admin);
    String three = rule(admin);
    String policy = id(policy(admin, "firewall_rules", List.of(one, two), "audited", true));
    assertThat(get(POLICIES, policy))
        .containsEntry("firewall_rules", List.of(one, two))
        .containsEntry("audited", true);

    assertThat(edit(policy, "insert_rule", "firewall_rule_id", three).body())
        .containsEntry("firewall_rules", List.of(three, one, two));
    assertThat(get(POLICIES, policy)).containsEntry("audited", false);
    assertThat(get(RULES, two)).containsEntry("position", 3L);
    assertThat(edit(policy, "insert_rule", "firewall_rule_id", three).errorType())
        .isEqualTo("FirewallRuleInUse");
    edit(policy, "remove_rule", "firewall_rule_id", one);
    assertThat(get(RULES, one)).containsEntry("position", null);
    assertThat(get(RULES, two)).containsEntry("position", 2L);
    edit(policy, "insert_rule", "firewall_rule_id", one, "insert_before", two);
    assertThat(get(POLICIES, policy)).containsEntry("firewall_rules", List.of(three, one, two));

    update(admin, POLICIES + "/" + policy, "firewall_policy", "firewall_rules", List.of(two));
    assertThat(get(POLICIES, policy)).containsEntry("firewall_rules", List.of(two));
    assertThat(get(RULES, three)).containsEntry("firewall_policy_id", null);
  }

  @Test
  void insertAndRemoveSayWhatIsWrong() {
    String policy = id(policy(admin));
    String stranger = rule(admin);
    assertRefused(
        edit(policy, "insert_rule"),
        400,
        "FirewallRuleInfoMissing",
        "Missing rule info argument for insert/remove rule operation.");
    assertRefused(
        edit(policy, "insert_rule", "firewall_rule_id", null),
        404,
        "FirewallRuleNotFound",
        "Firewall Rule None could not be found.");
    assertThat(edit(policy, "remove_rule", "firewall_rule_id", stranger).errorType())
        .isEqualTo("FirewallRuleNotAssociatedWithPolicy");
    assertThat(
            edit(policy, "insert_rule", "firewall_rule_id", rule(admin), "insert_after", stranger)
                .errorType())
        .isEqualTo("FirewallRuleNotAssociatedWithPolicy");
  }

  @Test
  void whatIsInUseStays() {
    String rule = rule(admin);
    String policy = id(policy(admin, "firewall_rules", List.of(rule)));
    assertThat(
            post(admin, POLICIES, "firewall_policy", "firewall_rules", List.of(rule)).errorType())
        .isEqualTo("FirewallRuleInUse");
    assertRefused(
        admin.delete(RULES + "/" + rule),
        409,
        "FirewallRuleInUse",
        "Firewall Rule " + rule + " is being used.");
    Map<String, Object> firewall =
        item(
            post(
                admin,
                FIREWALLS,
                "firewall",
                "firewall_policy_id",
                policy,
                "router_ids",
                List.of()));
    assertThat(firewall).containsEntry("status", "INACTIVE").doesNotContainKey("shared");
    assertRefused(
        admin.delete(POLICIES + "/" + policy),
        409,
        "FirewallPolicyInUse",
        "Firewall Policy " + policy + " is being used.");
    assertThat(admin.delete(FIREWALLS + "/" + id(firewall)).status()).isEqualTo(204);
    assertThat(admin.delete(POLICIES + "/" + policy).status()).isEqualTo(204);
    assertThat(admin.delete(RULES + "/" + rule).status()).isEqualTo(204);
  }

  @Test
  void sharingIsForPoliciesWhoseRulesAreShared() {
    String hidden = rule(admin);
    assertThat(
            post(
                    admin,
                    POLICIES,
                    "firewall_policy",
                    "shared",
                    true,
                    "firewall_rules",
                    List.of(hidden))
                .errorType())
        .isEqualTo("FirewallRuleSharingConflict");
    String policy = id(policy(admin, "firewall_rules", List.of(hidden)));
    assertThat(put(POLICIES, "firewall_policy", policy, "shared", true).errorType())
        .isEqualTo("FirewallPolicySharingConflict");
    put(RULES, "firewall_rule", hidden, "shared", true);
    assertThat(put(POLICIES, "firewall_policy", policy, "shared", true).status()).isEqualTo(200);

    assertThat(demo.get(POLICIES + "/" + policy).status()).isEqualTo(200);
    Answer used =
        post(demo, FIREWALLS, "firewall", "firewall_policy_id", policy, "router_ids", List.of());
    assertThat(used.status()).as("%s", used).isEqualTo(201);
    assertThat(put(POLICIES, "firewall_policy", policy, "shared", false).errorType())
        .isEqualTo("FirewallPolicyInUse");
    demo.delete(FIREWALLS + "/" + id(used.item()));
  }

  @Test
  void othersSeeAndUseOnlyWhatIsShared() {
    String policy = id(policy(admin));
    assertThat(demo.get(POLICIES + "/" + policy).status()).isEqualTo(404);
    assertRefused(
        post(demo, FIREWALLS, "firewall", "firewall_policy_id", policy),
        404,
        "FirewallPolicyNotFound",
        "Firewall Policy " + policy + " could not be found.");
    Answer refused =
        post(admin, FIREWALLS, "firewall", "tenant_id", "demo", "firewall_policy_id", policy);
    assertThat(refused.errorType()).isEqualTo("FirewallPolicyConflict");
    String theirs = rule(demo);
    assertThat(
            post(admin, POLICIES, "firewall_policy", "firewall_rules", List.of(theirs)).errorType())
        .isEqualTo("FirewallRuleConflict");
    assertThat(
            post(demo, FIREWALLS, "firewall", "firewall_policy_id", policy, "shared", true)
                .status())
        .isEqualTo(403);
  }

  @Test
  void aFirewallNeedsAPolicyAndRoutersThatExist() {
    assertRefused(
        post(admin, FIREWALLS, "firewall"),
        400,
        "HTTPBadRequest",
        "Failed to parse request. Required attribute 'firewall_policy_id' not specified");
    assertRefused(
        post(admin, FIREWALLS, "firewall", "firewall_policy_id", null),
        404,
        "FirewallPolicyNotFound",
        "Firewall Policy None could not be found.");
    assertThat(
            post(
                    admin,
                    FIREWALLS,
                    "firewall",
                    "firewall_policy_id",
                    id(policy(admin)),
                    "router_ids",
                    List.of(NOBODY))
                .errorType())
        .isEqualTo("RouterNotFound");
  }

  private static String rule(Client client) {
    return id(item(post(client, RULES, "firewall_rule")));
  }

  private static Map<String, Object> policy(Client client, @Nullable Object... values) {
    return item(post(client, POLICIES, "firewall_policy", values));
  }

  private static Answer post(Client client, String path, String name, @Nullable Object... values) {
    return client.post(path, Map.of(name, attributes(values)));
  }

  private Answer put(String path, String name, String id, @Nullable Object... values) {
    return update(admin, path + "/" + id, name, values);
  }

  private Map<String, Object> get(String path, String id) {
    return admin.get(path + "/" + id).item();
  }

  private Answer edit(String policy, String action, @Nullable Object... values) {
    return admin.put(POLICIES + "/" + policy + "/" + action, attributes(values));
  }

  private static Map<String, Object> item(Answer answer) {
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.item();
  }
}
