package org.midonet.plugin.client.api;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An answer of the MidoNet API. Immutable, safe to share between threads. */
record ApiResponse(int status, HttpHeaders headers, String body) {

  static ApiResponse of(int status, HttpHeaders headers, byte[] body) {
    return new ApiResponse(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  /** MidoNet's clients take everything up to 300 as success. */
  boolean isSuccess() {
    return status <= 300;
  }

  boolean isRedirect() {
    return status > 300 && status < 400;
  }

  @Nullable String header(String name) {
    return headers.firstValue(name).orElse(null);
  }
}
