package org.midonet.neutron.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to listen; immutable.
 *
 * @param host address to bind
 * @param port TCP port, 0 for any free one
 * @param backlog connections the kernel may queue
 * @param maxBodyBytes the largest body that is read ([oslo_middleware] max_request_body_size)
 * @param maxHeaderLine the longest header line in bytes, name and value ([DEFAULT] max_header_line)
 * @param maxConcurrentRequests requests under way at once; more are refused with 503
 * @param silence after which a connection is closed, zero for never ([DEFAULT]
 *     client_socket_timeout)
 * @param keepAlive whether a connection carries several requests ([DEFAULT] wsgi_keep_alive)
 * @param tls certificate and key, null for plain HTTP
 */
public record HttpSettings(
    String host,
    int port,
    int backlog,
    int maxBodyBytes,
    int maxHeaderLine,
    int maxConcurrentRequests,
    Duration silence,
    boolean keepAlive,
    @Nullable TlsFiles tls) {

  /** Plain HTTP on a loopback port. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings(
        "127.0.0.1", port, 4096, 114688, 16384, 4096, Duration.ofMinutes(15), true, null);
  }
}
