package org.midonet.neutron.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.midonet.neutron.auth.RequestContext;

class PolicyOverrideTest {

  private static final PolicyTarget OWN = PolicyTarget.of(Map.of("project_id", "p1"));

  @TempDir Path dir = Path.of("");

  private PolicyEngine engine() {
    PolicySettings settings =
        new PolicySettings(
            List.of(dir),
            List.of("policy.yaml", "policy.json"),
            List.of("policy.d"),
            "default",
            false,
            false,
            Duration.ZERO);
    return new PolicyEngine(settings, (resource, id, project) -> null);
  }

  private static boolean memberMay(PolicyEngine engine, String action) {
    return engine
        .session(
            RequestContext.builder("req-1")
                .user("u", "u")
                .project("p1", "p1")
                .role("member")
                .build())
        .allows(action, OWN);
  }

  private void write(String file, String content) throws IOException {
    Files.createDirectories(dir.resolve(file).getParent());
    Files.writeString(dir.resolve(file), content);
  }

  @Test
  void fileReplacesARuleAndLeavesTheOthers() throws IOException {
    write("policy.yaml", "# ours\ncreate_network: role:network_creator\n");
    PolicyEngine engine = engine();
    assertThat(memberMay(engine, "create_network")).isFalse();
    assertThat(memberMay(engine, "create_router")).isTrue();
  }

  @Test
  void jsonServesWhereThereIsNoYaml() throws IOException {
    write(
        "policy.json",
        "{\n\t\"create_network\": \"!\",\n\t\"create_router\": [[\"role:admin\"], [\"role:x\"]]\n}\n");
    assertThat(memberMay(engine(), "create_network")).isFalse();
    assertThat(memberMay(engine(), "create_router")).isFalse();
    write("policy.yaml", "{}");
    assertThat(memberMay(engine(), "create_network")).isTrue();
  }

  @Test
  void directoriesOverrideTheFileInAlphabeticalOrder() throws IOException {
    write("policy.yaml", "create_network: '@'\n");
    write("policy.d/20.yaml", "create_network: '@'\n");
    write("policy.d/10.yaml", "create_network: '!'\n");
    write("policy.d/.hidden", "create_network: '!'\n");
    assertThat(memberMay(engine(), "create_network")).isTrue();
    write("policy.d/30.yaml", "create_network: '!'\n");
    assertThat(memberMay(engine(), "create_network")).isFalse();
  }

  @Test
  void changesAreNoticed() throws IOException {
    PolicyEngine engine = engine();
    assertThat(memberMay(engine, "create_network")).isTrue();
    write("policy.yaml", "create_network: '!'\n");
    assertThat(memberMay(engine, "create_network")).isFalse();
    Files.delete(dir.resolve("policy.yaml"));
    assertThat(memberMay(engine, "create_network")).isTrue();
  }

  @Test
  void lastGoodRulesStayWhenTheFileBreaks() throws IOException {
    write("policy.yaml", "create_network: '!'\n");
    PolicyEngine engine = engine();
    write("policy.yaml", "create_network: 'role:member and'\n");
    assertThat(memberMay(engine, "create_network")).isFalse();
    write("policy.yaml", "create_network: 'role:member'  # mended\n");
    assertThat(memberMay(engine, "create_network")).isTrue();
  }

  @Test
  void administratorsAreWhomTheFileSays() throws IOException {
    write("policy.yaml", "context_is_admin: role:boss or user_id:root\n");
    RequestContext boss = RequestContext.builder("req-1").user("u", "u").role("boss").build();
    assertThat(engine().withPrivileges(boss).isAdmin()).isTrue();
    assertThat(
            engine()
                .withPrivileges(
                    boss.toBuilder().build().elevated().toBuilder().admin(false).build())
                .isAdmin())
        .isTrue();
    RequestContext admin = RequestContext.builder("req-1").user("u", "u").role("admin").build();
    assertThat(engine().withPrivileges(admin).isAdmin()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: '@'#b: 'role:x and'   | policy.yaml:2: rule b: something is missing
          a: '@'#b: [1]            | policy.yaml:2: rule b: a list of checks
          a: true                  | policy.yaml:1: rule a: a rule is a string or a list
          - a                      | policy.yaml:1: a policy file maps rule names to rules
          a: '@'#b: "x             | policy.yaml:3: found unexpected end of stream
          a: http://other/         | policy.yaml:1: rule a: 'http://other/' asks another server
          a: rule:b#b: rule:a      | rules refer to one another in a circle: a, b
          """)
  void badFileStopsTheStartWithPlaceAndReason(String content, String reason) throws IOException {
    write("policy.yaml", content.replace('#', '\n') + "\n");
    assertThatThrownBy(this::engine)
        .isInstanceOf(BadPolicyException.class)
        .hasMessageContaining(reason);
  }
}
