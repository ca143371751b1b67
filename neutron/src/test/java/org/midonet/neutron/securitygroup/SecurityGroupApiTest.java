package org.midonet.neutron.securitygroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.neutron.server.Fixture.NOBODY;
import static org.midonet.neutron.server.Fixture.assertRefused;
import static org.midonet.neutron.server.Fixture.attributes;
import static org.midonet.neutron.server.Fixture.id;
import static org.midonet.neutron.server.Fixture.network;
import static org.midonet.neutron.server.Fixture.port;
import static org.midonet.neutron.server.Fixture.update;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.server.TestServer.Answer;
import org.midonet.neutron.server.TestServer.Client;

class SecurityGroupApiTest {
  @TempDir static Path directory;

  private static TestServer server;
  private Client member;
  private String group = "";

  @BeforeAll
  static void start() {
    server = TestServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void makeGroup() {
    member = server.member(UUID.randomUUID().toString());
    group = group(member);
  }

  @Test
  void aGroupLetsEverythingOutAndNothingIn() {
    Map<String, Object> shown = member.get("security-groups/" + group).item();

    assertThat(shown).containsEntry("stateful", true).containsEntry("shared", false);
    assertThat(rules(shown))
        .hasSize(2)
        .allSatisfy(rule ->
            assertThat(rule)
                .containsEntry("direction", "egress")
                .containsEntry("description", null)
                .containsEntry("remote_ip_prefix", null)
                .containsEntry("normalized_cidr", null));
  }

  @Test
  void aProjectHasADefaultGroupThatLetsItsMembersIn() {
    Map<String, Object> shown = defaultGroup(member);

    assertThat(shown).containsEntry("description", "Default security group");
    assertThat(rules(shown)).hasSize(4);
    assertThat(rules(shown))
        .filteredOn(rule -> "ingress".equals(rule.get("direction")))
        .hasSize(2)
        .allSatisfy(rule -> assertThat(rule).containsEntry("remote_group_id", id(shown)));
  }

  @Test
  void theDefaultGroupIsNeitherRenamedNorMadeNorRemoved() {
    String path = "security-groups/" + id(defaultGroup(member));

    assertRefused(
        member.post("security-groups", Map.of("security_group", Map.of("name", "default"))),
        409,
        "SecurityGroupDefaultAlreadyExists",
        "Default security group already exists.");
    assertRefused(
        update(member, path, "security_group", "name", "zz"),
        409,
        "SecurityGroupCannotUpdateDefault",
        "Updating default security group not allowed.");
    assertRefused(
        member.delete(path),
        409,
        "SecurityGroupCannotRemoveDefault",
        "Insufficient rights for removing default security group.");
  }

  @Test
  void aDefaultGroupThatAnAdministratorRemovedIsMadeAnew() {
    String gone = id(defaultGroup(member));

    assertThat(server.admin().delete("security-groups/" + gone).status()).isEqualTo(204);

    assertThat(id(defaultGroup(member))).isNotEqualTo(gone);
  }

  @Test
  void aRuleIsShownWholeAndCountsARevisionOfItsGroup() {
    Map<String, Object> rule = rule("protocol", "tcp", "port_range_min", 22, "port_range_max", 22);

    assertThat(rule)
        .containsEntry("ethertype", "IPv4")
        .containsEntry("protocol", "tcp")
        .containsEntry("port_range_min", 22L)
        .containsEntry("remote_group_id", null)
        .containsEntry("description", "")
        .containsEntry("tenant_id", rule.get("project_id"));
    assertThat(revision()).isEqualTo(2L);
    member.delete("security-group-rules/" + id(rule));
    assertThat(revision()).isEqualTo(3L);
  }

  @Test
  void aPrefixIsShownAsGivenAndNormalized() {
    assertThat(rule("remote_ip_prefix", "10.1.2.3/8"))
        .containsEntry("remote_ip_prefix", "10.1.2.3/8")
        .containsEntry("normalized_cidr", "10.0.0.0/8");
  }

  @Test
  void theSameRuleIsRefusedHoweverItIsWritten() {
    String present = id(rule("protocol", "tcp", "port_range_min", 1, "port_range_max", 65535));

    assertRefused(
        post("protocol", "6"),
        409,
        "SecurityGroupRuleExists",
        "Security group rule already exists. Rule id is " + present + ".");
    assertRefused(
        post("protocol", "6", "remote_ip_prefix", "0.0.0.0/0"),
        409,
        "SecurityGroupRuleExists",
        "Security group rule already exists. Rule id is " + present + ".");
  }

  @Test
  void rulesWhosePartsDoNotFitAreRefused() {
    assertRefused(
        post("protocol", "tcp", "port_range_min", 30, "port_range_max", 22),
        400,
        "SecurityGroupInvalidPortRange",
        "For TCP/UDP protocols, port_range_min must be <= port_range_max");
    assertRefused(
        post("port_range_min", 1, "port_range_max", 2),
        400,
        "SecurityGroupProtocolRequiredWithPorts",
        "Must also specify protocol if port range is given.");
    assertRefused(
        post("remote_ip_prefix", "10.0.0.0/8", "remote_group_id", group),
        400,
        "SecurityGroupMultipleRemoteEntites",
        "Only one of remote_ip_prefix or remote_group_id or remote_address_group_id may be"
            + " provided.");
    assertRefused(
        post("ethertype", "IPv6", "remote_ip_prefix", "10.0.0.0/8"),
        400,
        "SecurityGroupRuleParameterConflict",
        "Conflicting value ethertype IPv6 for CIDR 10.0.0.0/8");
    assertRefused(
        post("direction", "up"),
        400,
        "HTTPBadRequest",
        "Invalid input for direction. Reason: up is not in valid_values.");
    assertThat(post("protocol", "zork").errorType()).isEqualTo("SecurityGroupRuleInvalidProtocol");
    assertThat(post("protocol", "icmp", "port_range_min", 256).errorType())
        .isEqualTo("SecurityGroupInvalidIcmpValue");
    assertThat(post("protocol", "icmp", "port_range_max", 1).errorType())
        .isEqualTo("SecurityGroupMissingIcmpType");
  }

  @Test
  void aRuleNamesOnlyGroupsThatItsProjectSees() {
    String foreign = group(server.member("somebody else"));

    assertRefused(
        post("remote_group_id", foreign),
        404,
        "SecurityGroupNotFound",
        "Security group " + foreign + " does not exist");
    assertRefused(
        post("security_group_id", NOBODY),
        404,
        "SecurityGroupNotFound",
        "Security group " + NOBODY + " does not exist");
  }

  @Test
  void rulesCannotBeChanged() {
    String path = "security-group-rules/" + id(rule());

    assertThat(update(member, path, "security_group_rule", "description", "x").status())
        .isBetween(400, 499);
  }

  @Test
  void rulesOfOneRequestAreOfOneGroup() {
    Map<String, Object> one = Map.of("security_group_id", group, "direction", "ingress");
    Map<String, Object> other = Map.of("security_group_id", group(member), "direction", "ingress");

    assertThat(
            member
                .post("security-group-rules", Map.of("security_group_rules", List.of(one, other)))
                .errorType())
        .isEqualTo("SecurityGroupNotSingleGroupRules");
    assertThat(
            member
                .post("security-group-rules", Map.of("security_group_rules", List.of(one, one)))
                .errorType())
        .isEqualTo("DuplicateSecurityGroupRuleInPost");
  }

  @Test
  void aGroupThatAPortIsInStaysAsItIs() {
    String port = id(port(member, network(member), "security_groups", List.of(group)));
    String path = "security-groups/" + group;
    String inUse = "Security Group " + group + " in use.";

    assertRefused(member.delete(path), 409, "SecurityGroupInUse", inUse);
    assertRefused(
        update(member, path, "security_group", "stateful", false),
        409,
        "SecurityGroupInUse",
        inUse);
    update(member, "ports/" + port, "port", "security_groups", List.of());
    assertThat(member.delete(path).status()).isEqualTo(204);
  }

  @Test
  void aPortIsOnlyInGroupsThatItsProjectSees() {
    String foreign = group(server.member("somebody else"));
    Map<String, Object> port =
        attributes("network_id", network(member), "security_groups", List.of(foreign));

    assertRefused(
        member.post("ports", Map.of("port", port)),
        404,
        "SecurityGroupNotFound",
        "Security group " + foreign + " does not exist");
  }

  @Test
  void aPortIsNotInStatefulAndStatelessGroupsAtOnce() {
    Object stateless =
        member
            .create("security-groups", "security_group", Map.of("name", "s", "stateful", false))
            .get("id");
    Map<String, Object> port =
        attributes("network_id", network(member), "security_groups", List.of(group, stateless));

    assertThat(member.post("ports", Map.of("port", port)).errorType())
        .isEqualTo("SecurityGroupConflict");
  }

  @Test
  void groupsThatAreNotThereAreNamed() {
    assertRefused(
        member.get("security-groups/" + NOBODY),
        404,
        "SecurityGroupNotFound",
        "Security group " + NOBODY + " does not exist");
    assertRefused(
        member.delete("security-group-rules/" + NOBODY),
        404,
        "SecurityGroupRuleNotFound",
        "Security group rule " + NOBODY + " does not exist");
  }

  private static String group(Client client) {
    return id(client.create("security-groups", "security_group", Map.of("name", "g")));
  }

  private static Map<String, Object> defaultGroup(Client client) {
    return client.get("security-groups?name=default").items().getFirst();
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static List<Map<String, Object>> rules(Map<String, Object> group) {
    return Objects.requireNonNull((List<Map<String, Object>>) group.get("security_group_rules"));
  }

  private @Nullable Object revision() {
    return member.get("security-groups/" + group).item().get("revision_number");
  }

  private Map<String, Object> rule(@Nullable Object... values) {
    Answer answer = post(values);
    assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    return answer.item();
  }

  private Answer post(@Nullable Object... values) {
    Map<String, @Nullable Object> all =
        attributes("security_group_id", group, "direction", "ingress");
    all.putAll(attributes(values));
    return member.post("security-group-rules", Map.of("security_group_rule", all));
  }
}
