package org.midonet.neutron.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.neutron.server.TestServer;

final class QuotaTest {
  @TempDir Path directory;
  private TestServer server;
  private TestServer.Client admin;
  private TestServer.Client demo;

  @BeforeEach
  void start() {
    server = TestServer.start(directory);
    admin = server.admin();
    demo = server.member("demo");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TestServer.Answer limit(Map<String, ?> limits) {
    return admin.put("quotas/demo", Map.of("quota", limits));
  }

  private TestServer.Answer network(TestServer.Client client) {
    return client.post("networks", Map.of("network", Map.of("name", "n")));
  }

  private @Nullable Object used(String resource) {
    Map<?, ?> details =
        (Map<?, ?>)
            Objects.requireNonNull(demo.get("quotas/demo/details.json").item().get(resource));
    return details.get("used");
  }

  @Test
  void limitsAreSetShownAndTakenBack() {
    assertThat(demo.get("quotas/demo").item()).containsEntry("network", 100L);
    assertThat(limit(Map.of("network", 1, "port", "2")).item())
        .containsEntry("network", 1L)
        .containsEntry("port", 2L)
        .containsEntry("subnetpool", -1L);
    assertThat(admin.get("quotas").items()).hasSize(1);
    assertThat(admin.get("quotas").items().getFirst()).containsEntry("tenant_id", "demo");
    assertThat(demo.get("quotas/demo/default").item()).containsEntry("network", 100L);
    assertThat(admin.delete("quotas/demo").status()).isEqualTo(204);
    assertThat(admin.delete("quotas/demo").errorType()).isEqualTo("TenantQuotaNotFound");
    assertThat(admin.get("quotas").items()).isEmpty();
    assertThat(demo.get("quotas/tenant").item()).containsEntry("tenant_id", "demo");
  }

  @Test
  void onlyAdministratorsReachTheQuotasOfOthers() {
    assertThat(demo.get("quotas").errorMessage())
        .isEqualTo("rule:get_quota is disallowed by policy");
    assertThat(demo.get("quotas/other").status()).isEqualTo(403);
    assertThat(demo.get("quotas/other/details").errorType()).isEqualTo("AdminRequired");
    assertThat(demo.put("quotas/demo", Map.of("quota", Map.of("port", 9))).errorType())
        .isEqualTo("PolicyNotAuthorized");
  }

  @Test
  void badLimitsAreRefusedInNeutronsWords() {
    assertThat(limit(Map.of("network", "abc")).errorMessage())
        .isEqualTo("Invalid input for operation: 'abc' is not an integer.");
    assertThat(limit(Map.of("network", -5)).errorMessage())
        .isEqualTo("Invalid input for network. Reason: '-5' is too small - must be at least '-1'.");
    assertThat(limit(Map.of("bananas", 1)).status()).isEqualTo(400);
  }

  @Test
  void theLastPlaceIsTakenOnceAndGivenBack() {
    limit(Map.of("network", 1));
    assertThat(network(demo).status()).isEqualTo(201);
    TestServer.Answer refused = network(demo);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.errorType()).isEqualTo("OverQuota");
    assertThat(refused.errorMessage()).isEqualTo("Quota exceeded for resources: ['network'].");
    assertThat(used("network")).isEqualTo(1L);
    assertThat(network(server.member("other")).status()).isEqualTo(201);
    Object id = demo.get("networks").items().getFirst().get("id");
    assertThat(demo.delete("networks/" + id).status()).isEqualTo(204);
    assertThat(used("network")).isEqualTo(0L);
    assertThat(network(demo).status()).isEqualTo(201);
  }

  @Test
  void aBulkCreateCountsWhole() {
    limit(Map.of("network", 1));
    List<Map<String, String>> two = List.of(Map.of("name", "a"), Map.of("name", "b"));
    assertThat(demo.post("networks", Map.of("networks", two)).errorType()).isEqualTo("OverQuota");
    assertThat(used("network")).isEqualTo(0L);
  }

  @Test
  void aLimitBelowTheUseIsRefusedWhenAskedToCheck() {
    network(demo);
    assertThat(limit(Map.of("network", 0, "check_limit", true)).errorMessage())
        .isEqualTo("Quota limit 0 for network must be greater than or equal to already used 1");
    assertThat(limit(Map.of("network", 0)).status()).isEqualTo(200);
  }

  @Test
  void theRulesOfSecurityGroupsCountButTheDefaultGroupIsNeverRefused() {
    limit(Map.of("security_group", 0, "security_group_rule", 0));
    String id = (String) network(demo).item().get("id");
    assertThat(demo.post("ports", Map.of("port", Map.of("network_id", id))).status())
        .isEqualTo(201);
    assertThat(used("security_group")).isEqualTo(1L);
    assertThat(used("security_group_rule")).isEqualTo(4L);
    limit(Map.of("security_group", 2, "security_group_rule", 5));
    Map<String, ?> group = Map.of("security_group", Map.of("name", "g"));
    assertThat(demo.post("security-groups", group).errorMessage())
        .isEqualTo("Quota exceeded for resources: ['security_group_rule'].");
    limit(Map.of("security_group_rule", 6));
    assertThat(demo.post("security-groups", group).status()).isEqualTo(201);
    assertThat(used("security_group_rule")).isEqualTo(6L);
  }
}
