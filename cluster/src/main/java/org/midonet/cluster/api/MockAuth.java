package org.midonet.cluster.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.Request;

/**
 * Takes everybody for an administrator, as MidoNet does before a provider is configured; stateless.
 */
public final class MockAuth implements ApiAuth {
  private static final Token TOKEN = new Token("00000000", null);

  @Override
  public Token login(String user, String password, @Nullable String project) {
    return TOKEN;
  }

  @Override
  public void admit(Request request) {
    // Nobody is refused.
  }

  @Override
  public List<Tenant> tenants() {
    return List.of(new Tenant("admin", "admin", "Admin Tenant", true));
  }
}
