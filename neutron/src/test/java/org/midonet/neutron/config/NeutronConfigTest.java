package org.midonet.neutron.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each section means, its defaults and its mapping. */
class NeutronConfigTest {
  @TempDir Path dir;

  @Test
  void everyOptionIsRead() {
    ConfigReader reader = new ConfigReader(ConfigSources.read(List.of(), List.of(), Map.of()));
    NeutronConfig.read(reader, List.of());
    assertThat(Options.all()).extracting(Option::key).isSubsetOf(reader.read());
    assertThat(Options.all()).extracting(Option::key).doesNotHaveDuplicates();
    assertThat(Options.all())
        .extracting(Option::key)
        .noneMatch(name -> AcceptedOptions.reason(name) != null);
  }

  @Test
  void everyDefaultReadsBackAsItself() {
    for (Option<?> option : Options.all()) {
      assertReadsBack(option);
    }
  }

  private static <T> void assertReadsBack(Option<T> option) {
    String text = option.defaultText();
    if (text != null) {
      assertThat(option.type().parse(text)).as(option.name()).isEqualTo(option.defaultValue());
    }
  }

  @Test
  void midonetDefaultsAreTheOriginals() {
    MidonetConfig midonet = NeutronConfig.defaults().midonet();
    assertThat(midonet)
        .isEqualTo(
            new MidonetConfig(
                "http://localhost:8080/midonet-api",
                Optional.empty(),
                "admin",
                new Secret("passw0rd"),
                "77777777-7777-7777-7777-777777777777",
                MidonetConfig.BUILT_IN,
                "vxlan",
                "localhost",
                "8088",
                false,
                Optional.empty(),
                "/midonet",
                Optional.empty(),
                8181,
                false));
  }

  @Test
  void whoeverNamesAMidonetOrItsUserHasTheRestClientUnlessHeSaysOtherwise() {
    String rest = "midonet.neutron.client.api.MidonetApiClient";
    assertThat(of("MIDONET.midonet_uri", "http://m:8181/midonet-api").midonet().client())
        .isEqualTo(rest);
    assertThat(of("MIDONET.password", "secret").midonet().client()).isEqualTo(rest);
    assertThat(of("MIDONET.tunnel_protocol", "gre").midonet().isBuiltIn()).isTrue();
    assertThat(of("MIDONET.client", "builtin").midonet().isBuiltIn()).isTrue();
    assertThat(of("MIDONET.zookeeper_hosts", "z:2181").midonet().isBuiltIn()).isTrue();
    assertThat(of("MIDONET.client", "none").midonet().client()).isEqualTo("none");
  }

  @Test
  void coreDefaultsAreNeutrons() {
    CoreConfig core = NeutronConfig.defaults().core();
    assertThat(core.corePlugin()).isEmpty();
    assertThat(core.servicePlugins()).isEmpty();
    assertThat(core.baseMac()).isEqualTo("fa:16:3e:00:00:00");
    assertThat(core.dnsDomain()).isEqualTo("openstacklocal");
    assertThat(core.dhcpLeaseDuration()).isEqualTo(86400);
    assertThat(core.maxDnsNameservers()).isEqualTo(5);
    assertThat(core.maxSubnetHostRoutes()).isEqualTo(20);
    assertThat(core.maxAllowedAddressPair()).isEqualTo(10);
    assertThat(core.globalPhysnetMtu()).isEqualTo(1500);
    assertThat(core.statePath()).isEqualTo(Path.of("/var/lib/neutron"));
  }

  @Test
  void apiDefaultsAreNeutrons() {
    ApiConfig api = NeutronConfig.defaults().api();
    assertThat(api.bindHost()).isEqualTo("0.0.0.0");
    assertThat(api.bindPort()).isEqualTo(9696);
    assertThat(api.authStrategy()).isEqualTo("keystone");
    assertThat(api.backlog()).isEqualTo(4096);
    assertThat(api.clientSocketTimeout()).isEqualTo(Duration.ofMinutes(15));
    assertThat(api.paginationMaxLimit()).isEqualTo(ApiConfig.NO_LIMIT);
    assertThat(api.filterValidation()).isTrue();
    assertThat(of("DEFAULT.pagination_max_limit", "infinite").api().paginationMaxLimit())
        .isEqualTo(ApiConfig.NO_LIMIT);
    assertThat(of("DEFAULT.pagination_max_limit", "50").api().paginationMaxLimit()).isEqualTo(50);
    assertThatThrownBy(() -> of("DEFAULT.auth_strategy", "none"))
        .hasMessage(
            "command line: [DEFAULT] auth_strategy = none: must be one of keystone, noauth");
  }

  @Test
  void routerAndAgentDefaultsAreNeutrons() {
    NeutronConfig config = NeutronConfig.defaults();
    assertThat(config.router().maxRoutes()).isEqualTo(30);
    assertThat(config.router().enableSnatByDefault()).isTrue();
    assertThat(config.router().routerDistributed()).isFalse();
    assertThat(config.agents().agentDownTime()).isEqualTo(Duration.ofSeconds(75));
    assertThat(config.agents().dhcpAgentsPerNetwork()).isEqualTo(1);
    assertThat(config.agents().networkAutoSchedule()).isTrue();
    assertThat(config.agents().maxL3AgentsPerRouter()).isEqualTo(3);
  }

  @Test
  void databaseIsReadUnderItsFormerNamesToo() {
    DatabaseConfig defaults = NeutronConfig.defaults().database();
    assertThat(defaults.connection()).isEmpty();
    assertThat(defaults.maxPoolSize()).isEqualTo(5);
    assertThat(defaults.maxOverflow()).isEqualTo(50);
    assertThat(defaults.maxRetries()).isEqualTo(10);
    assertThat(defaults.connectionRecycleTime()).isEqualTo(3600);
    NeutronConfig old = of("DATABASE.sql_connection", "sqlite://");
    assertThat(old.database().connection()).contains(new Secret("sqlite://"));
    assertThat(old.warnings())
        .containsExactly(
            "command line: [database] sql_connection is now [database] connection; please rename it");
  }

  @Test
  void theServiceUserMayStandInASectionOfItsOwn() {
    KeystoneAuthtokenConfig defaults = NeutronConfig.defaults().keystoneAuthtoken();
    assertThat(defaults.endpointInterface()).isEqualTo("internal");
    assertThat(defaults.tokenCacheTime()).isEqualTo(300);
    assertThat(defaults.serviceTokenRoles()).containsExactly("service");
    assertThat(defaults.serviceTokenRolesRequired()).isFalse();
    NeutronConfig config =
        NeutronConfig.of(
            Map.of(
                "keystone_authtoken.auth_section", "svc",
                "svc.auth_url", "http://k:5000",
                "svc.tenant_name", "service",
                "nova.username", "n"));
    AuthPluginConfig user = config.keystoneAuthtoken().serviceUser();
    assertThat(user.authUrl()).contains("http://k:5000");
    assertThat(user.projectName()).contains("service");
    assertThat(user.username()).isEmpty();
    assertThat(config.nova().user().username()).contains("n");
  }

  @Test
  void novaPolicyMiddlewareAndSslDefaultsAreNeutrons() {
    NeutronConfig config = NeutronConfig.defaults();
    assertThat(config.nova().notifyOnPortStatusChanges()).isTrue();
    assertThat(config.nova().sendEventsInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.nova().endpointType()).isEqualTo("public");
    assertThat(config.policy().policyFile()).isEqualTo("policy.yaml");
    assertThat(config.policy().policyDirs()).containsExactly("policy.d");
    assertThat(config.policy().enforceScope()).isFalse();
    assertThat(config.middleware().maxRequestBodySize()).isEqualTo(114688);
    assertThat(config.messaging().controlExchange()).isEqualTo("neutron");
    assertThat(config.messaging().transportUrl()).isEmpty();
    assertThatThrownBy(() -> of("DEFAULT.use_ssl", "yes"))
        .hasMessageContaining("[ssl] cert_file is needed too");
  }

  @Test
  void quotasWithoutAnOwnOptionTakeTheDefault() {
    QuotaConfig quotas = of("quotas.default_quota", "7").quotas();
    assertThat(quotas.limit("port")).isEqualTo(500);
    assertThat(quotas.limit("rbac_policy")).isEqualTo(10);
    assertThat(quotas.limit("subnetpool")).isEqualTo(7);
  }

  @Test
  void corsIsOffUntilAnOriginIsNamed() {
    assertThat(NeutronConfig.defaults().cors().policies()).isEmpty();
    List<CorsConfig.Policy> policies =
        of("cors.allowed_origin", "http://h,http://i").cors().policies();
    assertThat(policies).hasSize(1);
    assertThat(policies.getFirst().allowedOrigins()).containsExactly("http://h", "http://i");
    assertThat(policies.getFirst().maxAge()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void furtherCorsSectionsTakeFromTheFirst() throws IOException {
    CorsConfig cors = parse("[cors]\nmax_age = 5\n[cors.a]\nallowed_origin = http://a\n").cors();
    assertThat(cors.policies()).hasSize(1);
    assertThat(cors.policies().getFirst().maxAge()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void segmentRangesAreChecked() {
    Ml2Config ml2 =
        NeutronConfig.of(
                Map.of(
                    "ml2_type_vlan.network_vlan_ranges", "public,physnet1:100:200",
                    "ml2_type_vxlan.vni_ranges", "1:1000",
                    "ml2.physical_network_mtus", "physnet1:9000"))
            .ml2();
    assertThat(ml2.networkVlanRanges())
        .containsExactly(
            new VlanRange("public", Optional.empty()),
            new VlanRange("physnet1", Optional.of(new IdRange(100, 200))));
    assertThat(ml2.vxlanRanges()).containsExactly(new IdRange(1, 1000));
    assertThat(ml2.physicalNetworkMtus()).containsEntry("physnet1", 9000);
    assertThat(ml2.flatNetworks()).containsExactly("*");
    assertThatThrownBy(() -> of("ml2_type_vlan.network_vlan_ranges", "p:1:5000"))
        .hasMessageEndingWith("must be at most 4094");
    assertThatThrownBy(() -> of("ml2_type_vxlan.vni_ranges", "9:1"))
        .hasMessageEndingWith("the range 9:1 ends before it begins");
  }

  @Test
  void theLogFileIsFoundFromNameAndDirectory() {
    assertThat(NeutronConfig.defaults().logging().file()).isEmpty();
    assertThat(of("DEFAULT.log_file", "/x/n.log").logging().file()).contains(Path.of("/x/n.log"));
    assertThat(of("DEFAULT.log_dir", "/x").logging().file())
        .contains(Path.of("/x/neutron-server.log"));
    assertThat(
            NeutronConfig.of(Map.of("DEFAULT.log_dir", "/x", "DEFAULT.log_file", "y"))
                .logging()
                .file())
        .contains(Path.of("/x/y"));
  }

  /** DESIGN section 8, word for word, with the comments behind the values. */
  @Test
  void theConfigurationOfTheOriginalWorks() throws IOException {
    NeutronConfig config =
        parse(
            """
            [DEFAULT]
            core_plugin = midonet                       # plugin v1, with MidoNet v2015.03 and v2015.06

            [DEFAULT]
            core_plugin = midonet_v2                    # plugin v2, with MidoNet v5.0 and later
            service_plugins = midonet_l3

            [DEFAULT]
            service_plugins = lbaas                     # added to the list of service plugins

            [service_providers]
            service_provider=LOADBALANCER:Midonet:midonet.neutron.services.loadbalancer.driver.MidonetLoadbalancerDriver:default
            """);
    assertThat(config.core().corePlugin()).contains("midonet_v2");
    assertThat(config.core().servicePlugins()).containsExactly("lbaas");
    assertThat(config.serviceProviders().providers())
        .containsExactly(
            new ServiceProviders.Provider(
                "LOADBALANCER",
                "midonet",
                "midonet.neutron.services.loadbalancer.driver.MidonetLoadbalancerDriver",
                true));
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void twoDefaultProvidersOfAServiceAreRefused() {
    assertThatThrownBy(() ->
            parse(
                """
                [service_providers]
                service_provider=L:a:x:default
                service_provider=L:b:y:default
                """))
        .hasMessageEndingWith("L has two default providers");
  }

  @Test
  void whatHasNoEffectIsSaid() throws IOException {
    String file = dir.resolve("test.conf").toString();
    assertThat(
            parse(
                    """
                    [DEFAULT]
                    api_workers = 4
                    bind_hots = x
                    [ovn]
                    a = 1
                    b = 2
                    [database]
                    bind-host = x
                    """)
                .warnings())
        .containsExactly(
            file
                + ":2: [DEFAULT] api_workers has no effect here: one process with many threads"
                + " serves everything",
            file
                + ":3: [DEFAULT] bind_hots is unknown and ignored; did you mean [DEFAULT] bind_host?",
            file
                + ":8: [database] bind-host is unknown and ignored; did you mean [DEFAULT] bind_host?",
            file + ":5: [ovn] belongs to another program; this server ignores it");
  }

  @Test
  void theSampleIsAValidConfigurationWithEveryOption() throws IOException {
    String sample = SampleConfig.text();
    assertThat(sample).startsWith("[DEFAULT]\n").contains("#bind_port = 9696\n", "[MIDONET]\n");
    assertThat(sample.lines()).allMatch(line -> line.length() < 80 || !line.startsWith("# "));
    String uncommented = sample.replaceAll("(?m)^#([a-z_]+ =(?! <None>))", "$1");
    assertThat(parse(uncommented).warnings()).isEmpty();
    assertThat(parse(sample)).isEqualTo(parse(""));
  }

  private static NeutronConfig of(String key, String value) {
    return NeutronConfig.of(Map.of(key, value));
  }

  private NeutronConfig parse(String text) throws IOException {
    Path file = Files.writeString(dir.resolve("test.conf"), text);
    return NeutronConfig.load(List.of(file), List.of(), Map.of());
  }

  @Test
  void serviceUserLogsInAsItsOptionsSay() {
    Map<String, String> user =
        Map.of(
            "nova.username", "neutron",
            "nova.password", "secret",
            "nova.user_domain_name", "Service");
    assertThat(login(user, Map.of("nova.project_name", "service", "nova.default_domain_id", "d")))
        .isEqualTo(
            Map.of(
                "identity",
                Map.of(
                    "methods",
                    List.of("password"),
                    "password",
                    Map.of(
                        "user",
                        Map.of(
                            "name", "neutron",
                            "password", "secret",
                            "domain", Map.of("id", "d")))),
                "scope",
                Map.of("project", Map.of("name", "service", "domain", Map.of("id", "d")))));
    assertThat(scope(user, Map.of("nova.domain_name", "Service")))
        .isEqualTo(Map.of("domain", Map.of("name", "Service")));
    assertThat(scope(user, Map.of("nova.domain_id", "d")))
        .isEqualTo(Map.of("domain", Map.of("id", "d")));
    assertThat(scope(user, Map.of("nova.system_scope", "all")))
        .isEqualTo(Map.of("system", Map.of("all", true)));
    assertThat(scope(user, Map.of("nova.trust_id", "t")))
        .isEqualTo(Map.of("OS-TRUST:trust", Map.of("id", "t")));
    assertThat(login(user, Map.of())).doesNotContainKey("scope");
    assertThatThrownBy(
            () -> login(user, Map.of("nova.project_id", "p", "nova.system_scope", "all")))
        .hasMessageContaining("[nova] system_scope = all: only one of project, domain");
  }

  private static @Nullable Object scope(Map<String, String> user, Map<String, String> more) {
    return login(user, more).get("scope");
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, Object> login(Map<String, String> user, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(user);
    all.putAll(more);
    return (Map<String, Object>)
        Objects.requireNonNull(NeutronConfig.of(all).nova().user().login().get("auth"));
  }

  @Test
  void optionsThatNothingActsOnAreNamedAtTheStart() {
    for (String name :
        List.of(
            "DEFAULT.dhcp_lease_duration",
            "database.db_retry_interval",
            "database.db_max_retry_interval",
            "oslo_policy.remote_ssl_ca_crt_file",
            "keystone_authtoken.region_name",
            "oslo_messaging_notifications.retry")) {
      assertThat(of(name, "1").warnings())
          .singleElement()
          .asString()
          .contains(name.substring(name.indexOf('.') + 1) + " has no effect here: ");
    }
  }
}
