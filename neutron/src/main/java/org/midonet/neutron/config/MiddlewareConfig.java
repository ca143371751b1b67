package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.bool;
import static org.midonet.neutron.config.OptionTypes.integer;

import java.util.List;

/** What is asked of every request ({@code [oslo_middleware]}); immutable. */
public record MiddlewareConfig(int maxRequestBodySize, boolean enableProxyHeadersParsing) {
  static final Option<Integer> MAX_REQUEST_BODY_SIZE =
      Option.of(
              "oslo_middleware",
              "max_request_body_size",
              integer(0),
              114688,
              "Largest body of a request, in bytes.")
          .formerly("DEFAULT", "osapi_max_request_body_size")
          .formerly("DEFAULT", "max_request_body_size");

  static final Option<Boolean> ENABLE_PROXY_HEADERS_PARSING =
      Option.of(
          "oslo_middleware",
          "enable_proxy_headers_parsing",
          bool(),
          false,
          "Whether the X-Forwarded and Forwarded headers of a proxy are believed.");

  static final List<Option<?>> OPTIONS =
      List.of(MAX_REQUEST_BODY_SIZE, ENABLE_PROXY_HEADERS_PARSING);

  static MiddlewareConfig read(ConfigReader reader) {
    return new MiddlewareConfig(
        reader.get(MAX_REQUEST_BODY_SIZE), reader.get(ENABLE_PROXY_HEADERS_PARSING));
  }
}
