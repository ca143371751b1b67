package org.midonet.neutron.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.ApiOptions;
import org.midonet.neutron.api.Feature;
import org.midonet.neutron.api.PolicyAuthorizer;
import org.midonet.neutron.config.ApiConfig;
import org.midonet.neutron.config.NeutronConfig;
import org.midonet.neutron.config.PolicyConfig;
import org.midonet.neutron.config.SslConfig;
import org.midonet.neutron.http.Handler;
import org.midonet.neutron.http.HttpSettings;
import org.midonet.neutron.http.TlsFiles;
import org.midonet.neutron.notification.Notifier;
import org.midonet.neutron.nova.NovaFeature;
import org.midonet.neutron.nova.NovaNotifier;
import org.midonet.neutron.nova.NovaOptions;
import org.midonet.neutron.plugin.Plugin;
import org.midonet.neutron.policy.PolicySettings;
import org.midonet.neutron.quota.ProjectQuotas;
import org.midonet.neutron.rpc.Messaging;
import org.midonet.neutron.rpc.RabbitOptions;
import org.midonet.neutron.store.Database;

/** Puts a server together as neutron.conf says; stateless. */
final class Assembly {
  private static final int MAX_CONCURRENT_REQUESTS = 4096;

  private Assembly() {}

  static Components of(NeutronConfig config, Database database, List<Plugin> plugins) {
    String host = config.core().host().orElseGet(Assembly::hostName);
    RabbitOptions rabbit = RabbitOptions.of(config.messaging(), host);
    Messaging messaging = rabbit == null ? null : Messaging.open(rabbit);
    List<Feature> features = new ArrayList<>(Features.of(config, plugins, messaging));
    List<AutoCloseable> closing = new ArrayList<>();
    features.stream()
        .filter(AutoCloseable.class::isInstance)
        .forEach(feature -> closing.add((AutoCloseable) feature));
    if (messaging != null) {
      closing.add(messaging);
    }
    NovaOptions nova = NovaOptions.of(config.nova());
    if (nova != null) {
      NovaNotifier notifier = NovaNotifier.start(nova);
      closing.add(notifier);
      features.addFirst(new NovaFeature(nova, notifier)); // the last to hear
    }
    PolicyAuthorizer authorizer = new PolicyAuthorizer(policy(config));
    return new Components(
        http(config),
        database,
        new AuthGate(AuthSettings.authenticator(config), authorizer.engine()),
        authorizer,
        new ProjectQuotas(config.quotas()),
        plugins,
        features,
        closing,
        options(config.api()),
        Notifier.open(config.messaging(), host),
        inner -> edge(config, inner));
  }

  private static ApiOptions options(ApiConfig api) {
    return new ApiOptions(
        Math.max(0, api.paginationMaxLimit()), api.allowBulk(), api.filterValidation());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static HttpSettings http(NeutronConfig config) {
    ApiConfig api = config.api();
    return new HttpSettings(
        api.bindHost(),
        api.bindPort(),
        api.backlog(),
        config.middleware().maxRequestBodySize(),
        api.maxHeaderLine(),
        MAX_CONCURRENT_REQUESTS,
        api.clientSocketTimeout(),
        api.wsgiKeepAlive(),
        api.useSsl() ? tls(config.ssl()) : null);
  }

  /** The configuration was refused before if a file is not named. */
  private static @Nullable TlsFiles tls(SslConfig ssl) {
    Path certificate = ssl.certFile().orElse(null);
    Path key = ssl.keyFile().orElse(null);
    return certificate == null || key == null
        ? null
        : new TlsFiles(certificate, key, ssl.caFile().orElse(null));
  }

  /** A page's origin is judged first; then a proxy is believed, and last the operator. */
  private static Handler edge(NeutronConfig config, Handler inner) {
    Handler handler =
        config
            .api()
            .networkLinkPrefix()
            .map(prefix -> Origins.linkedAt(prefix, inner))
            .orElse(inner);
    if (config.middleware().enableProxyHeadersParsing()) {
      handler = Origins.behindProxy(handler);
    }
    return Cors.around(config.cors(), handler);
  }

  /** Relative policy files are sought beside the configuration files. */
  private static PolicySettings policy(NeutronConfig config) {
    PolicyConfig section = config.policy();
    Set<Path> beside = new LinkedHashSet<>();
    for (Path file : config.files()) {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        beside.add(parent);
      }
    }
    List<String> files =
        section.policyFile().equals("policy.yaml")
            ? List.of("policy.yaml", "policy.json")
            : List.of(section.policyFile());
    return new PolicySettings(
        List.copyOf(beside),
        files,
        section.policyDirs(),
        section.policyDefaultRule(),
        section.enforceNewDefaults(),
        section.enforceScope(),
        Duration.ofSeconds(1));
  }
}
