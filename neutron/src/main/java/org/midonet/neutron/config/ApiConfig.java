package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.choice;
import static org.midonet.neutron.config.OptionTypes.hostAddress;
import static org.midonet.neutron.config.OptionTypes.integer;
import static org.midonet.neutron.config.OptionTypes.port;
import static org.midonet.neutron.config.OptionTypes.seconds;
import static org.midonet.neutron.config.OptionTypes.string;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the Networking API is reached and answers ({@code [DEFAULT]}); immutable. */
public record ApiConfig(
    String bindHost,
    int bindPort,
    String authStrategy,
    boolean useSsl,
    int backlog,
    Duration clientSocketTimeout,
    int maxHeaderLine,
    boolean wsgiKeepAlive,
    boolean allowBulk,
    int paginationMaxLimit,
    boolean filterValidation,
    Optional<String> networkLinkPrefix) {
  /** The value of {@link #paginationMaxLimit} that means no limit. */
  public static final int NO_LIMIT = -1;

  private static final OptionType<Integer> PAGINATION_LIMIT =
      new OptionType<>(
          "string value", ApiConfig::paginationLimit, String::valueOf, List.of(), true);

  static final Option<String> BIND_HOST =
      Option.of("DEFAULT", "bind_host", hostAddress(), "0.0.0.0", "The address to listen on.");

  static final Option<Integer> BIND_PORT =
      Option.of("DEFAULT", "bind_port", port(), 9696, "The TCP port to listen on.");

  static final Option<String> AUTH_STRATEGY =
      Option.of(
          "DEFAULT",
          "auth_strategy",
          choice("keystone", "noauth"),
          "keystone",
          "Who vouches for a request: keystone asks the Identity service; noauth believes the "
              + "headers of the request and takes everybody for an administrator.");

  static final Option<Boolean> USE_SSL =
      Option.of(
          "DEFAULT",
          "use_ssl",
          bool(),
          false,
          "Whether to serve HTTPS with the certificate and key of [ssl].");

  static final Option<Integer> BACKLOG =
      Option.of(
          "DEFAULT", "backlog", integer(1), 4096, "Connections that may wait to be accepted.");

  static final Option<Duration> CLIENT_SOCKET_TIMEOUT =
      Option.of(
          "DEFAULT",
          "client_socket_timeout",
          seconds(0),
          Duration.ofMinutes(15),
          "Seconds after which a silent connection is closed; 0 means never.");

  static final Option<Integer> MAX_HEADER_LINE =
      Option.of(
          "DEFAULT",
          "max_header_line",
          integer(1),
          16384,
          "Longest accepted line of a request header, in bytes.");

  static final Option<Boolean> WSGI_KEEP_ALIVE =
      Option.of(
          "DEFAULT",
          "wsgi_keep_alive",
          bool(),
          true,
          "Whether a connection may carry several requests.");

  static final Option<Boolean> ALLOW_BULK =
      Option.of(
          "DEFAULT", "allow_bulk", bool(), true, "Whether one POST may create several resources.");

  static final Option<Integer> PAGINATION_MAX_LIMIT =
      Option.of(
          "DEFAULT",
          "pagination_max_limit",
          PAGINATION_LIMIT,
          NO_LIMIT,
          "Most items in one answer to a list request; -1 or infinite means no such limit.");

  static final Option<Boolean> FILTER_VALIDATION =
      Option.of(
          "DEFAULT",
          "filter_validation",
          bool(),
          true,
          "Whether an unknown filter in a list request is refused with 400 instead of being "
              + "ignored.");

  static final Option<String> NETWORK_LINK_PREFIX =
      Option.of(
          "DEFAULT",
          "network_link_prefix",
          string(),
          null,
          "What the links in answers start with in place of the scheme, host and port of the "
              + "request, such as https://api.example.org:9696.");

  static final List<Option<?>> OPTIONS =
      List.of(
          BIND_HOST,
          BIND_PORT,
          AUTH_STRATEGY,
          USE_SSL,
          BACKLOG,
          CLIENT_SOCKET_TIMEOUT,
          MAX_HEADER_LINE,
          WSGI_KEEP_ALIVE,
          ALLOW_BULK,
          PAGINATION_MAX_LIMIT,
          FILTER_VALIDATION,
          NETWORK_LINK_PREFIX);

  static ApiConfig read(ConfigReader reader) {
    return new ApiConfig(
        reader.get(BIND_HOST),
        reader.get(BIND_PORT),
        reader.get(AUTH_STRATEGY),
        reader.get(USE_SSL),
        reader.get(BACKLOG),
        reader.get(CLIENT_SOCKET_TIMEOUT),
        reader.get(MAX_HEADER_LINE),
        reader.get(WSGI_KEEP_ALIVE),
        reader.get(ALLOW_BULK),
        reader.get(PAGINATION_MAX_LIMIT),
        reader.get(FILTER_VALIDATION),
        reader.find(NETWORK_LINK_PREFIX));
  }

  private static int paginationLimit(String text) {
    if (text.strip().equals("infinite")) {
      return NO_LIMIT;
    }
    int limit = Math.toIntExact(OptionTypes.whole(text, -1, Integer.MAX_VALUE));
    if (limit == 0) {
      throw new IllegalArgumentException("must be at least 1, or -1 for no limit");
    }
    return limit;
  }
}
