package org.midonet.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiAuth;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.KeystoneAuth;
import org.midonet.cluster.api.MidonetApi;
import org.midonet.cluster.api.MidonetApiServer;
import org.midonet.cluster.api.MockAuth;
import org.midonet.cluster.core.CoreEndpoints;
import org.midonet.cluster.importer.TaskTranslation;
import org.midonet.cluster.neutron.rest.NeutronEndpoints;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.config.SslConfig;
import org.midonet.neutron.http.HttpSettings;
import org.midonet.neutron.http.TlsFiles;
import org.midonet.neutron.server.AuthSettings;
import org.midonet.nsdb.Nsdb;

/** The built-in MidoNet's own API, as the configuration asks for it; stateless. */
final class ClusterApi {
  private static final String ROOT = "/midonet-api";
  private static final String ADMIN = "admin";

  /** Security groups with many rules come whole. */
  private static final int MAX_BODY_BYTES = 8 << 20;

  private ClusterApi() {}

  /** Where it listens. */
  static String host(NeutronConfig config) {
    return config.midonet().clusterApiHost().orElseGet(() -> config.api().bindHost());
  }

  /**
   * Looks whether it can listen.
   *
   * @throws Failure when it cannot
   */
  static void requireFree(NeutronConfig config) {
    Listening.requireFree(
        host(config), config.midonet().clusterApiPort(), "set cluster_api_port in [MIDONET]");
  }

  /** Starts it. Who is let in is decided as for the Networking API. */
  static MidonetApiServer start(NeutronConfig config, Nsdb nsdb) {
    ApiAuth auth =
        config.api().authStrategy().equals("noauth")
            ? new MockAuth()
            : new KeystoneAuth(AuthSettings.keystone(config.keystoneAuthtoken()), ADMIN);
    List<Endpoint> endpoints = new ArrayList<>(CoreEndpoints.of(nsdb, auth));
    endpoints.addAll(NeutronEndpoints.of(nsdb, TaskTranslation.standard().translation()));
    return MidonetApiServer.start(http(config), ROOT, new MidonetApi(ROOT, auth, endpoints));
  }

  private static HttpSettings http(NeutronConfig config) {
    HttpSettings usual = HttpSettings.loopback(config.midonet().clusterApiPort());
    return new HttpSettings(
        host(config),
        usual.port(),
        usual.backlog(),
        MAX_BODY_BYTES,
        usual.maxHeaderLine(),
        usual.maxConcurrentRequests(),
        usual.silence(),
        usual.keepAlive(),
        config.midonet().clusterApiUseSsl() ? tls(config.ssl()) : null);
  }

  /** The configuration was refused before if a file is not named. */
  private static @Nullable TlsFiles tls(SslConfig ssl) {
    Path certificate = ssl.certFile().orElse(null);
    Path key = ssl.keyFile().orElse(null);
    return certificate == null || key == null
        ? null
        : new TlsFiles(certificate, key, ssl.caFile().orElse(null));
  }
}
