package org.midonet.cluster.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.HttpSettings;
import org.midonet.neutron.http.TlsFiles;

/**
 * Where the MidoNet API listens; immutable.
 *
 * @param host the address to bind
 * @param port TCP port, 0 for any free one
 * @param root the path of the API, without a slash at the end
 * @param tls certificate and key, null for plain HTTP
 */
public record ApiSettings(String host, int port, String root, @Nullable TlsFiles tls) {
  /** Where MidoNet v5 listens without TLS. */
  public static final int PORT = 8181;

  /** The path of the API since the first releases of MidoNet. */
  public static final String ROOT = "/midonet-api";

  private static final int BACKLOG = 4096;
  private static final int MAX_BODY_BYTES = 8 << 20;
  private static final int MAX_HEADER_LINE = 16384;
  private static final int MAX_CONCURRENT_REQUESTS = 4096;
  private static final Duration SILENCE = Duration.ofMinutes(15);

  /**
   * The defaults: MidoNet's port and path. Where everybody is let in that is on loopback only.
   *
   * @param auth who decides on that
   */
  public static ApiSettings defaults(ApiAuth auth) {
    return new ApiSettings(auth instanceof MockAuth ? "127.0.0.1" : "0.0.0.0", PORT, ROOT, null);
  }

  HttpSettings http() {
    return new HttpSettings(
        host,
        port,
        BACKLOG,
        MAX_BODY_BYTES,
        MAX_HEADER_LINE,
        MAX_CONCURRENT_REQUESTS,
        SILENCE,
        true,
        tls);
  }
}
