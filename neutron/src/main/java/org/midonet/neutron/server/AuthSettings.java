package org.midonet.neutron.server;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.Authenticator;
import org.midonet.neutron.auth.KeystoneAuthenticator;
import org.midonet.neutron.auth.KeystoneSettings;
import org.midonet.neutron.auth.NoAuth;
import org.midonet.neutron.config.AuthPluginConfig;
import org.midonet.neutron.config.KeystoneAuthtokenConfig;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.config.Secret;
import org.midonet.neutron.tls.ClientTls;

/** The authenticator that the configuration asks for; stateless. */
public final class AuthSettings {
  private static final int CACHE_SIZE = 10_000;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);

  private AuthSettings() {}

  static Authenticator authenticator(NeutronConfig config) {
    return config.api().authStrategy().equals("noauth")
        ? new NoAuth()
        : new KeystoneAuthenticator(keystone(config.keystoneAuthtoken()));
  }

  /**
   * How to ask Keystone, also for another server in this program.
   *
   * @throws IllegalArgumentException when {@code auth_url} is missing; the message is for the
   *     operator
   */
  public static KeystoneSettings keystone(KeystoneAuthtokenConfig section) {
    AuthPluginConfig user = section.serviceUser();
    String url =
        user.authUrl()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "[keystone_authtoken] auth_url is needed with auth_strategy = keystone"));
    return new KeystoneSettings(
        URI.create(url),
        section.wwwAuthenticateUri().orElse(url),
        account(user),
        new ClientTls(
            orNull(section.cafile()),
            orNull(section.certfile()),
            orNull(section.keyfile()),
            section.insecure()),
        section.httpConnectTimeout().orElse(CONNECT_TIMEOUT),
        READ_TIMEOUT,
        section.httpRequestMaxRetries(),
        Duration.ofSeconds(section.tokenCacheTime()),
        CACHE_SIZE,
        Set.copyOf(section.serviceTokenRoles()),
        section.serviceTokenRolesRequired(),
        "network");
  }

  private static KeystoneSettings.Account account(AuthPluginConfig user) {
    return new KeystoneSettings.Account(
        orNull(user.userId()),
        orNull(user.username()),
        user.password().map(Secret::reveal).orElse(""),
        orNull(user.userDomainId().or(user::defaultDomainId)),
        orNull(user.userDomainName().or(user::defaultDomainName)),
        orNull(user.projectId()),
        orNull(user.projectName()),
        orNull(user.projectDomainId().or(user::defaultDomainId)),
        orNull(user.projectDomainName().or(user::defaultDomainName)),
        orNull(user.otherScope()));
  }

  private static <T> @Nullable T orNull(Optional<T> value) {
    return value.orElse(null);
  }
}
