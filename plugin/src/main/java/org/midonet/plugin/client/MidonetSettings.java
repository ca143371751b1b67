package org.midonet.plugin.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.tls.ClientTls;

/**
 * What the REST client needs to know of {@code [MIDONET]} (spec section 1.2.1). Immutable, safe to
 * share between threads.
 *
 * @param midonetUri base of the MidoNet API, absolute, http or https, without a final slash
 * @param tls how to know an https MidoNet
 * @param username user of {@code POST /login}; null to send no credentials at all
 * @param projectId sent as {@code X-Auth-Project} at login; null to leave the header out
 * @param connectTimeout bound for setting up a connection
 * @param callTimeout bound for one call in all, with login and discovery where they are needed
 */
public record MidonetSettings(
    URI midonetUri,
    ClientTls tls,
    @Nullable String username,
    String password,
    @Nullable String projectId,
    Duration connectTimeout,
    Duration callTimeout) {

  /**
   * Long enough for a cluster that waits for its lock, short enough that a caller of the API still
   * listens.
   */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The authorities that the Java machine trusts. */
  private static final ClientTls PLATFORM = new ClientTls(null, null, null, false);

  public MidonetSettings {
    if (!midonetUri.isAbsolute() || midonetUri.getHost() == null || !isHttp(midonetUri)) {
      throw new IllegalArgumentException(
          "midonet_uri in [MIDONET] must be an http or https URL with a host, such as http://localhost:8181/midonet-api, not "
              + midonetUri);
    }
  }

  /**
   * Settings from the values of the configuration, with the bounds of time that always apply.
   *
   * @throws IllegalArgumentException when {@code midonetUri} is not an http or https URL
   */
  public static MidonetSettings of(
      String midonetUri, @Nullable String username, String password, @Nullable String projectId) {
    return new MidonetSettings(
        parse(midonetUri), PLATFORM, username, password, projectId, CONNECT_TIMEOUT, CALL_TIMEOUT);
  }

  /** The same settings with other bounds of time. */
  public MidonetSettings withTimeouts(Duration connect, Duration call) {
    return new MidonetSettings(midonetUri, tls, username, password, projectId, connect, call);
  }

  /** The same settings with other authorities to trust. */
  public MidonetSettings withTls(ClientTls other) {
    return new MidonetSettings(
        midonetUri, other, username, password, projectId, connectTimeout, callTimeout);
  }

  @Override
  public String toString() {
    return "MidonetSettings[midonetUri="
        + midonetUri
        + ", username="
        + username
        + ", projectId="
        + projectId
        + "]";
  }

  private static URI parse(String text) {
    String trimmed = text.strip();
    while (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    try {
      return new URI(trimmed);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("midonet_uri in [MIDONET] is not a URL: " + text, e);
    }
  }

  private static boolean isHttp(URI uri) {
    return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
  }
}
