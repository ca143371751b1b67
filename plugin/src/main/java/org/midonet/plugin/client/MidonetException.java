package org.midonet.plugin.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;

/**
 * MidoNet refused a call, answered nonsense, or did not answer. Immutable, safe to share between
 * threads.
 *
 * <p>The user of the Networking API sees {@link #status()}: the code with which MidoNet refused, or
 * 500 when there was no usable answer (spec sections 2.0.4 and 3.8, rules 22 and 23).
 */
public final class MidonetException extends RuntimeException {

  /** The names under which Neutron reports a status that a backend answered. */
  private static final Map<Integer, String> TYPES =
      Map.ofEntries(
          Map.entry(400, "HTTPBadRequest"),
          Map.entry(401, "HTTPUnauthorized"),
          Map.entry(402, "HTTPPaymentRequired"),
          Map.entry(403, "HTTPForbidden"),
          Map.entry(404, "HTTPNotFound"),
          Map.entry(405, "HTTPMethodNotAllowed"),
          Map.entry(406, "HTTPNotAcceptable"),
          Map.entry(407, "HTTPProxyAuthenticationRequired"),
          Map.entry(408, "HTTPRequestTimeout"),
          Map.entry(409, "HTTPConflict"),
          Map.entry(410, "HTTPGone"),
          Map.entry(411, "HTTPLengthRequired"),
          Map.entry(412, "HTTPPreconditionFailed"),
          Map.entry(413, "HTTPRequestEntityTooLarge"),
          Map.entry(414, "HTTPRequestURITooLong"),
          Map.entry(415, "HTTPUnsupportedMediaType"),
          Map.entry(416, "HTTPRequestRangeNotSatisfiable"),
          Map.entry(417, "HTTPExpectationFailed"),
          Map.entry(422, "HTTPUnprocessableEntity"),
          Map.entry(423, "HTTPLocked"),
          Map.entry(424, "HTTPFailedDependency"),
          Map.entry(428, "HTTPPreconditionRequired"),
          Map.entry(429, "HTTPTooManyRequests"),
          Map.entry(431, "HTTPRequestHeaderFieldsTooLarge"),
          Map.entry(451, "HTTPUnavailableForLegalReasons"),
          Map.entry(500, "HTTPInternalServerError"),
          Map.entry(501, "HTTPNotImplemented"),
          Map.entry(502, "HTTPBadGateway"),
          Map.entry(503, "HTTPServiceUnavailable"),
          Map.entry(504, "HTTPGatewayTimeout"),
          Map.entry(505, "HTTPVersionNotSupported"),
          Map.entry(511, "HTTPNetworkAuthenticationRequired"));

  private final int status;

  private MidonetException(int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** MidoNet answered with an error status; a code that is no HTTP error becomes 500. */
  public static MidonetException refused(int backendStatus, String message) {
    return new MidonetException(
        TYPES.containsKey(backendStatus) ? backendStatus : 500, message, null);
  }

  /** There was no usable answer. */
  public static MidonetException unusable(String message, @Nullable Throwable cause) {
    return new MidonetException(500, message, cause);
  }

  /** The HTTP status for the user of the Networking API. */
  public int status() {
    return status;
  }

  /** The error as the user of the Networking API is told it. */
  public NeutronException toNeutron() {
    return new NeutronException(status, type(), String.valueOf(getMessage()));
  }

  /** The error type for the user of the Networking API: {@code HTTPConflict} for 409. */
  public String type() {
    return TYPES.getOrDefault(status, "HTTPInternalServerError");
  }
}
