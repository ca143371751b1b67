package org.midonet.neutron.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.neutron.auth.RequestContext;

/**
 * Compares with what Neutron Zed decides; zed-decisions.txt is written by record-zed-decisions.py
 * beside it.
 */
class PolicyDecisionsTest {

  private static final List<String> ROLES =
      List.of("", "reader", "member", "advsvc", "data_plane_integrator", "admin");

  @Test
  void everyRuleDecidesAsInZed() throws IOException {
    assertThat(differences(1, false)).isEmpty();
  }

  @Test
  void everyRuleDecidesAsInZedWithNewDefaultsEnforced() throws IOException {
    assertThat(differences(2, true)).isEmpty();
  }

  private static List<String> differences(int column, boolean newDefaults) throws IOException {
    PolicyEngine engine =
        new PolicyEngine(
            new PolicySettings(
                List.of(),
                List.of(),
                List.of(),
                "default",
                newDefaults,
                false,
                Duration.ofSeconds(1)),
            PolicyDecisionsTest::parent);
    List<PolicySession> sessions =
        ROLES.stream().map(role -> engine.session(caller(role))).toList();
    List<String> differences = new ArrayList<>();
    for (String line : recorded()) {
      String[] columns = line.split(" \\| ", -1);
      String[] masks = columns[column].split(" ", -1);
      for (int i = 0; i < masks.length; i++) {
        String ours = decisions(sessions.get(i), columns[0]);
        if (!ours.equals(masks[i])) {
          differences.add(
              "%s for '%s': %s, not %s".formatted(columns[0], ROLES.get(i), masks[i], ours));
        }
      }
    }
    return differences;
  }

  private static RequestContext caller(String role) {
    RequestContext.Builder caller =
        RequestContext.builder("req-1").user("u1", "u1").project("p1", "p1");
    return role.isEmpty() ? caller.build() : caller.role(role).build();
  }

  private static String decisions(PolicySession session, String rule) {
    int bits = 0;
    for (PolicyTarget target : targets()) {
      bits = bits << 1 | (session.allows(rule, target) ? 1 : 0);
    }
    return "%03x".formatted(bits);
  }

  private static List<PolicyTarget> targets() {
    List<PolicyTarget> targets = new ArrayList<>();
    for (String owner : List.of("p1", "p2")) {
      for (String parent : List.of("mine", "theirs", "shared")) {
        for (boolean odd : new boolean[] {false, true}) {
          Map<String, Object> target = new HashMap<>();
          target.put("project_id", owner);
          target.put("network_id", parent);
          target.put("security_group_id", parent);
          target.put("ext_parent_floatingip_id", parent);
          target.put("device_owner", odd ? "network:dhcp" : "compute:nova");
          target.put("target_tenant", odd ? "*" : "p3");
          target.put("router:external", false);
          if (odd) {
            target.put("shared", true);
          }
          targets.add(PolicyTarget.of(target));
        }
      }
    }
    return targets;
  }

  private static PolicyTarget parent(String resource, String id, @Nullable String project) {
    return PolicyTarget.of(
        Map.of("tenant_id", id.equals("mine") ? "p1" : "p2", "shared", id.equals("shared")));
  }

  private static List<String> recorded() throws IOException {
    try (InputStream in = PolicyDecisionsTest.class.getResourceAsStream("zed-decisions.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }
}
