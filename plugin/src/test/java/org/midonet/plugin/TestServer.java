package org.midonet.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.midonet.neutron.api.Authorizer;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.http.HttpSettings;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.server.Components;
import org.midonet.neutron.server.Gate;
import org.midonet.neutron.server.NeutronServer;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.DatabaseSettings;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.l3.MidonetL3Plugin;
import org.midonet.plugin.midonet.MidonetV2Plugin;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Networking API server with the MidoNet plugins, a database in memory and nobody to keep out.
 * Safe to share between threads.
 */
public final class TestServer implements AutoCloseable {

  /** The project of every request. */
  public static final String PROJECT = "11111111111111111111111111111111";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;
  private final NeutronServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  /** An answer. */
  public record Answer(int status, JsonNode body) {
    /** The id of the resource in the body. */
    public String id() {
      return resource().get("id").asString();
    }

    /** The resource in the body, without its wrapper. */
    public JsonNode resource() {
      return body.iterator().next();
    }
  }

  public TestServer(MidonetClient client) {
    database = Database.open(DatabaseSettings.of("sqlite://"));
    createTables(database);
    server =
        NeutronServer.start(
            new Components(
                HttpSettings.loopback(0),
                database,
                (request, id) -> new Gate.Admission.Admitted(administrator(id)),
                new Everything(),
                (session, type, inputs) -> {},
                List.of(new MidonetV2Plugin(client), new MidonetL3Plugin(client)),
                0));
  }

  private static void createTables(Database database) {
    for (String migration : List.of("V001__networks.sql", "V002__subnets.sql", "V003__ports.sql")) {
      for (String statement : script(migration).split(";", -1)) {
        String sql = statement.replace("${text}", "TEXT").replace("${table_options}", "").strip();
        if (!sql.isEmpty()) {
          database.write(tx -> tx.dsl().execute(sql));
        }
      }
    }
  }

  private static String script(String name) {
    try (InputStream in = Database.class.getResourceAsStream("migrations/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RequestContext administrator(String requestId) {
    return RequestContext.admin(requestId).toBuilder()
        .project(PROJECT, "admin")
        .role("admin")
        .build();
  }

  /** Policy that allows everything. */
  private static final class Everything implements Authorizer {
    @Override
    public void enforce(Session session, String action, Resource target, Resource given) {}

    @Override
    public boolean allows(Session session, String action, Resource target) {
      return true;
    }

    @Override
    public Visibility visibility(Session session, ResourceDefinition definition) {
      return (index, resource) -> true;
    }
  }

  public Answer get(String path) {
    return send("GET", path, "");
  }

  public Answer post(String path, String body) {
    return send("POST", path, body);
  }

  public Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  public Answer delete(String path) {
    return send("DELETE", path, "");
  }

  /** Sends a request whose body is JSON with single quotes, for legibility. */
  private Answer send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/v2.0" + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      String text = response.body().isEmpty() ? "{}" : response.body();
      return new Answer(response.statusCode(), JSON.readTree(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
    database.close();
  }
}
