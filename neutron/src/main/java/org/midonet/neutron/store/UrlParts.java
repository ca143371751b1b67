package org.midonet.neutron.store;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a database URL on their way to a JDBC URL; immutable. Options of the Python drivers
 * (PyMySQL, mysqlclient, psycopg2) become those of the JDBC drivers.
 */
record UrlParts(
    String shown,
    @Nullable String user,
    @Nullable String password,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String database,
    Map<String, String> query) {

  DatabaseUrl sqlite() {
    if (host != null || user != null || port != null) {
      throw refuse("sqlite takes a path after three slashes, e.g. sqlite:////var/lib/neutron.db");
    }
    boolean inMemory = database == null || database.isEmpty() || database.equals(":memory:");
    String file = inMemory ? ":memory:" : Path.of(String.valueOf(database)).toString();
    return new DatabaseUrl(
        Dialect.SQLITE, "jdbc:sqlite:" + file, null, null, Map.of(), List.copyOf(query.keySet()));
  }

  DatabaseUrl mariadb() {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> ignored = new ArrayList<>();
    String sslMode = null;
    for (Map.Entry<String, String> option : query.entrySet()) {
      String value = option.getValue();
      switch (option.getKey()) {
        case "unix_socket" -> options.put("localSocket", value);
        case "connect_timeout" -> options.put("connectTimeout", seconds(option));
        case "read_timeout" -> options.put("socketTimeout", seconds(option));
        case "ssl_ca" -> {
          options.put("serverSslCert", value);
          sslMode = sslMode == null ? "verify-ca" : sslMode;
        }
        case "ssl_check_hostname", "ssl_verify_identity" -> {
          if (isTrue(value)) {
            sslMode = "verify-full";
          }
        }
        case "ssl_verify_cert" ->
            sslMode = sslMode == null && isTrue(value) ? "verify-ca" : sslMode;
        case "ssl", "ssl_mode" -> sslMode = sslMode == null ? sslMode(value) : sslMode;
        case "ssl_disabled" -> sslMode = isTrue(value) ? "disable" : sslMode;
        case "ssl_cert", "ssl_key" ->
            throw refuse(option.getKey() + ": client certificates are not supported");
        default -> ignored.add(option.getKey());
      }
    }
    // The Python drivers speak plainly unless told otherwise; the JDBC driver would insist on TLS.
    options.put("sslMode", sslMode == null ? "disable" : sslMode);
    String place = "jdbc:mariadb://" + hostPort("localhost") + "/" + databaseName();
    return new DatabaseUrl(Dialect.MARIADB, place, user, password, options, ignored);
  }

  DatabaseUrl postgresql() {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> ignored = new ArrayList<>();
    for (Map.Entry<String, String> option : query.entrySet()) {
      String key = option.getKey();
      String value = option.getValue();
      if (Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "options").contains(key)) {
        options.put(key, value);
      } else if (key.equals("connect_timeout")) {
        options.put("connectTimeout", value);
      } else if (key.equals("application_name")) {
        options.put("ApplicationName", value);
      } else if (key.equals("target_session_attrs")) {
        options.put("targetServerType", value.equals("read-write") ? "primary" : "any");
      } else if (key.equals("host") && value.startsWith("/")) {
        throw refuse("PostgreSQL over a Unix socket is not supported; give host and port");
      } else {
        ignored.add(key);
      }
    }
    String place = "jdbc:postgresql://" + hostPort("localhost") + "/" + databaseName();
    return new DatabaseUrl(Dialect.POSTGRESQL, place, user, password, options, ignored);
  }

  private String hostPort(String defaultHost) {
    return (host == null ? defaultHost : host) + (port == null ? "" : ":" + port);
  }

  private String databaseName() {
    if (database == null || database.isEmpty()) {
      throw refuse("no database name after the host");
    }
    return URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  private String seconds(Map.Entry<String, String> option) {
    try {
      return String.valueOf(Integer.parseInt(option.getValue()) * 1000L);
    } catch (NumberFormatException e) {
      throw refuse(option.getKey() + " is not a number of seconds");
    }
  }

  private String sslMode(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "false", "0", "disabled", "disable" -> "disable";
      case "verify_ca", "verify-ca" -> "verify-ca";
      case "verify_identity", "verify-full" -> "verify-full";
      case "true", "1", "required", "require", "preferred" -> "trust";
      default -> throw refuse("ssl is neither true nor false nor a mode");
    };
  }

  private static boolean isTrue(String value) {
    return value.equalsIgnoreCase("true") || value.equals("1");
  }

  private IllegalArgumentException refuse(String reason) {
    return new IllegalArgumentException("database URL \"" + shown + "\": " + reason);
  }
}
