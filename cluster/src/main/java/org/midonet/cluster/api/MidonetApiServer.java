package org.midonet.cluster.api;

import java.util.List;
import org.midonet.neutron.http.HttpServer;

/** A running server of the MidoNet API; safe to share. */
public final class MidonetApiServer implements AutoCloseable {
  private final HttpServer server;
  private final String uri;

  private MidonetApiServer(HttpServer server, String uri) {
    this.server = server;
    this.uri = uri;
  }

  /**
   * Starts a server.
   *
   * @param endpoints what there is, such as all core resources and those of Neutron
   */
  public static MidonetApiServer start(
      ApiSettings settings, ApiAuth auth, List<Endpoint> endpoints) {
    HttpServer server =
        HttpServer.start(settings.http(), new MidonetApi(settings.root(), auth, endpoints));
    String scheme = server.secure() ? "https" : "http";
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return new MidonetApiServer(
        server, scheme + "://" + host + ":" + server.port() + settings.root());
  }

  /** Where the API is, as seen from this host. */
  public String uri() {
    return uri;
  }

  @Override
  public void close() {
    server.close();
  }
}
