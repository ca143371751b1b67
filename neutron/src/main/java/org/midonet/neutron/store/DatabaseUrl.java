package org.midonet.neutron.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is and who logs in, read from a URL of the form that SQLAlchemy documents
 * ("Database URLs"); immutable. {@link #toString} leaves the password out.
 *
 * @param dialect which database
 * @param jdbcUrl the same place for JDBC, without user, password and options
 * @param user the login, or null
 * @param password its password, or null
 * @param options options of the JDBC driver, from the query parameters
 * @param ignored query parameters that mean nothing here, for a warning at start
 */
public record DatabaseUrl(
    Dialect dialect,
    String jdbcUrl,
    @Nullable String user,
    @Nullable String password,
    Map<String, String> options,
    List<String> ignored) {

  private static final Pattern URL =
      Pattern.compile(
          "(?<name>[\\w+]+)://"
              + "(?:(?<user>[^:/@]*)(?::(?<password>[^@]*))?@)?"
              + "(?:(?:\\[(?<ip6>[^/?\\]]+)]|(?<host>[^/:?@]+))?(?::(?<port>[^/?]*))?)?"
              + "(?:/(?<database>[^?]*))?"
              + "(?:\\?(?<query>.*))?",
          Pattern.DOTALL);

  /**
   * Reads a URL such as {@code sqlite:///var/neutron.db}, {@code
   * mysql+pymysql://neutron:secret@controller/neutron?charset=utf8} or {@code
   * postgresql://neutron:secret@[::1]:5432/neutron}.
   *
   * @throws IllegalArgumentException when it is none; the message does not hold the password
   */
  public static DatabaseUrl parse(String text) {
    String url = text.strip();
    Matcher matcher = URL.matcher(url);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a database URL: \""
              + redact(url)
              + "\" (wanted: dialect[+driver]://user:password@host:port/database?option=value;"
              + " '@', ':' and '/' in a password are written %40, %3A and %2F)");
    }
    String name = matcher.group("name").toLowerCase(Locale.ROOT);
    int plus = name.indexOf('+');
    UrlParts parts =
        new UrlParts(
            redact(url),
            decode(matcher.group("user"), url),
            decode(matcher.group("password"), url),
            matcher.group("ip6") == null ? matcher.group("host") : "[" + matcher.group("ip6") + "]",
            port(matcher.group("port"), url),
            matcher.group("database"),
            query(matcher.group("query"), url));
    return switch (plus < 0 ? name : name.substring(0, plus)) {
      case "sqlite" -> parts.sqlite();
      case "mysql", "mariadb" -> parts.mariadb();
      case "postgresql", "postgres" -> parts.postgresql();
      default ->
          throw new IllegalArgumentException(
              "database URL \""
                  + redact(url)
                  + "\": no such dialect; there are sqlite, postgresql, mysql and mariadb");
    };
  }

  private static @Nullable Integer port(@Nullable String text, String url) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < 65536) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "database URL \"" + redact(url) + "\": the port is not a number from 1 to 65535");
  }

  private static Map<String, String> query(@Nullable String text, String url) {
    Map<String, String> query = new LinkedHashMap<>();
    if (text != null) {
      for (String pair : text.split("[&;]", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          String value = pair.substring(equals + 1).replace('+', ' ');
          query.put(pair.substring(0, equals), String.valueOf(decode(value, url)));
        }
      }
    }
    return query;
  }

  private static @Nullable String decode(@Nullable String text, String url) {
    if (text == null) {
      return null;
    }
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Not chained: its message quotes what it could not decode, which may be the password.
      throw new IllegalArgumentException(
          "database URL \"" + redact(url) + "\": a % that is not followed by two hex digits");
    }
  }

  /** The URL with whatever may be a password replaced, also in one that does not parse. */
  static String redact(String url) {
    int start = url.indexOf("://");
    int at = url.lastIndexOf('@');
    int from = start < 0 ? 0 : start + 3;
    int colon = url.indexOf(':', from);
    String shown =
        at > from && colon >= 0 && colon < at
            ? url.substring(0, colon) + ":***" + url.substring(at)
            : url;
    return shown.replaceAll("(?i)(passw(or)?d=)[^&;]*", "$1***");
  }

  @Override
  public String toString() {
    return dialect + " " + jdbcUrl + (user == null ? "" : " as " + user);
  }
}
