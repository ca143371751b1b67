package org.midonet.neutron.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.tls.ClientTls;

/**
 * The options of [keystone_authtoken] that we heed; immutable and safe to share between threads.
 *
 * @param authUrl where to validate tokens and get our own, with or without /v3 at the end
 * @param wwwAuthenticateUri what a 401 tells clients
 * @param account who we are
 * @param tls how to know an https Keystone
 * @param connectTimeout for one attempt to connect
 * @param readTimeout for one request from beginning to end
 * @param maxRetries further attempts to connect, with growing pauses from half a second on
 * @param tokenCacheTime how long an answer is good for at most; zero or less asks every time
 * @param tokenCacheSize how many tokens are remembered at most
 * @param serviceTokenRoles one of these makes a service token a service's
 * @param serviceTokenRolesRequired refuse service tokens without such a role
 * @param serviceType our type in the catalog, for application credentials with access rules; null
 *     refuses those
 */
public record KeystoneSettings(
    URI authUrl,
    String wwwAuthenticateUri,
    Account account,
    ClientTls tls,
    Duration connectTimeout,
    Duration readTimeout,
    int maxRetries,
    Duration tokenCacheTime,
    int tokenCacheSize,
    Set<String> serviceTokenRoles,
    boolean serviceTokenRolesRequired,
    @Nullable String serviceType) {

  public KeystoneSettings {
    serviceTokenRoles = Set.copyOf(serviceTokenRoles);
  }

  /**
   * The service user; of id and name one is enough, and domains go by either.
   *
   * @param projectId with {@code projectName} both null for a token without a project
   * @param otherScope what the token is for instead of a project, as Identity API v3 has it: a
   *     domain, the system or a trust
   */
  public record Account(
      @Nullable String userId,
      @Nullable String userName,
      String password,
      @Nullable String userDomainId,
      @Nullable String userDomainName,
      @Nullable String projectId,
      @Nullable String projectName,
      @Nullable String projectDomainId,
      @Nullable String projectDomainName,
      @Nullable Map<String, Object> otherScope) {

    /** A user and project in the domain named Default. */
    public static Account inDefaultDomain(String user, String password, String project) {
      return new Account(
          null, user, password, null, "Default", null, project, null, "Default", null);
    }

    /** Names the account without its password. */
    @Override
    public String toString() {
      return "Account[" + (userName == null ? userId : userName) + "]";
    }
  }

  /** The defaults of keystonemiddleware 10, with timeouts where it has none. */
  public static KeystoneSettings of(URI authUrl, Account account) {
    return new KeystoneSettings(
        authUrl,
        authUrl.toString(),
        account,
        new ClientTls(null, null, null, false),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        3,
        Duration.ofSeconds(300),
        10_000,
        Set.of("service"),
        false,
        null);
  }
}
