package org.midonet.plugin.client.api;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request to the MidoNet API. Immutable, safe to share between threads.
 *
 * <p>What each method carries is fixed by MidoNet's clients (spec appendix A.4): POST names the
 * media type twice, PUT as Content-Type alone, GET as Accept alone, DELETE not at all; a request
 * without a body of its own has the body {@code {}}.
 */
record ApiRequest(String method, URI uri, Map<String, String> headers, String body) {

  private static final String NO_BODY = "{}";

  static ApiRequest get(URI uri, String mediaType) {
    return new ApiRequest("GET", uri, Map.of("Accept", mediaType), NO_BODY);
  }

  static ApiRequest post(URI uri, String mediaType, String body) {
    return new ApiRequest(
        "POST", uri, Map.of("Content-Type", mediaType, "Accept", mediaType), body);
  }

  static ApiRequest put(URI uri, String mediaType, String body) {
    return new ApiRequest("PUT", uri, Map.of("Content-Type", mediaType), body);
  }

  static ApiRequest delete(URI uri) {
    return new ApiRequest("DELETE", uri, Map.of(), NO_BODY);
  }

  static ApiRequest login(URI uri) {
    return new ApiRequest("POST", uri, Map.of(), NO_BODY);
  }

  ApiRequest withHeader(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new ApiRequest(method, uri, Map.copyOf(all), body);
  }

  ApiRequest withUri(URI other) {
    return new ApiRequest(method, other, headers, body);
  }

  /** How a message names this request; headers and body stay out, they hold secrets. */
  @Override
  public String toString() {
    return method + " " + uri;
  }
}
