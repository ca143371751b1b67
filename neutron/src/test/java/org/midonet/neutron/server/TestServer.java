package org.midonet.neutron.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.DatabaseSettings;
import org.midonet.neutron.store.TestDatabase;

/**
 * A server on a free loopback port with a database of its own and every extension loaded; safe to
 * share.
 */
public final class TestServer implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Database database;
  private final NeutronServer server;

  private TestServer(Database database, NeutronServer server) {
    this.database = database;
    this.server = server;
  }

  /** Starts one on SQLite in that directory. */
  public static TestServer start(Path directory) {
    return start("sqlite:///" + directory.resolve("neutron.db"), Map.of());
  }

  /** The one on that database, which closes it. */
  public static TestServer on(TestDatabase database) {
    return database.attached(TestServer.class, url -> start(url, Map.of()), TestServer::close);
  }

  /**
   * Starts one.
   *
   * @param url the database, in SQLAlchemy's form
   * @param options section.key to value, as in neutron.conf
   */
  public static TestServer start(String url, Map<String, String> options, Plugin... plugins) {
    Map<String, String> all = new HashMap<>(options);
    all.putIfAbsent("DEFAULT.auth_strategy", "noauth");
    all.putIfAbsent("DEFAULT.bind_host", "127.0.0.1");
    all.putIfAbsent("DEFAULT.bind_port", "0");
    NeutronConfig config = NeutronConfig.of(all);
    List<Plugin> chosen = plugins.length == 0 ? List.of(new Everything(config)) : List.of(plugins);
    Database database = Database.open(DatabaseSettings.of(url));
    database.migrate();
    return new TestServer(database, NeutronServer.start(config, database, chosen));
  }

  /** A plugin that serves all extensions there are. */
  private record Everything(NeutronConfig config) implements Plugin {
    @Override
    public String name() {
      return "everything";
    }

    @Override
    public Set<String> aliases() {
      return Features.of(config, List.of(), null).stream()
          .map(Feature::extensions)
          .flatMap(List::stream)
          .map(extension -> extension.alias())
          .collect(Collectors.toSet());
    }
  }

  /** The running server. */
  public NeutronServer server() {
    return server;
  }

  /** The database under it. */
  public Database database() {
    return database;
  }

  /** Where it is, without a final slash. */
  public String url() {
    return "http://127.0.0.1:" + server.port();
  }

  /** A client that is an administrator of project {@code admin}. */
  public Client admin() {
    return new Client("admin", "admin");
  }

  /** A client that is a member of a project. */
  public Client member(String project) {
    return new Client(project, "member");
  }

  /** A client that is a member of a project, and a reader of it as Keystone's members are. */
  public Client reader(String project) {
    return new Client(project, "member,reader");
  }

  /** Sends requests as somebody. */
  public final class Client {
    private final String project;
    private final String roles;

    private Client(String project, String roles) {
      this.project = project;
      this.roles = roles;
    }

    /** Lists or shows. */
    public Answer get(String path) {
      return send("GET", path, null);
    }

    /** Creates; the answer must be 201. */
    @SuppressWarnings("unchecked") // JSON objects have string keys
    public Map<String, Object> create(String path, String name, Map<String, ?> values) {
      Answer answer = post(path, Map.of(name, values));
      if (answer.status() != 201) {
        throw new AssertionError(answer);
      }
      return (Map<String, Object>) Objects.requireNonNull(answer.body().get(name));
    }

    /** Creates or acts. */
    public Answer post(String path, Map<String, ?> body) {
      return send("POST", path, body);
    }

    /** Updates or acts. */
    public Answer put(String path, Map<String, ?> body) {
      return send("PUT", path, body);
    }

    /** Deletes. */
    public Answer delete(String path) {
      return send("DELETE", path, null);
    }

    /** Sends a request below /v2.0/ with headers of its own, names and values in turn. */
    public Answer send(
        String method, String path, @Nullable Map<String, ?> body, String... headers) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url() + "/v2.0/" + path))
              .header("X-Project-Id", project)
              .header("X-User-Id", project + "-user")
              .header("X-Roles", roles)
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofByteArray(Json.writeBytes(body)));
      if (headers.length > 0) {
        request.headers(headers);
      }
      try {
        HttpResponse<byte[]> response =
            HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), read(response.body()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    @SuppressWarnings("unchecked") // JSON objects have string keys
    private Map<String, Object> read(byte[] body) {
      return body.length > 0 && Json.read(body) instanceof Map<?, ?> map
          ? (Map<String, Object>) map
          : Map.of();
    }
  }

  /** An answer: its status and its JSON body. */
  public record Answer(int status, Map<String, Object> body) {
    /** The object under the only key of the body. */
    @SuppressWarnings("unchecked") // JSON objects have string keys
    public Map<String, Object> item() {
      return (Map<String, Object>) body.values().iterator().next();
    }

    /** The list under the first key of the body. */
    @SuppressWarnings("unchecked") // JSON objects have string keys
    public List<Map<String, Object>> items() {
      return (List<Map<String, Object>>) body.values().iterator().next();
    }

    /** The type of the error. */
    public String errorType() {
      return String.valueOf(item().get("type"));
    }

    /** The message of the error. */
    public String errorMessage() {
      return String.valueOf(item().get("message"));
    }
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
