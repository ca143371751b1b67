package org.midonet.neutron.server;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.midonet.neutron.api.ApiHandler;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.extension.Catalog;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.http.Handler;
import org.midonet.neutron.http.HttpServer;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.notification.Notifier;
import org.midonet.neutron.notification.NotifyingApi;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.quota.ProjectQuotas;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.ChangeListener;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Services;
import org.midonet.neutron.service.Sessions;
import org.midonet.neutron.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running Networking API server; safe to share. */
public final class NeutronServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NeutronServer.class);

  private final HttpServer http;
  private final Core core;

  private final List<AutoCloseable> parts;

  private NeutronServer(HttpServer http, Core core, List<AutoCloseable> parts) {
    this.http = http;
    this.core = core;
    this.parts = parts;
  }

  /**
   * Starts a server as neutron.conf says: it answers when this returns.
   *
   * @param database the truth, its tables up to date; the server does not close it
   * @param plugins the core plugin first
   */
  public static NeutronServer start(NeutronConfig config, Database database, List<Plugin> plugins) {
    return start(config, database, plugins, RequestObserver.NONE);
  }

  /** The same with somebody who hears of each request. */
  public static NeutronServer start(
      NeutronConfig config, Database database, List<Plugin> plugins, RequestObserver observer) {
    return start(Assembly.of(config, database, plugins), observer);
  }

  /** Starts a server: it answers when this returns. */
  private static NeutronServer start(Components components, RequestObserver observer) {
    List<Feature> features = components.features();
    Core core = core(components, features);
    components.plugins().forEach(plugin -> plugin.started(core.sessions()));
    ApiHandler api = new ApiHandler(core, features);
    Notifier notifier = components.notifier();
    BiFunction<Request, RequestContext, Response> told =
        notifier == null
            ? api::handle
            : new NotifyingApi(notifier, core.catalog(), api::handle)::handle;
    Handler pipeline = components.edge().apply(Pipeline.of(components.gate(), told, observer));
    HttpServer http = HttpServer.start(components.http(), pipeline);
    List<AutoCloseable> parts = new ArrayList<>(components.plugins());
    parts.addAll(components.closing());
    if (notifier != null) {
      parts.add(notifier);
    }
    return new NeutronServer(http, core, parts);
  }

  /**
   * Reads and writes what such a server serves, without one: for tools beside it. Nobody hears of
   * what is changed.
   */
  public static Sessions sessions(NeutronConfig config, Database database, List<Plugin> plugins) {
    List<Feature> features = Features.of(config, plugins, null);
    Catalog catalog = catalog(plugins, features, true);
    return new Sessions(
        database,
        catalog,
        services(catalog, features),
        List.of(),
        new ProjectQuotas(config.quotas()));
  }

  private static Services services(Catalog catalog, List<Feature> features) {
    List<ResourceService> services =
        features.stream()
            .flatMap(f -> f.services().stream())
            .filter(s -> catalog.has(s.type()))
            .toList();
    return new Services(services, features.stream().flatMap(f -> f.hooks().stream()).toList());
  }

  private static Core core(Components components, List<Feature> features) {
    Catalog catalog =
        catalog(components.plugins(), features, components.options().filterValidation());
    // The plugins come first: what they refuse, agents never hear of.
    List<ChangeListener> listeners =
        features.reversed().stream().flatMap(f -> f.listeners().stream()).toList();
    Services registry = services(catalog, features);
    return new Core(
        catalog,
        registry,
        new Sessions(components.database(), catalog, registry, listeners, components.quotas()),
        components.authorizer(),
        components.quotas(),
        components.options());
  }

  private static Catalog catalog(
      List<Plugin> plugins, List<Feature> features, boolean filterValidation) {
    List<ResourceType> types = features.stream().flatMap(f -> f.types().stream()).toList();
    List<Extension> known = features.stream().flatMap(f -> f.extensions().stream()).toList();
    Set<String> aliases = new LinkedHashSet<>();
    plugins.forEach(plugin -> aliases.addAll(plugin.aliases()));
    if (!filterValidation) {
      aliases.remove("filter-validation");
    }
    return new Catalog(types, known, aliases);
  }

  /** The port it listens on. */
  public int port() {
    return http.port();
  }

  /** What the endpoints work with, for those who serve the same resources by other means (RPC). */
  public Core core() {
    return core;
  }

  /** Stops listening; running requests end first. */
  @Override
  public void close() {
    http.close();
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not close cleanly", part, e);
      }
    }
  }
}
