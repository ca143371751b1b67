package org.midonet.neutron.nova;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.NovaConfig;
import org.midonet.neutron.tls.ClientTls;

/**
 * The {@code [nova]} section and the options of [DEFAULT] about telling Nova; immutable and safe to
 * share between threads.
 *
 * @param regionName which of several compute endpoints, null for the first
 * @param endpointType which interface of it: public, internal or admin
 * @param timeout how long to wait for an answer
 * @param onStatusChanges {@code notify_nova_on_port_status_changes}
 * @param onDataChanges {@code notify_nova_on_port_data_changes}
 * @param sendInterval how long events are collected into one request ({@code send_events_interval})
 * @param httpRetries how often a refused connection is tried again ({@code http_retries})
 */
public record NovaOptions(
    Account account,
    ClientTls tls,
    @Nullable String regionName,
    String endpointType,
    Duration timeout,
    boolean onStatusChanges,
    boolean onDataChanges,
    Duration sendInterval,
    int httpRetries) {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /**
   * The account to speak to Nova with; its password is never logged.
   *
   * @param authUrl Keystone, with or without {@code /v3}
   * @param name what log lines call it
   * @param login the body of its login
   */
  public record Account(URI authUrl, String name, Map<String, Object> login) {
    @Override
    public String toString() {
      return name + " at " + authUrl;
    }
  }

  /**
   * Reads the options of {@code neutron.conf}.
   *
   * @return null where {@code [nova] auth_url} is not set or nothing is to be told
   * @throws IllegalArgumentException for a URL or TLS file that cannot be used
   */
  public static @Nullable NovaOptions of(NovaConfig config) {
    boolean told = config.notifyOnPortStatusChanges() || config.notifyOnPortDataChanges();
    Optional<String> authUrl = config.user().authUrl();
    if (!told || authUrl.isEmpty()) {
      return null;
    }
    return new NovaOptions(
        new Account(URI.create(authUrl.get()), config.user().userLabel(), config.user().login()),
        new ClientTls(
            config.cafile().orElse(null),
            config.certfile().orElse(null),
            config.keyfile().orElse(null),
            config.insecure()),
        config.regionName().orElse(null),
        config.endpointType(),
        config.timeout().filter(time -> !time.isZero()).orElse(DEFAULT_TIMEOUT),
        config.notifyOnPortStatusChanges(),
        config.notifyOnPortDataChanges(),
        config.sendEventsInterval(),
        config.httpRetries());
  }
}
