package org.midonet.neutron.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NoAuthTest {

  private static RequestContext caller(Map<String, String> headers) {
    return new NoAuth().authenticate(new AuthRequest("req-1", "GET", "/", headers::get));
  }

  @Test
  void callerWithoutHeadersIsAnAdministratorWithAProject() {
    RequestContext caller = caller(Map.of());
    assertThat(caller.isAdmin()).isTrue();
    assertThat(caller.projectId()).isEqualTo("fake_project_id");
  }

  @Test
  void headersAreBelieved() {
    RequestContext caller =
        caller(Map.of("X-User-Id", "u", "X-Tenant-Id", "p", "X-Roles", "member, reader"));
    assertThat(caller.isAdmin()).isFalse();
    assertThat(caller.userId()).isEqualTo("u");
    assertThat(caller.projectId()).isEqualTo("p");
    assertThat(caller.roles()).containsExactlyInAnyOrder("member", "reader");
  }
}
