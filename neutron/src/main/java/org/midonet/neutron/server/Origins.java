package org.midonet.neutron.server;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.Handler;
import org.midonet.neutron.http.Request;

/** How clients see the server when it is not reached directly; stateless. */
final class Origins {
  private Origins() {}

  /**
   * Believes a proxy's Forwarded (RFC 7239) or, without it, X-Forwarded-Proto, -Host and -For; and
   * X-Forwarded-Prefix ([oslo_middleware] enable_proxy_headers_parsing).
   */
  static Handler behindProxy(Handler inner) {
    return request -> inner.handle(forwarded(request));
  }

  /**
   * Links start with the prefix instead of what the request says ([DEFAULT] network_link_prefix).
   */
  static Handler linkedAt(String prefix, Handler inner) {
    String base = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    return request -> inner.handle(request.withOrigin(base, request.peer()));
  }

  private static Request forwarded(Request request) {
    Map<String, String> said = said(request);
    String[] base = request.base().split("://", 2);
    return request.withOrigin(
        or(said.get("proto"), base[0])
            + "://"
            + or(said.get("host"), base[1])
            + request.headers().getOrDefault("x-forwarded-prefix", ""),
        or(said.get("for"), request.peer()));
  }

  private static Map<String, String> said(Request request) {
    Map<String, String> said = new HashMap<>();
    String standard = request.header("forwarded");
    if (standard != null) {
      for (String pair : standard.split(",", 2)[0].split(";", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          said.put(
              pair.substring(0, equals).strip().toLowerCase(Locale.ROOT),
              unquoted(pair.substring(equals + 1).strip()));
        }
      }
      return said;
    }
    for (String name : new String[] {"proto", "host", "for"}) {
      String value = request.header("x-forwarded-" + name);
      if (value != null) {
        said.put(name, value);
      }
    }
    return said;
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
