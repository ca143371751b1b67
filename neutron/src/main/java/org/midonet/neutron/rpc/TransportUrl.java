package org.midonet.neutron.rpc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code transport_url} of oslo.messaging; immutable and safe to share between threads.
 *
 * <p>The form is {@code rabbit://user:password@host:port[,user:password@host:port...]/vhost?query},
 * with percent-encoding in the user, the password and the virtual host. A host without credentials
 * connects as {@code guest}, no host at all means {@code localhost}.
 *
 * @param hosts where the brokers of one cluster answer, at least one
 * @param virtualHost the virtual host, {@code /} where the URL names none
 * @param query what stands after the question mark
 */
public record TransportUrl(List<Host> hosts, String virtualHost, Map<String, String> query) {

  private static final int DEFAULT_PORT = 5672;

  /** One broker and the account to use there. */
  public record Host(String name, int port, String user, String password) {

    /** Names the broker without the account's password. */
    @Override
    public String toString() {
      return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
  }

  public TransportUrl {
    hosts = List.copyOf(hosts);
    query = Map.copyOf(query);
  }

  /**
   * Reads a transport URL.
   *
   * @throws IllegalArgumentException if it is none, saying why; the message holds no password
   */
  public static TransportUrl parse(String text) {
    int scheme = text.indexOf("://");
    if (scheme < 1) {
      throw new IllegalArgumentException("transport_url has no scheme such as rabbit://");
    }
    String driver = text.substring(0, scheme);
    if (!driver.equals("rabbit") && !driver.equals("kombu")) {
      throw new IllegalArgumentException(
          "transport_url names the driver '" + driver + "'; only rabbit is supported");
    }
    String rest = text.substring(scheme + 3);
    Map<String, String> query = Map.of();
    int mark = rest.indexOf('?');
    if (mark >= 0) {
      query = parseQuery(rest.substring(mark + 1));
      rest = rest.substring(0, mark);
    }
    int slash = rest.indexOf('/');
    String virtualHost = slash < 0 ? "" : decode(rest.substring(slash + 1));
    List<Host> hosts = new ArrayList<>();
    for (String location : (slash < 0 ? rest : rest.substring(0, slash)).split(",", -1)) {
      if (!location.isEmpty()) {
        hosts.add(parseHost(location));
      }
    }
    if (hosts.isEmpty()) {
      hosts.add(new Host("localhost", DEFAULT_PORT, "guest", "guest"));
    }
    return new TransportUrl(hosts, virtualHost.isEmpty() ? "/" : virtualHost, query);
  }

  private static Host parseHost(String location) {
    int at = location.lastIndexOf('@');
    String user = "guest";
    String password = "guest";
    if (at >= 0) {
      String account = location.substring(0, at);
      int colon = account.indexOf(':');
      user = decode(colon < 0 ? account : account.substring(0, colon));
      password = colon < 0 ? "" : decode(account.substring(colon + 1));
    }
    String address = location.substring(at + 1);
    String name = address;
    @Nullable String port = null;
    if (address.startsWith("[")) {
      int end = address.indexOf(']');
      if (end < 0) {
        throw new IllegalArgumentException("transport_url has a '[' without ']': " + address);
      }
      name = address.substring(1, end);
      port = address.startsWith(":", end + 1) ? address.substring(end + 2) : null;
    } else if (address.contains(":")) {
      name = address.substring(0, address.indexOf(':'));
      port = address.substring(address.indexOf(':') + 1);
    }
    return new Host(name.isEmpty() ? "localhost" : name, parsePort(port), user, password);
  }

  private static int parsePort(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return DEFAULT_PORT;
    }
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Falls to the message below, which says as much.
    }
    throw new IllegalArgumentException("transport_url has an impossible port: " + text);
  }

  private static Map<String, String> parseQuery(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.merge(
            decode(pair.substring(0, equals)),
            decode(pair.substring(equals + 1)),
            (first, next) -> first + "," + next);
      }
    }
    return query;
  }

  /** Percent-decodes; unlike in a form, '+' stands for itself. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("transport_url has a malformed percent-encoding", e);
    }
  }

  /** Names the brokers, never the passwords. */
  @Override
  public String toString() {
    return "rabbit://"
        + String.join(",", hosts.stream().map(Host::toString).toList())
        + (virtualHost.equals("/") ? "/" : "/" + virtualHost);
  }
}
