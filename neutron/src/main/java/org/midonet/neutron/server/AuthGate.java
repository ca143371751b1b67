package org.midonet.neutron.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.midonet.neutron.auth.AuthRequest;
import org.midonet.neutron.auth.AuthenticationException;
import org.midonet.neutron.auth.Authenticator;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.policy.PolicyEngine;

/** Lets in whom the authenticator knows, with the privileges that policy gives; safe to share. */
final class AuthGate implements Gate {
  private final Authenticator authenticator;
  private final PolicyEngine policy;

  AuthGate(Authenticator authenticator, PolicyEngine policy) {
    this.authenticator = authenticator;
    this.policy = policy;
  }

  @Override
  public Admission admit(Request request, String requestId) {
    try {
      RequestContext context =
          authenticator.authenticate(
              new AuthRequest(requestId, request.method(), request.path(), request::header));
      return new Admission.Admitted(policy.withPrivileges(context));
    } catch (AuthenticationException e) {
      Map<String, String> headers = new LinkedHashMap<>(e.headers());
      headers.put("Content-Type", "application/json");
      return new Admission.Refused(
          new Response(e.status(), headers, e.body().getBytes(StandardCharsets.UTF_8)));
    }
  }
}
