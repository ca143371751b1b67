package org.midonet.neutron.auth;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an authenticator reads of a request; immutable.
 *
 * @param requestId our id of the request
 * @param path the path as the client sent it, which restricted application credentials are matched
 *     with
 * @param headers returns the first value of a header, its name without regard to case, or null
 */
public record AuthRequest(
    String requestId, String method, String path, Function<String, @Nullable String> headers) {

  /** Returns the header's value; null when it is not there or empty. */
  @Nullable String header(String name) {
    String value = headers.apply(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
