package org.midonet.neutron.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.auth.ServiceIdentity;

class RuleLanguageTest {

  private static final RequestContext CALLER =
      RequestContext.builder("req-1")
          .user("u1", "alice")
          .project("p1", "demo")
          .userDomain("default", "Default")
          .role("Member")
          .role("reader")
          .service(
              new ServiceIdentity("s1", "default", "sp", "default", java.util.Set.of("service")))
          .build();

  private static final PolicyTarget TARGET =
      PolicyTarget.of(
          Map.of(
              "project_id",
              "p1",
              "owner",
              "u1",
              "size",
              3L,
              "flag",
              true,
              "name",
              "x1",
              "needs",
              "member",
              "role_name",
              "Member"));

  private static boolean allows(Check check) {
    RuleSet rules = RuleSet.of(RuleDefault.ZED, Map.of(), PolicySettings.defaults(List.of()));
    return new Reducer(rules, new Credentials(CALLER), new Parents((resource, id, project) -> null))
        .reduce(check)
        .allows(TARGET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "@ | true",
        "! | false",
        "not ! | true",
        "not not @ | true",
        "@ and ! | false",
        "@ AND @ | true",
        "! or @ | true",
        "@ or ! and ! | true",
        "(@ or !) and ! | false",
        "! and ! or @ | true",
        "not ! and ! | false",
        "not (! and !) | true",
        "((@)) | true",
        "role:member | true",
        "role:MEMBER | true",
        "role:admin | false",
        "role:%(needs)s | true",
        "role:%(missing)s | false",
        "rule:owner | true",
        "rule:context_is_admin | false",
        "rule:no_such_rule | true",
        "project_id:%(project_id)s | true",
        "tenant_id:%(tenant_id)s | true",
        "tenant_id:%(owner)s | false",
        "user_id:%(owner)s | true",
        "user_id:u1 | true",
        "user_id:u2 | false",
        "user_id:%(missing)s | false",
        "unknown:%(owner)s | false",
        "roles:%(role_name)s | true",
        "roles:Member | true",
        "is_admin:False | true",
        "is_admin:True | false",
        "is_admin_project:True | true",
        "service_roles:service | true",
        "service_user_id:s1 | true",
        "system_scope:all | false",
        "domain_id:None | true",
        "'Member':%(role_name)s | true",
        "\"x1\":%(name)s | true",
        "'x2':%(name)s | false",
        "True:%(flag)s | true",
        "False:%(flag)s | false",
        "3:%(size)s | true",
        "'3':%(size)s | true",
        "'p1-u1':%(project_id)s-%(owner)s | true",
        "'100%':100%% | true",
        "field:things:flag=True | true",
        "field:things:flag=1 | true",
        "field:things:flag=False | false",
        "field:things:size=3 | true",
        "field:things:name=~^x | true",
        "field:things:name=~1 | false",
        "field:things:missing=x | false",
      })
  void evaluatesAsOsloPolicy(String rule, boolean allowed) {
    assertThat(allows(RuleParser.parse(rule))).as(rule).isEqualTo(allowed);
  }

  @Test
  void emptyRuleAllows() {
    assertThat(allows(RuleParser.parse(""))).isTrue();
    assertThat(allows(RuleParser.parseList(List.of()))).isTrue();
  }

  @Test
  void outerListIsOrAndInnerListIsAnd() {
    assertThat(allows(RuleParser.parseList(List.of(List.of("role:member", "!"), List.of("@")))))
        .isTrue();
    assertThat(allows(RuleParser.parseList(List.of(List.of("role:member", "!"), "role:admin"))))
        .isFalse();
    assertThat(allows(RuleParser.parseList(List.of(List.of())))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "and",
        "role:a and",
        "role:a or or role:b",
        "role:a role:b",
        "(role:a",
        "role:a)",
        "()",
        "not",
        "'quoted'",
        "admin",
        "project_id:%(project_id",
        "project_id:%s",
        "tenant_id:p1",
        "field:networks",
        "field:networks:name=~["
      })
  void refusesWhatIsNoRule(String rule) {
    assertThatThrownBy(() -> RuleParser.parse(rule)).isInstanceOf(RuleSyntaxException.class);
  }

  @Test
  void remoteChecksAreRefusedInPlainWords() {
    assertThatThrownBy(() -> RuleParser.parse("http://example.org/%(name)s"))
        .hasMessageContaining("not supported");
  }

  @Test
  void callerWithoutProjectOwnsNothing() {
    RequestContext unscoped = RequestContext.builder("req-2").user("u", "u").build();
    RuleSet rules = RuleSet.of(RuleDefault.ZED, Map.of(), PolicySettings.defaults(List.of()));
    Reducer reducer =
        new Reducer(rules, new Credentials(unscoped), new Parents((resource, id, project) -> null));
    Map<String, @Nullable Object> orphan = new java.util.HashMap<>();
    orphan.put("project_id", null);
    assertThat(reducer.rule("owner").allows(PolicyTarget.of(orphan))).isFalse();
    assertThat(
            reducer
                .reduce(RuleParser.parse("project_id:%(project_id)s"))
                .allows(PolicyTarget.of(orphan)))
        .isFalse();
  }
}
