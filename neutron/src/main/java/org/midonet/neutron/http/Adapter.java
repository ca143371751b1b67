package org.midonet.neutron.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.midonet.neutron.error.NeutronException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the web server's requests into ours and our answers into its; safe to share.
 *
 * <p>Only requests that have been read to their end are counted as under way: those that clients
 * never finish to send keep nobody out.
 */
record Adapter(HttpSettings settings, Handler handler, Semaphore permits) {
  private static final Logger LOG = LoggerFactory.getLogger(Adapter.class);
  private static final byte[] NOTHING = new byte[0];

  static Adapter of(HttpSettings settings, Handler handler) {
    return new Adapter(settings, handler, new Semaphore(settings.maxConcurrentRequests()));
  }

  void answer(ServerRequest request, ServerResponse response) {
    boolean inStep = true;
    Response answer;
    try {
      answer = handle(read(request));
    } catch (Unread e) {
      inStep = false;
      answer = Response.error(e.refusal);
    } catch (CloseConnectionException e) {
      throw e;
    } catch (NeutronException e) {
      answer = Response.error(e);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("{} {} failed", request.prologue().method().text(), request.path().path(), e);
      answer = Response.internalError();
    }
    response.status(Status.create(answer.status()));
    answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    boolean close =
        !inStep
            || !settings.keepAlive()
            || request.headers().contains(HeaderValues.CONNECTION_CLOSE);
    if (close) {
      response.header(HeaderValues.CONNECTION_CLOSE);
    }
    if (request.prologue().method().text().equalsIgnoreCase("HEAD")) {
      // The length a GET would have; the body itself would be read as the next answer.
      response.contentLength(answer.content().length());
      response.send();
    } else {
      send(response, answer.content());
    }
    if (close) {
      throw new CloseConnectionException("answered");
    }
  }

  /** The web server would copy a long body twice more to send it in one piece. */
  private static void send(ServerResponse response, Body body) {
    if (!body.isLong()) {
      response.send(body.toBytes());
      return;
    }
    response.contentLength(body.length());
    try (OutputStream out = response.outputStream()) {
      body.writeTo(out);
    } catch (IOException e) {
      throw new CloseConnectionException("the client has gone", e);
    }
  }

  private Response handle(Request request) {
    if (!permits.tryAcquire()) {
      return Response.error(503, "HTTPServiceUnavailable", "The server is busy; try again later.");
    }
    try {
      return handler.handle(request);
    } finally {
      permits.release();
    }
  }

  private Request read(ServerRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : request.headers()) {
      String value = header.get();
      if (header.name().length() + value.length() + 2 > settings.maxHeaderLine()) {
        throw new Unread(400, "HTTPBadRequest", "Header line too long.");
      }
      headers.putIfAbsent(header.headerName().lowerCase(), value);
    }
    String scheme = settings.tls() == null ? "http" : "https";
    String host = headers.getOrDefault("host", settings.host() + ":" + settings.port());
    return new Request(
        request.prologue().method().text().toUpperCase(Locale.ROOT),
        request.path().path(),
        request.query().rawValue(),
        headers,
        body(request),
        scheme + "://" + host,
        request.remotePeer().host());
  }

  private byte[] body(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return NOTHING;
    }
    int limit = settings.maxBodyBytes();
    if (request.headers().contentLength().orElse(0) > limit) {
      throw tooLarge("max_request_body_size (" + limit + ")");
    }
    byte[] bytes = whole(request, limit + 1);
    if (bytes.length > limit) {
      throw tooLarge(String.valueOf(limit));
    }
    return bytes;
  }

  /** A client that goes away or falls silent in the middle of a body gets no answer. */
  private byte[] whole(ServerRequest request, int most) {
    Patience patience = new Patience(settings.silence());
    try (InputStream in = request.content().inputStream()) {
      return in.readNBytes(most);
    } catch (IOException | RuntimeException e) {
      LOG.debug("the body of a request broke off", e);
      throw new CloseConnectionException("the body broke off", e);
    } finally {
      patience.end();
    }
  }

  private static Unread tooLarge(String limit) {
    return new Unread(
        413, "HTTPRequestEntityTooLarge", "Request is too large. Larger than " + limit + ".");
  }

  /** A refusal while the rest of the request is still to come, so that the connection must go. */
  private static final class Unread extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient NeutronException refusal;

    Unread(int status, String type, String message) {
      super(message, null, false, false);
      this.refusal = new NeutronException(status, type, message);
    }
  }
}
