package org.midonet.neutron.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.server.TestServer;
import org.midonet.neutron.store.DatabaseTest;
import org.midonet.neutron.store.TestDatabase;

@DatabaseTest
final class RbacPolicyTest {
  private final TestDatabase database;
  private @Nullable TestServer server;
  private TestServer.Client admin;
  private TestServer.Client owner;
  private TestServer.Client guest;

  RbacPolicyTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void start() {
    TestServer started = TestServer.start(database.another(), Map.of());
    server = started;
    admin = started.admin();
    owner = started.member("owner");
    guest = started.member("guest");
  }

  /** There is none where the database is left out. */
  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static String make(
      TestServer.Client client, String path, String name, Map<String, ?> values) {
    return String.valueOf(client.create(path, name, values).get("id"));
  }

  private static TestServer.Answer share(
      TestServer.Client client, String type, String id, String action, String target) {
    Map<String, Object> policy = new HashMap<>();
    policy.put("object_type", type);
    policy.put("object_id", id);
    policy.put("action", action);
    policy.put("target_tenant", target);
    return client.post("rbac-policies", Map.of("rbac_policy", policy));
  }

  private TestServer.Answer share(String network, String target) {
    return share(owner, "network", network, Sharing.SHARED, target);
  }

  @Test
  void aSharedNetworkIsSeenAndUsedButNotChanged() {
    String network = make(owner, "networks", "network", Map.of("name", "n"));
    assertThat(guest.get("networks/" + network).status()).isEqualTo(404);
    TestServer.Answer shared = share(network, "guest");
    assertThat(shared.status()).isEqualTo(201);
    assertThat(shared.item())
        .containsOnlyKeys(
            "id", "project_id", "action", "object_id", "target_tenant", "object_type", "tenant_id");
    assertThat(share(network, "guest").errorType()).isEqualTo("DuplicateRbacPolicy");
    assertThat(guest.get("networks/" + network).item()).containsEntry("shared", true);
    assertThat(owner.get("networks/" + network).item()).containsEntry("shared", false);
    assertThat(guest.put("networks/" + network, Map.of("network", Map.of("name", "x"))).status())
        .isEqualTo(403);
    String policy = "rbac-policies/" + shared.item().get("id");
    assertThat(guest.get(policy).errorType()).isEqualTo("RbacPolicyNotFound");
    String port = make(guest, "ports", "port", Map.of("network_id", network));
    TestServer.Answer kept = owner.delete(policy);
    assertThat(kept.status()).isEqualTo(409);
    assertThat(kept.errorType()).isEqualTo("RbacPolicyInUse");
    Map<String, ?> other = Map.of("rbac_policy", Map.of("target_tenant", "third"));
    assertThat(owner.put(policy, other).errorType()).isEqualTo("RbacPolicyInUse");
    assertThat(guest.delete("ports/" + port).status()).isEqualTo(204);
    assertThat(owner.put(policy, other).item()).containsEntry("target_tenant", "third");
    assertThat(guest.get("networks/" + network).status()).isEqualTo(404);
    assertThat(owner.delete(policy).status()).isEqualTo(204);
  }

  @Test
  void badPoliciesAreRefusedInNeutronsWords() {
    String network = make(owner, "networks", "network", Map.of("name", "n"));
    assertThat(share(owner, "zork", network, Sharing.SHARED, "guest").errorMessage())
        .isEqualTo("Invalid input for operation: 'zork' is not a valid RBAC object type.");
    TestServer.Answer action = share(owner, "network", network, "zork", "guest");
    assertThat(action.status()).isEqualTo(400);
    assertThat(action.errorMessage())
        .isEqualTo(
            "Invalid action 'zork' for object type 'network'."
                + " Valid actions: ('access_as_shared', 'access_as_external')");
    assertThat(share(network, "*").status()).isEqualTo(403);
    assertThat(share(owner, "network", network, Sharing.SHARED, "x".repeat(400)).status())
        .isEqualTo(400);
    String foreign = make(admin, "networks", "network", Map.of("name", "f", "shared", true));
    assertThat(share(foreign, "guest").errorType()).isEqualTo("InvalidInput");
  }

  @Test
  void anEntryForRoutersMakesTheNetworkExternal() {
    String network = make(admin, "networks", "network", Map.of("name", "n"));
    TestServer.Answer first = share(admin, "network", network, Sharing.EXTERNAL, "guest");
    TestServer.Answer second = share(admin, "network", network, Sharing.EXTERNAL, "owner");
    assertThat(guest.get("networks/" + network).item()).containsEntry("router:external", true);
    admin.delete("rbac-policies/" + first.item().get("id"));
    assertThat(guest.get("networks/" + network).status()).isEqualTo(404);
    assertThat(admin.get("networks/" + network).item()).containsEntry("router:external", true);
    admin.delete("rbac-policies/" + second.item().get("id"));
    assertThat(admin.get("networks/" + network).item()).containsEntry("router:external", false);
  }

  @Test
  void theNetworksOwnFlagsShowAsPolicies() {
    String network =
        make(
            admin,
            "networks",
            "network",
            Map.of("name", "n", "shared", true, "router:external", true));
    List<Map<String, Object>> policies =
        admin.get("rbac-policies?object_id=" + network + "&target_tenant=*").items();
    assertThat(policies)
        .extracting(p -> p.get("action"))
        .containsExactlyInAnyOrder(Sharing.SHARED, Sharing.EXTERNAL);
    Map<?, ?> quota =
        (Map<?, ?>)
            Objects.requireNonNull(admin.get("quotas/admin/details").item().get("rbac_policy"));
    assertThat(quota.get("used")).isEqualTo(2L);
    make(guest, "ports", "port", Map.of("network_id", network));
    TestServer.Answer unshared =
        admin.put("networks/" + network, Map.of("network", Map.of("shared", false)));
    assertThat(unshared.errorType()).isEqualTo("InvalidSharedSetting");
  }

  @Test
  void otherObjectsAreSharedAndKeptWhileNeeded() {
    String group = make(owner, "security-groups", "security_group", Map.of("name", "g"));
    TestServer.Answer policy = share(owner, "security_group", group, Sharing.SHARED, "guest");
    assertThat(guest.get("security-groups/" + group).status()).isEqualTo(200);
    String network = make(guest, "networks", "network", Map.of("name", "n"));
    make(guest, "ports", "port", Map.of("network_id", network, "security_groups", List.of(group)));
    TestServer.Answer kept = owner.delete("rbac-policies/" + policy.item().get("id"));
    assertThat(kept.errorMessage()).contains("project_id=guest");
    String scope =
        make(owner, "address-scopes", "address_scope", Map.of("name", "s", "ip_version", 4));
    assertThat(share(owner, "address_scope", scope, Sharing.SHARED, "guest").status())
        .isEqualTo(201);
    assertThat(share(guest, "address_scope", scope, Sharing.SHARED, "third").errorMessage())
        .contains("Only admins can manipulate policies on objects they do not own");
  }
}
