package org.midonet.neutron.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that {@code neutron.conf} says, one record per concern; immutable.
 *
 * @param files the files that were read, those of directories left out; relative names of other
 *     files count from theirs
 * @param warnings what the operator should know: unknown keys, former names, options without
 *     effect; one line each
 */
public record NeutronConfig(
    CoreConfig core,
    ApiConfig api,
    RouterConfig router,
    AgentsConfig agents,
    NovaConfig nova,
    MessagingConfig messaging,
    LoggingConfig logging,
    MidonetConfig midonet,
    HostAgentConfig hostAgent,
    MetricsConfig metrics,
    DatabaseConfig database,
    KeystoneAuthtokenConfig keystoneAuthtoken,
    PolicyConfig policy,
    QuotaConfig quotas,
    ServiceProviders serviceProviders,
    Ml2Config ml2,
    MiddlewareConfig middleware,
    CorsConfig cors,
    SslConfig ssl,
    List<Path> files,
    List<String> warnings) {

  public NeutronConfig {
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the files in order, then the {@code *.conf} of each directory in alphabetical order; what
   * comes later wins.
   *
   * @param overrides what the command line sets, {@code section.key} to value, such as {@code
   *     DEFAULT.bind_port}
   * @throws ConfigException with every bad value, or the first file that cannot be read
   */
  public static NeutronConfig load(
      List<Path> files, List<Path> dirs, Map<String, String> overrides) {
    ConfigSources sources = ConfigSources.read(files, dirs, overrides);
    ConfigReader reader = new ConfigReader(sources);
    NeutronConfig config = read(reader, files);
    if (!reader.problems().isEmpty()) {
      throw new ConfigException(reader.problems());
    }
    List<String> warnings = new ArrayList<>(reader.warnings());
    warnings.addAll(UnknownOptions.warnings(sources, reader.read()));
    return config.withWarnings(warnings);
  }

  /** What holds when no file says anything. */
  public static NeutronConfig defaults() {
    return load(List.of(), List.of(), Map.of());
  }

  /** The defaults with some options set, {@code section.key} to value. */
  public static NeutronConfig of(Map<String, String> settings) {
    return load(List.of(), List.of(), settings);
  }

  static NeutronConfig read(ConfigReader reader, List<Path> files) {
    NeutronConfig config =
        new NeutronConfig(
            CoreConfig.read(reader),
            ApiConfig.read(reader),
            RouterConfig.read(reader),
            AgentsConfig.read(reader),
            NovaConfig.read(reader),
            MessagingConfig.read(reader),
            LoggingConfig.read(reader),
            MidonetConfig.read(reader),
            HostAgentConfig.read(reader),
            MetricsConfig.read(reader),
            DatabaseConfig.read(reader),
            KeystoneAuthtokenConfig.read(reader),
            PolicyConfig.read(reader),
            QuotaConfig.read(reader),
            ServiceProviders.read(reader),
            Ml2Config.read(reader),
            MiddlewareConfig.read(reader),
            CorsConfig.read(reader),
            SslConfig.read(reader),
            files,
            List.of());
    config.checkTogether(reader);
    return config;
  }

  /** Refuses values that are well formed but do not fit each other. */
  private void checkTogether(ConfigReader reader) {
    if (!core.ipamDriver().equals("internal")) {
      reader.reject(CoreConfig.IPAM_DRIVER, "the only driver is internal");
    }
    if (router.dvrBaseMac().equalsIgnoreCase(core.baseMac())) {
      reader.reject(RouterConfig.DVR_BASE_MAC, "must differ from base_mac");
    }
    if (midonet.clusterApiUseSsl() && (ssl.certFile().isEmpty() || ssl.keyFile().isEmpty())) {
      reader.reject(
          MidonetConfig.CLUSTER_API_USE_SSL, "[ssl] cert_file and key_file are needed too");
    }
    if (api.useSsl() && ssl.certFile().isEmpty()) {
      reader.reject(ApiConfig.USE_SSL, "[ssl] cert_file is needed too");
    }
    if (api.useSsl() && ssl.keyFile().isEmpty()) {
      reader.reject(ApiConfig.USE_SSL, "[ssl] key_file is needed too");
    }
  }

  private NeutronConfig withWarnings(List<String> lines) {
    return new NeutronConfig(
        core,
        api,
        router,
        agents,
        nova,
        messaging,
        logging,
        midonet,
        hostAgent,
        metrics,
        database,
        keystoneAuthtoken,
        policy,
        quotas,
        serviceProviders,
        ml2,
        middleware,
        cors,
        ssl,
        files,
        lines);
  }
}
