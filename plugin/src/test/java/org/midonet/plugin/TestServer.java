package org.midonet.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.metering.MeteringPlugin;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.server.NeutronServer;
import org.midonet.neutron.service.Sessions;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.DatabaseSettings;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetClient;
import org.midonet.plugin.client.builtin.balancing.BuiltInPools;
import org.midonet.plugin.firewall.MidonetFirewallPlugin;
import org.midonet.plugin.l3.MidonetL3Plugin;
import org.midonet.plugin.loadbalancer.MidonetLoadBalancerPlugin;
import org.midonet.plugin.loadbalancer.PoolStatistics;
import org.midonet.plugin.midonet.MidonetCorePlugin;
import org.midonet.plugin.tell.Inventory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Networking API server with the MidoNet plugins, a database in memory and no Keystone. Safe to
 * share between threads.
 */
public final class TestServer implements AutoCloseable {

  /** The project of every request. */
  public static final String PROJECT = "11111111111111111111111111111111";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;
  private final boolean isOwn;
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
    this(client, Map.of());
  }

  /** With more options, {@code section.key} to value. */
  public TestServer(MidonetClient client, Map<String, String> options) {
    this(config -> client, options, inMemory(), true);
  }

  /** On a database that stays open; the client is made from the options. */
  public TestServer(
      Function<NeutronConfig, MidonetClient> client,
      Map<String, String> options,
      Database database) {
    this(client, options, database, false);
  }

  /** With plugins besides those of the options. */
  TestServer(
      MidonetClient client,
      Map<String, String> options,
      Function<NeutronConfig, List<Plugin>> more) {
    this(config -> client, options, inMemory(), true, more, PoolStatistics.NONE);
  }

  /** With what shows the pools of the built-in MidoNet, on a database that stays open. */
  static TestServer withPools(
      Function<NeutronConfig, MidonetClient> client,
      Map<String, String> options,
      Database database,
      BuiltInPools pools) {
    return new TestServer(client, options, database, false, config -> List.of(pools), pools);
  }

  private TestServer(
      Function<NeutronConfig, MidonetClient> clients,
      Map<String, String> options,
      Database database,
      boolean isOwn) {
    this(clients, options, database, isOwn, config -> List.of(), PoolStatistics.NONE);
  }

  private TestServer(
      Function<NeutronConfig, MidonetClient> clients,
      Map<String, String> options,
      Database database,
      boolean isOwn,
      Function<NeutronConfig, List<Plugin>> more,
      PoolStatistics statistics) {
    this.database = database;
    this.isOwn = isOwn;
    Map<String, String> all = new HashMap<>();
    all.put("DEFAULT.core_plugin", "midonet_v2");
    all.put("DEFAULT.service_plugins", "midonet_l3");
    all.putAll(options);
    all.put("DEFAULT.auth_strategy", "noauth");
    all.put("DEFAULT.bind_host", "127.0.0.1");
    all.put("DEFAULT.bind_port", "0");
    NeutronConfig config = NeutronConfig.of(all);
    List<Plugin> plugins = new ArrayList<>(plugins(clients.apply(config), config, statistics));
    plugins.addAll(more.apply(config));
    server = NeutronServer.start(config, database, plugins);
  }

  private static List<Plugin> plugins(
      MidonetClient client, NeutronConfig config, PoolStatistics statistics) {
    return PluginRegistry.select(
            config.core().corePlugin().orElse("midonet_v2"), config.core().servicePlugins())
        .stream()
        .<Plugin>map(plugin ->
            switch (plugin) {
              case MIDONET_V1 -> MidonetCorePlugin.v1(client, config);
              case MIDONET_V2 -> MidonetCorePlugin.v2(client, config);
              case ML2 -> MidonetCorePlugin.ml2(client, config);
              case MIDONET_L3 -> new MidonetL3Plugin(client, true);
              case MIDONET_FIREWALL -> new MidonetFirewallPlugin(client);
              case LBAAS ->
                  new MidonetLoadBalancerPlugin(client, config.serviceProviders(), statistics);
              case METERING -> new MeteringPlugin();
            })
        .toList();
  }

  static Database inMemory() {
    Database database = Database.open(DatabaseSettings.of("sqlite://"));
    database.migrate();
    return database;
  }

  /** What the endpoints read and write with. */
  Sessions sessions() {
    return server.core().sessions();
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
            .header("X-Project-Id", PROJECT)
            .header("X-User-Id", "admin")
            .header("X-Roles", "admin")
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

  /** What a MidoNet that knows nothing must be told; see {@link Inventory}. */
  List<MidonetCall> inventory(boolean mixed) {
    return server
        .core()
        .sessions()
        .read(RequestContext.admin("req-1"), session -> Inventory.of(session, mixed));
  }

  @Override
  public void close() {
    http.close();
    server.close();
    if (isOwn) {
      database.close();
    }
  }
}
