package org.midonet.cluster.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.core.CoreEndpoints;
import org.midonet.cluster.neutron.rest.NeutronEndpoints;
import org.midonet.cluster.translation.Chance;
import org.midonet.cluster.translation.Translation;
import org.midonet.cluster.translation.TranslationSettings;
import org.midonet.neutron.http.HttpSettings;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Nsdb;

/** An API server on a free port with a store in memory, and a client of it. */
public final class TestApi implements AutoCloseable {
  private static final String ROOT = "/midonet-api";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Nsdb nsdb;
  private final MidonetApiServer server;

  private TestApi(Nsdb nsdb, ApiAuth auth, List<Endpoint> endpoints) {
    this.nsdb = nsdb;
    this.server =
        MidonetApiServer.start(
            HttpSettings.loopback(0), ROOT, new MidonetApi(ROOT, auth, endpoints));
  }

  /** Starts a server without login. */
  public static TestApi start() {
    return start(new MockAuth());
  }

  /** Starts a server. */
  public static TestApi start(ApiAuth auth) {
    Nsdb nsdb = new MemoryNsdb();
    List<Endpoint> endpoints = new ArrayList<>(CoreEndpoints.of(nsdb, auth));
    Chance chance = Chance.of(ThreadLocalRandom.current());
    endpoints.addAll(
        NeutronEndpoints.of(nsdb, new Translation(TranslationSettings.DEFAULT, chance)));
    return new TestApi(nsdb, auth, endpoints);
  }

  /** The store behind the server. */
  public Nsdb nsdb() {
    return nsdb;
  }

  /** Where the API is. */
  public String uri() {
    return server.uri();
  }

  /** An answer. */
  public record Reply(int status, HttpResponse<String> response) {
    /** The body as text. */
    public String text() {
      return response.body();
    }

    /** The body as JSON, null for none. */
    public @Nullable Object json() {
      return text().isEmpty() ? null : Json.read(text().getBytes(StandardCharsets.UTF_8));
    }

    /** The body as a JSON object. */
    @SuppressWarnings("unchecked")
    public Map<String, @Nullable Object> object() {
      return (Map<String, @Nullable Object>) Objects.requireNonNull(json());
    }

    /** The body as a JSON array. */
    @SuppressWarnings("unchecked")
    public List<Map<String, @Nullable Object>> list() {
      return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(json());
    }

    /** A header, null when it is not there. */
    public @Nullable String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    /** The last part of the address of what was created. */
    public String createdId() {
      String location = header("Location");
      if (location == null) {
        throw new AssertionError("nothing was created: " + status + " " + text());
      }
      return location.substring(location.lastIndexOf('/') + 1);
    }
  }

  /**
   * Sends a request.
   *
   * @param path below the root, or an absolute address
   * @param headers names and values in turn
   */
  public Reply send(String method, String path, @Nullable Object body, String... headers) {
    URI uri = URI.create(path.startsWith("http") ? path : uri() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, publisher(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.BodyPublisher publisher(@Nullable Object body) {
    if (body == null) {
      return BodyPublishers.noBody();
    }
    return body instanceof String text
        ? BodyPublishers.ofString(text)
        : BodyPublishers.ofByteArray(Json.write(body));
  }

  /** GET of anything, in the form that a client without preferences gets. */
  public Reply get(String path) {
    return send("GET", path, null, "Accept", "*/*");
  }

  /** POST of plain JSON. */
  public Reply post(String path, Object body) {
    return send("POST", path, body, "Content-Type", Media.JSON);
  }

  /** PUT of plain JSON. */
  public Reply put(String path, Object body) {
    return send("PUT", path, body, "Content-Type", Media.JSON);
  }

  /** DELETE. */
  public Reply delete(String path) {
    return send("DELETE", path, null);
  }

  @Override
  public void close() {
    server.close();
    client.close();
    nsdb.close();
  }
}
