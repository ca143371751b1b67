package org.midonet.cluster.api;

import org.midonet.neutron.http.Handler;
import org.midonet.neutron.http.HttpServer;
import org.midonet.neutron.http.HttpSettings;

/** A running API server; safe to share. */
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
   * @param root the path of the API, as {@link MidonetApi} has it
   */
  public static MidonetApiServer start(HttpSettings settings, String root, Handler api) {
    HttpServer server = HttpServer.start(settings, api);
    String scheme = server.secure() ? "https" : "http";
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return new MidonetApiServer(server, scheme + "://" + host + ":" + server.port() + root);
  }

  /** Where the API is. */
  public String uri() {
    return uri;
  }

  @Override
  public void close() {
    server.close();
  }
}
