package org.midonet.cluster.api;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.AuthRequest;
import org.midonet.neutron.auth.AuthenticationException;
import org.midonet.neutron.auth.KeystoneAccounts;
import org.midonet.neutron.auth.KeystoneAuthenticator;
import org.midonet.neutron.auth.KeystoneSettings;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.http.Request;

/**
 * Knows administrators by their Keystone v3 tokens; safe to share between threads. As in MidoNet
 * v5, whoever has not the administrator's role is refused everything.
 */
public final class KeystoneAuth implements ApiAuth, AutoCloseable {
  private final KeystoneAuthenticator authenticator;
  private final KeystoneAccounts accounts;
  private final String adminRole;

  /**
   * Connects to nothing yet.
   *
   * @param adminRole the role an administrator holds, without regard to case
   */
  public KeystoneAuth(KeystoneSettings settings, String adminRole) {
    this.authenticator = new KeystoneAuthenticator(settings);
    this.accounts = new KeystoneAccounts(settings);
    this.adminRole = adminRole;
  }

  @Override
  public Token login(String user, String password, @Nullable String project) {
    try {
      KeystoneAccounts.Login login = accounts.login(user, password, project);
      return new Token(login.token(), login.expiresAt());
    } catch (AuthenticationException e) {
      throw refused(e);
    }
  }

  @Override
  public void admit(Request request) {
    RequestContext caller;
    try {
      caller =
          authenticator.authenticate(
              new AuthRequest(
                  "req-" + UUID.randomUUID(), request.method(), request.path(), request::header));
    } catch (AuthenticationException e) {
      throw refused(e);
    }
    if (!caller.hasRole(adminRole)) {
      throw new ApiException(
          401, "The token is valid, but its user does not hold the role " + adminRole + ".");
    }
  }

  @Override
  public List<Tenant> tenants() {
    try {
      return accounts.projects().stream()
          .map(project ->
              new Tenant(project.id(), project.name(), project.description(), project.enabled()))
          .toList();
    } catch (AuthenticationException e) {
      throw refused(e);
    }
  }

  @Override
  public void close() {
    authenticator.close();
    accounts.close();
  }

  private static ApiException refused(AuthenticationException e) {
    return new ApiException(e.status(), "Authentication failed: " + e.getMessage() + ".");
  }
}
