package org.midonet.neutron.server;

import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.http.Response;

/** Lets requests in: authentication behind one method. Implementations are safe to share. */
@FunctionalInterface
public interface Gate {
  /** Who may enter, or the answer that keeps them out. */
  sealed interface Admission {
    /** The caller is known. */
    record Admitted(RequestContext context) implements Admission {}

    /** The caller is answered and not let in. */
    record Refused(Response response) implements Admission {}
  }

  /**
   * Decides on a request.
   *
   * @param requestId the identifier that the answer will carry
   */
  Admission admit(Request request, String requestId);
}
