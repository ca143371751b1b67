package org.midonet.cluster.api;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.http.Response;

/**
 * Answers {@code /login}: Basic credentials (RFC 7617) for a token, in the body and as a cookie,
 * which is where MidoNet's own client looks; immutable and safe to share.
 */
record Login(ApiAuth auth) {
  /** The answers of this path alone name their character set. */
  private static final String CHARSET = ";charset=utf-8";

  private static final String TOKEN = Media.item("Token", 1) + CHARSET;
  private static final String CHALLENGE = "Basic  realm=\"BASIC_AUTH_REALM\"";
  private static final DateTimeFormatter COOKIE_DATE =
      DateTimeFormatter.ofPattern("EEE, dd-MMM-yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  Response answer(Request request) {
    try {
      Credentials given = credentials(request.header("Authorization"));
      ApiAuth.Token token =
          auth.login(given.user(), given.password(), request.header("X-Auth-Project"));
      return answer(token);
    } catch (ApiException e) {
      Response answer = Answers.error(e).with("Content-Type", Answers.ERROR + CHARSET);
      return e.status() == 401 ? answer.with("WWW-Authenticate", CHALLENGE) : answer;
    }
  }

  private static Response answer(ApiAuth.Token token) {
    String expires = token.expires() == null ? null : COOKIE_DATE.format(token.expires());
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("key", token.key());
    body.put("expires", expires);
    String cookie = "sessionId=" + token.key() + (expires == null ? "" : ";Expires=" + expires);
    return Answers.entity(200, TOKEN, body).with("Set-Cookie", cookie);
  }

  private record Credentials(String user, String password) {}

  private static Credentials credentials(@Nullable String header) {
    if (header == null || header.isBlank()) {
      throw new ApiException(401, "Authorization header is not set.");
    }
    String[] parts = header.strip().split("\\s+", 2);
    if (parts.length < 2 || !parts[0].equalsIgnoreCase("Basic")) {
      throw new ApiException(401, "The Authorization header is not of the scheme Basic.");
    }
    String text;
    try {
      text = new String(Base64.getDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ApiException(401, "The Authorization header is not valid Base64.");
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new ApiException(401, "The Authorization header has no password.");
    }
    return new Credentials(text.substring(0, colon), text.substring(colon + 1));
  }
}
