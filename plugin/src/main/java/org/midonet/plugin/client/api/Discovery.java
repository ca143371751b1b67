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

  private final URI root;
  private final Login login;
  private volatile @Nullable Found found;

  Discovery(URI root, Login login) {
    this.root = root;
    this.login = login;
  }

  /** What a MidoNet gives and how it is to be spoken to. */
  record Midonet(Links neutron, Dialect dialect) {}

  private record Found(@Nullable Token login, Midonet midonet) {}

  /** The links of the Neutron document, and the dialect that the documents tell. */
  Midonet midonet(Deadline deadline) {
    Found known = found;
    if (known != null && known.login() == login.current()) {
      return known.midonet();
    }
    Links application = fetch(root, ROOT, deadline);
    Links neutron = fetch(application.link("neutron"), Dialect.DOCUMENTS, deadline);
    Midonet midonet = new Midonet(neutron, Dialect.of(application, neutron));
    found = new Found(login.current(), midonet);
    return midonet;
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
