package org.midonet.neutron.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every option that has an effect, in the order of the sample; stateless. */
final class Options {
  private static final List<Option<?>> ALL = collect();
  private static final Map<OptionName, Option<?>> BY_NAME = index();

  private Options() {}

  static List<Option<?>> all() {
    return ALL;
  }

  static Map<OptionName, Option<?>> byName() {
    return BY_NAME;
  }

  private static List<Option<?>> collect() {
    List<Option<?>> all = new ArrayList<>();
    all.addAll(CoreConfig.OPTIONS);
    all.addAll(ApiConfig.OPTIONS);
    all.addAll(RouterConfig.OPTIONS);
    all.addAll(AgentsConfig.OPTIONS);
    all.addAll(NovaConfig.OPTIONS);
    all.addAll(MessagingConfig.OPTIONS);
    all.addAll(LoggingConfig.OPTIONS);
    all.addAll(MidonetConfig.OPTIONS);
    all.addAll(HostAgentConfig.OPTIONS);
    all.addAll(MetricsConfig.OPTIONS);
    all.addAll(DatabaseConfig.OPTIONS);
    all.addAll(KeystoneAuthtokenConfig.OPTIONS);
    all.addAll(AuthPluginConfig.optionsIn("keystone_authtoken"));
    all.addAll(AuthPluginConfig.optionsIn("nova"));
    all.addAll(PolicyConfig.OPTIONS);
    all.addAll(QuotaConfig.OPTIONS);
    all.addAll(ServiceProviders.OPTIONS);
    all.addAll(Ml2Config.OPTIONS);
    all.addAll(MiddlewareConfig.OPTIONS);
    all.addAll(CorsConfig.OPTIONS);
    all.addAll(SslConfig.OPTIONS);
    all.removeIf(option -> AcceptedOptions.reason(option.key()) != null);
    return List.copyOf(all);
  }

  private static Map<OptionName, Option<?>> index() {
    Map<OptionName, Option<?>> index = new LinkedHashMap<>();
    ALL.forEach(option -> index.put(option.key(), option));
    return Map.copyOf(index);
  }
}
