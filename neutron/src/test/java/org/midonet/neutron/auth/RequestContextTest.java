package org.midonet.neutron.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestContextTest {

  private final RequestContext member =
      RequestContext.builder("req-1")
          .user("u", "alice")
          .project("p", "demo")
          .role("Member")
          .authToken("secret-token")
          .build();

  @Test
  void elevatedKeepsTheCallerAndAddsTheAdminRole() {
    RequestContext elevated = member.elevated();
    assertThat(elevated.isAdmin()).isTrue();
    assertThat(elevated.projectId()).isEqualTo("p");
    assertThat(elevated.roles()).containsExactlyInAnyOrder("Member", "admin");
    assertThat(elevated.elevated()).isSameAs(elevated);
  }

  @Test
  void rolesCompareWithoutRegardToCase() {
    assertThat(member.hasRole("member")).isTrue();
    assertThat(member.hasRole("admin")).isFalse();
  }

  @Test
  void tokenIsNotPrinted() {
    assertThat(member.toString()).doesNotContain("secret-token").contains("req-1");
  }

  @Test
  void adminContextHasNoProject() {
    assertThat(RequestContext.admin("req-2").projectId()).isNull();
    assertThat(RequestContext.admin("req-2").isAdmin()).isTrue();
  }

  @Test
  void builderRoundTrips() {
    assertThat(member.toBuilder().build()).isEqualTo(member);
  }
}
