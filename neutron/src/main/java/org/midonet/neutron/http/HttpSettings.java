package org.midonet.neutron.http;

import io.helidon.common.tls.Tls;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to listen; immutable.
 *
 * @param host address to bind
 * @param port TCP port, 0 for any free one
 * @param backlog connections the kernel may queue
 * @param maxBodyBytes the largest body that is read ([oslo_middleware] max_request_body_size)
 * @param maxConcurrentRequests requests under way at once; more are refused with 503
 * @param trustProxyHeaders whether X-Forwarded-Proto and X-Forwarded-Host make the links
 * @param tls certificate and key, null for plain HTTP
 */
public record HttpSettings(
    String host,
    int port,
    int backlog,
    int maxBodyBytes,
    int maxConcurrentRequests,
    boolean trustProxyHeaders,
    @Nullable Tls tls) {

  /** Plain HTTP on a loopback port. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings("127.0.0.1", port, 4096, 114688, 4096, false, null);
  }
}
