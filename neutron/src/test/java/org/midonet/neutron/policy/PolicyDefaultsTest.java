package org.midonet.neutron.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;

class PolicyDefaultsTest {

  private int lookups;

  private final PolicyEngine engine =
      new PolicyEngine(PolicySettings.defaults(List.of()), this::parent);

  /**
   * Networks "mine" of p1, "theirs" of p2, "shared" of p2 shared with all; security group "sg" of
   * p1.
   */
  private @Nullable PolicyTarget parent(String resource, String id, @Nullable String project) {
    lookups++;
    return switch (id) {
      case "mine", "sg" -> PolicyTarget.of(Map.of("tenant_id", "p1", "shared", false));
      case "theirs" -> PolicyTarget.of(Map.of("tenant_id", "p2", "shared", false));
      case "shared" -> PolicyTarget.of(Map.of("tenant_id", "p2", "shared", true));
      default -> null;
    };
  }

  private PolicySession as(String role) {
    return engine.session(context(role));
  }

  private RequestContext context(String role) {
    return engine.withPrivileges(
        RequestContext.builder("req-1").user("u", "u").project("p1", "p1").role(role).build());
  }

  private static PolicyTarget target(String text) {
    Map<String, Object> values = new HashMap<>();
    for (String pair : text.split(" ", -1)) {
      String[] parts = pair.split("=", 2);
      values.put(
          parts[0],
          parts[1].equals("true") || parts[1].equals("false")
              ? Boolean.valueOf(parts[1])
              : parts[1]);
    }
    return PolicyTarget.of(values);
  }

  // Without enforce_new_defaults an earlier rule that asked only for ownership goes on allowing
  // readers to write.
  @ParameterizedTest
  @CsvSource({
    "create_network, project_id=p1, true, true, true, true",
    "create_network:shared, project_id=p1, true, false, false, false",
    "create_network:mtu, project_id=p1, true, true, true, true",
    "create_network:mtu, project_id=p2, true, false, false, false",
    "get_network, project_id=p1 shared=false router:external=false, true, true, true, true",
    "get_network, project_id=p2 shared=false router:external=false, true, false, false, true",
    "get_network, project_id=p2 shared=true router:external=false, true, true, true, true",
    "get_network, project_id=p2 shared=false router:external=true, true, true, true, true",
    "get_network:provider:network_type, project_id=p1, true, false, false, false",
    "update_network, project_id=p1, true, true, true, true",
    "update_network, project_id=p2 shared=true, true, false, false, false",
    "delete_network, project_id=p2 shared=true, true, false, false, false",
    "create_subnet, project_id=p1 network_id=mine, true, true, true, true",
    "create_subnet, project_id=p1 network_id=theirs, true, true, false, false",
    "get_subnet, project_id=p2 network_id=shared, true, true, true, true",
    "get_subnet, project_id=p2 network_id=theirs, true, false, false, false",
    "create_port, project_id=p1 network_id=theirs, true, true, true, true",
    "create_port:fixed_ips:ip_address, project_id=p1 network_id=mine, true, true, true, true",
    "create_port:fixed_ips:ip_address, project_id=p1 network_id=shared, true, false, false, true",
    "create_port:fixed_ips:subnet_id, project_id=p1 network_id=shared, true, true, true, true",
    "create_port:binding:host_id, project_id=p1 network_id=mine, true, false, false, false",
    "create_port:device_owner, project_id=p1 network_id=theirs device_owner=network:dhcp, true, false, false, true",
    "create_port:device_owner, project_id=p1 network_id=theirs device_owner=compute:nova, true, true, true, true",
    "get_port, project_id=p1 network_id=theirs, true, true, true, true",
    "get_port, project_id=p2 network_id=theirs, true, false, false, true",
    "get_port, project_id=p2 network_id=mine, true, true, true, true",
    "update_port, project_id=p2 network_id=mine, true, false, false, true",
    "delete_port, project_id=p2 network_id=mine, true, true, true, true",
    "create_router, project_id=p1, true, true, true, true",
    "create_router:ha, project_id=p1, true, false, false, false",
    "create_router:external_gateway_info:enable_snat, project_id=p1, true, false, false, false",
    "create_router:external_gateway_info:network_id, project_id=p1, true, true, true, true",
    "add_router_interface, project_id=p2, true, false, false, false",
    "create_floatingip:floating_ip_address, project_id=p1, true, false, false, false",
    "get_security_group, project_id=p2, true, true, true, true",
    "get_security_group_rule, project_id=p2 security_group_id=sg, true, true, true, true",
    "create_rbac_policy:target_tenant, project_id=p1 target_tenant=p2, true, true, true, true",
    "create_rbac_policy:target_tenant, project_id=p1 target_tenant=*, true, false, false, false",
    "create_subnetpool:shared, project_id=p1, true, false, false, false",
    "get_subnetpool, project_id=p2 shared=true, true, true, true, true",
    "get_agent, project_id=p1, true, false, false, false",
    "get_quota, project_id=p1, true, false, false, false",
  })
  void rolesMayWhatZedLetsThem(
      String action, String target, String admin, String member, String reader, String advsvc) {
    assertThat(as("admin").allows(action, target(target)))
        .as("admin")
        .isEqualTo(admin.equals("true"));
    assertThat(as("member").allows(action, target(target)))
        .as("member")
        .isEqualTo(member.equals("true"));
    assertThat(as("reader").allows(action, target(target)))
        .as("reader")
        .isEqualTo(reader.equals("true"));
    assertThat(as("advsvc").allows(action, target(target)))
        .as("advsvc")
        .isEqualTo(advsvc.equals("true"));
  }

  @Test
  void readersMayNotWriteOnceNewDefaultsAreEnforced() {
    PolicySettings strict =
        new PolicySettings(
            List.of(), List.of(), List.of(), "default", true, false, Duration.ofSeconds(1));
    PolicyEngine engine = new PolicyEngine(strict, this::parent);
    PolicyTarget own = target("project_id=p1");
    assertThat(engine.session(context("reader")).allows("update_network", own)).isFalse();
    assertThat(engine.session(context("member")).allows("update_network", own)).isTrue();
    assertThat(engine.session(context("admin")).allows("update_network", target("project_id=p2")))
        .isTrue();
  }

  @Test
  void systemScopeIsRefusedWhenScopesAreEnforced() {
    PolicySettings scoped =
        new PolicySettings(
            List.of(), List.of(), List.of(), "default", true, true, Duration.ofSeconds(1));
    RequestContext system =
        context("admin").toBuilder().project(null, null).systemScope("all").build();
    assertThatThrownBy(() ->
            new PolicyEngine(scoped, this::parent)
                .session(system)
                .enforce("get_quota", PolicyTarget.NONE))
        .hasMessage(
            "rule:get_quota requires a scope of ['project'], request was made with system scope.");
  }

  @Test
  void privilegesComeFromRoles() {
    assertThat(context("Admin").isAdmin()).isTrue();
    assertThat(context("advsvc").isAdvsvc()).isTrue();
    assertThat(context("member").isAdmin() || context("member").isAdvsvc()).isFalse();
  }

  @Test
  void parentsAreLookedUpOnceForAList() {
    PolicySession session = as("reader");
    for (int i = 0; i < 1000; i++) {
      session.allows("get_port", target("project_id=p2 network_id=mine id=" + i));
    }
    assertThat(lookups).isEqualTo(1);
  }

  @Test
  void notFoundOfAParentPassesThrough() {
    PolicyEngine engine =
        new PolicyEngine(
            PolicySettings.defaults(List.of()),
            (resource, id, project) -> {
              throw new NeutronException(404, "NetworkNotFound", "Network x could not be found.");
            });
    assertThatThrownBy(() ->
            engine
                .session(context("member"))
                .allows("get_port", target("project_id=p2 network_id=x")))
        .hasMessageContaining("could not be found");
  }

  @Test
  void providerAttributesAreHiddenFromMembersForAllNetworksAtOnce() {
    Visibility member = as("member").visibility("get_network");
    assertThat(member.hidden())
        .contains(
            "provider:network_type",
            "provider:physical_network",
            "provider:segmentation_id",
            "segments")
        .doesNotContain("router:external");
    assertThat(member.dependsOnTarget()).isFalse();
    assertThat(as("admin").visibility("get_network").hidden()).isEmpty();
  }
}
