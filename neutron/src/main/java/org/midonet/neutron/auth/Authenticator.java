package org.midonet.neutron.auth;

/** Tells who sends a request; implementations are safe to share between threads. */
@FunctionalInterface
public interface Authenticator {

  /**
   * Returns the caller. Whether it is an administrator is for the policy rules to say, see {@code
   * PolicyEngine.withPrivileges}.
   *
   * @throws AuthenticationException with the answer to give when the caller is not known
   */
  RequestContext authenticate(AuthRequest request);
}
