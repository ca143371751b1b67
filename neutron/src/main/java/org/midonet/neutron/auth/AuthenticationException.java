package org.midonet.neutron.auth;

import java.util.Map;

/**
 * The answer to a request whose sender is not known; immutable. Unlike other refusals its body is
 * not a NeutronError: it is what keystonemiddleware answers in front of Neutron.
 */
public final class AuthenticationException extends RuntimeException {

  private static final String REQUIRED =
      """
      {"error": {"code": 401, "title": "Unauthorized", \
      "message": "The request you have made requires authentication."}}\
      """;

  private static final String UNAVAILABLE =
      """
      {"message": "The server is currently unavailable. Please try again at a later time.<br /><br />\\n\
      The Keystone service is temporarily unavailable.\\n\\n", \
      "code": "503 Service Unavailable", "title": "Service Unavailable"}\
      """;

  private final int status;
  private final transient Map<String, String> headers;
  private final String body;

  private AuthenticationException(
      int status, Map<String, String> headers, String body, String reason) {
    super(reason, null, false, false);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** A 401 that says where to get a token. */
  static AuthenticationException required(String keystone, String reason) {
    String challenge = "Keystone uri=\"" + keystone + "\"";
    return new AuthenticationException(
        401, Map.of("WWW-Authenticate", challenge), REQUIRED, reason);
  }

  /** A 503 for when Keystone cannot be asked. */
  static AuthenticationException unavailable(String reason) {
    return new AuthenticationException(503, Map.of(), UNAVAILABLE, reason);
  }

  /** The HTTP status, 401 or 503. */
  public int status() {
    return status;
  }

  /** Headers to answer with besides the content type, which is application/json. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The body, JSON. */
  public String body() {
    return body;
  }
}
