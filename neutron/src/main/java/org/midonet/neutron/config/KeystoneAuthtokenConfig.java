package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.choice;
import static org.midonet.neutron.config.OptionTypes.integer;
import static org.midonet.neutron.config.OptionTypes.list;
import static org.midonet.neutron.config.OptionTypes.path;
import static org.midonet.neutron.config.OptionTypes.seconds;
import static org.midonet.neutron.config.OptionTypes.string;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How tokens are checked with the Identity service ({@code [keystone_authtoken]}); immutable. */
public record KeystoneAuthtokenConfig(
    Optional<String> wwwAuthenticateUri,
    String endpointInterface,
    Optional<String> regionName,
    boolean delayAuthDecision,
    Optional<Duration> httpConnectTimeout,
    int httpRequestMaxRetries,
    Optional<Path> cafile,
    Optional<Path> certfile,
    Optional<Path> keyfile,
    boolean insecure,
    int tokenCacheTime,
    List<String> serviceTokenRoles,
    boolean serviceTokenRolesRequired,
    Optional<String> authSection,
    AuthPluginConfig serviceUser) {
  static final Option<String> WWW_AUTHENTICATE_URI =
      Option.of(
              "keystone_authtoken",
              "www_authenticate_uri",
              string(),
              null,
              "The public address of the Identity service, told to clients whose token is refused.")
          .formerly("keystone_authtoken", "auth_uri");

  static final Option<String> ENDPOINT_INTERFACE =
      Option.of(
          "keystone_authtoken",
          "interface",
          choice("internal", "internalURL", "public", "publicURL", "admin", "adminURL"),
          "internal",
          "Which endpoint of the Identity service to use.");

  static final Option<String> REGION_NAME =
      Option.of(
          "keystone_authtoken",
          "region_name",
          string(),
          null,
          "The region of the Identity service.");

  static final Option<Boolean> DELAY_AUTH_DECISION =
      Option.of(
          "keystone_authtoken",
          "delay_auth_decision",
          bool(),
          false,
          "Whether a request without a valid token goes on, marked as such, instead of being "
              + "refused.");

  static final Option<Duration> HTTP_CONNECT_TIMEOUT =
      Option.of(
          "keystone_authtoken",
          "http_connect_timeout",
          seconds(0),
          null,
          "Seconds to wait for the Identity service.");

  static final Option<Integer> HTTP_REQUEST_MAX_RETRIES =
      Option.of(
          "keystone_authtoken",
          "http_request_max_retries",
          integer(0),
          3,
          "How often to ask again when it does not answer.");

  static final Option<Path> CAFILE =
      Option.of(
          "keystone_authtoken",
          "cafile",
          path(),
          null,
          "The certificates of authorities to trust.");

  static final Option<Path> CERTFILE =
      Option.of(
          "keystone_authtoken",
          "certfile",
          path(),
          null,
          "The certificate to show to the Identity service.");

  static final Option<Path> KEYFILE =
      Option.of("keystone_authtoken", "keyfile", path(), null, "The key of that certificate.");

  static final Option<Boolean> INSECURE =
      Option.of(
          "keystone_authtoken", "insecure", bool(), false, "Whether to trust any certificate.");

  static final Option<Integer> TOKEN_CACHE_TIME =
      Option.of(
          "keystone_authtoken",
          "token_cache_time",
          integer(-1),
          300,
          "Seconds that a checked token is remembered; -1 checks it every time.");

  static final Option<List<String>> SERVICE_TOKEN_ROLES =
      Option.of(
          "keystone_authtoken",
          "service_token_roles",
          list(),
          List.of("service"),
          "Roles one of which makes a token a service token.");

  static final Option<Boolean> SERVICE_TOKEN_ROLES_REQUIRED =
      Option.of(
          "keystone_authtoken",
          "service_token_roles_required",
          bool(),
          false,
          "Whether a service token without such a role is refused.");

  static final Option<String> AUTH_SECTION =
      Option.of(
          "keystone_authtoken",
          "auth_section",
          string(),
          null,
          "The section to read the options of the service user from, if another than this.");

  static final List<Option<?>> OPTIONS =
      List.of(
          WWW_AUTHENTICATE_URI,
          ENDPOINT_INTERFACE,
          REGION_NAME,
          DELAY_AUTH_DECISION,
          HTTP_CONNECT_TIMEOUT,
          HTTP_REQUEST_MAX_RETRIES,
          CAFILE,
          CERTFILE,
          KEYFILE,
          INSECURE,
          TOKEN_CACHE_TIME,
          SERVICE_TOKEN_ROLES,
          SERVICE_TOKEN_ROLES_REQUIRED,
          AUTH_SECTION);

  static KeystoneAuthtokenConfig read(ConfigReader reader) {
    return new KeystoneAuthtokenConfig(
        reader.find(WWW_AUTHENTICATE_URI),
        reader.get(ENDPOINT_INTERFACE),
        reader.find(REGION_NAME),
        reader.get(DELAY_AUTH_DECISION),
        reader.find(HTTP_CONNECT_TIMEOUT),
        reader.get(HTTP_REQUEST_MAX_RETRIES),
        reader.find(CAFILE),
        reader.find(CERTFILE),
        reader.find(KEYFILE),
        reader.get(INSECURE),
        reader.get(TOKEN_CACHE_TIME),
        reader.get(SERVICE_TOKEN_ROLES),
        reader.get(SERVICE_TOKEN_ROLES_REQUIRED),
        reader.find(AUTH_SECTION),
        AuthPluginConfig.read(reader, reader.find(AUTH_SECTION).orElse("keystone_authtoken")));
  }
}
