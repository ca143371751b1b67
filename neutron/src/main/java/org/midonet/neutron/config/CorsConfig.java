package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.list;
import static org.midonet.neutron.config.OptionTypes.seconds;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which web pages may call the API from a browser ({@code [cors]} and sections {@code [cors.NAME]},
 * which take what they do not set from {@code [cors]}); immutable. With no policy no CORS header is
 * ever sent.
 */
public record CorsConfig(List<Policy> policies) {
  private static final String GROUP = "cors";

  /** What the pages of some origins may do; immutable. */
  public record Policy(
      List<String> allowedOrigins,
      boolean allowCredentials,
      List<String> exposeHeaders,
      Duration maxAge,
      List<String> allowMethods,
      List<String> allowHeaders) {}

  static final Option<List<String>> ALLOWED_ORIGIN =
      Option.of(
          GROUP,
          "allowed_origin",
          list(),
          List.of(),
          "The origins of the pages, as scheme, host and port; * means any.");
  static final Option<Boolean> ALLOW_CREDENTIALS =
      Option.of(
          GROUP, "allow_credentials", bool(), true, "Whether a page may send cookies and logins.");
  static final Option<List<String>> EXPOSE_HEADERS =
      Option.of(
          GROUP,
          "expose_headers",
          list(),
          List.of(
              "X-Auth-Token",
              "X-Subject-Token",
              "X-Service-Token",
              "X-OpenStack-Request-ID",
              "OpenStack-Volume-microversion"),
          "The headers of an answer that a page may read.");
  static final Option<Duration> MAX_AGE =
      Option.of(
          GROUP,
          "max_age",
          seconds(0),
          Duration.ofHours(1),
          "Seconds that a browser may remember what is allowed.");
  static final Option<List<String>> ALLOW_METHODS =
      Option.of(
          GROUP,
          "allow_methods",
          list(),
          List.of("GET", "PUT", "POST", "DELETE", "PATCH"),
          "The methods that a page may use.");
  static final Option<List<String>> ALLOW_HEADERS =
      Option.of(
          GROUP,
          "allow_headers",
          list(),
          List.of(
              "X-Auth-Token",
              "X-Identity-Status",
              "X-Roles",
              "X-Service-Catalog",
              "X-User-Id",
              "X-Tenant-Id",
              "X-OpenStack-Request-ID"),
          "The headers that a page may send.");

  static final List<Option<?>> OPTIONS =
      List.of(
          ALLOWED_ORIGIN, ALLOW_CREDENTIALS, EXPOSE_HEADERS, MAX_AGE, ALLOW_METHODS, ALLOW_HEADERS);

  public CorsConfig {
    policies = List.copyOf(policies);
  }

  static CorsConfig read(ConfigReader reader) {
    List<Policy> policies = new ArrayList<>();
    policies.add(policy(reader, GROUP));
    for (String section : reader.sections()) {
      if (section.startsWith(GROUP + ".")) {
        policies.add(policy(reader, section));
      }
    }
    policies.removeIf(policy -> policy.allowedOrigins().isEmpty());
    return new CorsConfig(policies);
  }

  private static Policy policy(ConfigReader reader, String section) {
    return new Policy(
        reader.get(ALLOWED_ORIGIN.in(section)),
        value(reader, ALLOW_CREDENTIALS, section),
        value(reader, EXPOSE_HEADERS, section),
        value(reader, MAX_AGE, section),
        value(reader, ALLOW_METHODS, section),
        value(reader, ALLOW_HEADERS, section));
  }

  private static <T> T value(ConfigReader reader, Option<T> option, String section) {
    T own = reader.get(option.in(section));
    return reader.isSet(option.in(section)) ? own : reader.get(option);
  }
}
