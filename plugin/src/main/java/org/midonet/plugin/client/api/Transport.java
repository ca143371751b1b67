package org.midonet.plugin.client.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.midonet.plugin.client.MidonetException;
import org.midonet.plugin.client.MidonetSettings;

/**
 * HTTP to one MidoNet: sends a request and waits for the whole answer, bounded in time and size.
 * Safe to share between threads.
 *
 * <p>Whatever goes wrong below HTTP becomes a {@link MidonetException} that names MidoNet, its
 * address and the request.
 */
final class Transport implements AutoCloseable {

  /** Far above any document of MidoNet; a peer that sends more is not one. */
  private static final long MAX_ANSWER_BYTES = 16L << 20;

  private static final int MAX_REDIRECTS = 5;

  private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";

  static {
    // MidoNet closes a connection that was idle for 30 s, and so does Java's client. A request sent
    // at just that moment is lost, and only a GET may be repeated: give connections up before that.
    if (System.getProperty(KEEP_ALIVE) == null) {
      System.setProperty(KEEP_ALIVE, "10");
    }
  }

  private final HttpClient http;
  private final URI base;
  private final Duration callTimeout;

  Transport(MidonetSettings settings) {
    this.base = settings.midonetUri();
    this.callTimeout = settings.callTimeout();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    if ("https".equalsIgnoreCase(base.getScheme())) {
      builder.sslContext(settings.tls().context());
    }
    this.http = builder.build();
  }

  /**
   * The answer to the request, whatever its status; a redirected GET is followed within the same
   * server.
   */
  ApiResponse send(ApiRequest request, Deadline deadline) {
    ApiRequest current = request;
    for (int hop = 0; hop < MAX_REDIRECTS; hop++) {
      ApiResponse response = exchange(current, deadline);
      if (!response.isRedirect() || !request.method().equals("GET")) {
        return response;
      }
      current = current.withUri(target(current, response));
    }
    throw MidonetException.unusable(
        "MidoNet at %s answers %s with more than %d redirects."
            .formatted(base, request, MAX_REDIRECTS),
        null);
  }

  private URI target(ApiRequest request, ApiResponse response) {
    String location = response.header("Location");
    if (location == null) {
      throw MidonetException.unusable(
          "MidoNet at %s answered %s with %d and no Location."
              .formatted(base, request, response.status()),
          null);
    }
    URI target = Links.resolve(request.uri(), location);
    // The token must not travel to a server that the operator has not named.
    if (!sameServer(request.uri(), target)) {
      throw MidonetException.unusable(
          "MidoNet at %s redirects %s to another server, %s. If that is the MidoNet API, set midonet_uri to it."
              .formatted(base, request, target),
          null);
    }
    return target;
  }

  private static boolean sameServer(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && String.valueOf(one.getAuthority())
            .equalsIgnoreCase(String.valueOf(other.getAuthority()));
  }

  private ApiResponse exchange(ApiRequest request, Deadline deadline) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()));
    request.headers().forEach(builder::header);
    // Not HttpRequest.timeout: it ends with the headers, and a body that never ends would keep the
    // caller for ever.
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            builder.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
    try {
      HttpResponse<byte[]> response =
          answer.get(Math.max(0, deadline.remaining()), TimeUnit.NANOSECONDS);
      return ApiResponse.of(response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw MidonetException.unusable(
          "MidoNet at %s did not finish its answer to %s within %s s."
              .formatted(base, request, seconds(callTimeout)),
          e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw MidonetException.unusable(
          "The server is stopping; it no longer waits for MidoNet at %s to answer %s."
              .formatted(base, request),
          e);
    } catch (ExecutionException e) {
      throw failure(request, e.getCause() == null ? e : e.getCause());
    }
  }

  private MidonetException failure(ApiRequest request, Throwable cause) {
    String said = cause.getMessage() == null ? "" : ": " + cause.getMessage();
    return switch (cause) {
      case HttpConnectTimeoutException e ->
          MidonetException.unusable(
              "No connection to MidoNet at %s for %s in time. Is it running, and is midonet_uri in [MIDONET] right?"
                  .formatted(base, request),
              e);
      case ConnectException e ->
          MidonetException.unusable(
              "Cannot connect to MidoNet at %s for %s%s. Is it running, and is midonet_uri in [MIDONET] right?"
                  .formatted(base, request, said),
              e);
      case SSLException e -> noTls(request, e);
      case IOException e ->
          MidonetException.unusable(
              "MidoNet at %s broke off its answer to %s%s".formatted(base, request, said), e);
      default ->
          MidonetException.unusable(
              "Calling MidoNet at %s with %s failed: %s".formatted(base, request, cause), cause);
    };
  }

  /** Nothing was sent, for TLS comes first. */
  private MidonetException noTls(ApiRequest request, SSLException cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof CertificateException) {
        return MidonetException.unusable(
            "The certificate of MidoNet at %s is not trusted, so %s was not sent: %s. cafile in [MIDONET] names the authorities to trust."
                .formatted(base, request, t.getMessage()),
            cause);
      }
    }
    return MidonetException.unusable(
        "No TLS connection to MidoNet at %s for %s: %s. Does it speak https, and is midonet_uri in [MIDONET] right?"
            .formatted(base, request, cause.getMessage()),
        cause);
  }

  private static String seconds(Duration duration) {
    long millis = duration.toMillis();
    return millis % 1000 == 0 ? Long.toString(millis / 1000) : Double.toString(millis / 1000.0);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
