package org.midonet.neutron.nova;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.config.AuthPluginConfig;
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
   * @param user Keystone's description of the user: id or name, domain, password
   * @param scope the project to work in, described likewise
   */
  public record Account(URI authUrl, Map<String, Object> user, Map<String, Object> scope) {
    @Override
    public String toString() {
      return user.getOrDefault("name", user.get("id")) + " at " + authUrl;
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
        account(URI.create(authUrl.get()), config.user()),
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

  private static Account account(URI authUrl, AuthPluginConfig config) {
    Map<String, Object> user =
        described(
            config.userId(),
            config.username(),
            config.userDomainId().or(config::defaultDomainId),
            config.userDomainName().or(config::defaultDomainName));
    config.password().ifPresent(password -> user.put("password", password.reveal()));
    Map<String, Object> project =
        described(
            config.projectId(),
            config.projectName(),
            config.projectDomainId().or(config::defaultDomainId),
            config.projectDomainName().or(config::defaultDomainName));
    return new Account(authUrl, user, Map.of("project", project));
  }

  private static Map<String, Object> described(
      Optional<String> id,
      Optional<String> name,
      Optional<String> domainId,
      Optional<String> domainName) {
    Map<String, Object> described = new LinkedHashMap<>();
    if (id.isPresent()) {
      described.put("id", id.get());
      return described;
    }
    described.put("name", name.orElse(""));
    described.put(
        "domain",
        domainId.isPresent()
            ? Map.of("id", domainId.get())
            : Map.of("name", domainName.orElse("Default")));
    return described;
  }
}
