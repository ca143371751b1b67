package org.midonet.plugin.client.api;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.midonet.plugin.client.MidonetException;
import org.midonet.plugin.client.api.Login.Token;

/**
 * Finds the addresses of MidoNet's Neutron resources by following the links of its root document
 * (spec appendix A.3). Safe to share between threads.
 *
 * <p>The links are kept for the life of a login: a cluster that was restarted, or a proxy that now
 * leads to another one, asks for a new login and is then asked for its links too.
 */
final class Discovery {

  private static final String ROOT = "application/vnd.org.midonet.Application-v5+json";
  private static final String NEUTRON = "application/vnd.org.midonet.neutron.Neutron-v3+json";

  private final URI root;
  private final Login login;
  private volatile @Nullable Found found;

  Discovery(URI root, Login login) {
    this.root = root;
    this.login = login;
  }

  private record Found(@Nullable Token login, Links neutron) {}

  /** The links of the Neutron document. */
  Links neutron(Deadline deadline) {
    Found known = found;
    if (known != null && known.login() == login.current()) {
      return known.neutron();
    }
    URI address = fetch(root, ROOT, deadline).link("neutron");
    Links neutron = fetch(address, NEUTRON, deadline);
    found = new Found(login.current(), neutron);
    return neutron;
  }

  private Links fetch(URI address, String mediaType, Deadline deadline) {
    ApiRequest request = ApiRequest.get(address, mediaType);
    ApiResponse response = login.send(request, deadline);
    if (response.status() == 404) {
      // A 404 here would reach the user as if the resource of the request did not exist.
      throw MidonetException.unusable(
          "There is no MidoNet API at %s: it answered %s with 404. Check midonet_uri in [MIDONET]."
              .formatted(root, request),
          null);
    }
    return new Links(address, Answers.document(root, request, response));
  }
}
