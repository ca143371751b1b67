package org.midonet.conformance;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keystone, RabbitMQ, agents and our server, each on its own port of the loopback interface; safe
 * to share between threads.
 *
 * <p>{@link #overRest} has another server beside it, which tells a MidoNet of its own over REST.
 *
 * <p>With the system property {@code conformance.endpoint} the tests run against a server that is
 * there already, such as the reference server; nothing is stopped then.
 */
public final class Deployment implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);
  private static final Path STATE = Script.HOME.resolve("target/server");
  private static final int PORT_BASE =
      Integer.parseInt(System.getenv().getOrDefault("CONFORMANCE_PORT_BASE", "25000"));

  private final Keystone keystone;
  private final String transport;
  private final @Nullable ServerProcess process;
  private final URI server;

  private Deployment(
      Keystone keystone, String transport, @Nullable ServerProcess process, URI server) {
    this.keystone = keystone;
    this.transport = transport;
    this.process = process;
    this.server = server;
  }

  /** Starts everything; the packages must be installed or the user be root. */
  static Deployment start() {
    Script.run(Duration.ofMinutes(15), "install").orThrow();
    String endpoint = System.getProperty("conformance.endpoint", "");
    if (!endpoint.isEmpty()) {
      return new Deployment(new Keystone(up("keystone")), "", null, URI.create(endpoint));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(Deployment::stopPeers));
    try {
      var broker = CompletableFuture.supplyAsync(() -> up("rabbitmq"));
      var keystone = new Keystone(up("keystone"));
      String transport = broker.join();
      var process =
          ServerProcess.start(
              STATE,
              PORT_BASE + 7,
              configuration(
                  keystone,
                  transport,
                  STATE,
                  PORT_BASE + 7,
                  "cluster_api_port = " + (PORT_BASE + 8)));
      up("agents");
      return new Deployment(keystone, transport, process, process.url());
    } catch (RuntimeException e) {
      stopPeers();
      throw e;
    }
  }

  private static String up(String peer) {
    return Script.run(START, peer, "up").orThrow();
  }

  /** Whether the peers are ours, and not those of a server that is there already. */
  boolean isOwn() {
    return process != null;
  }

  /** Starts a MidoNet on its own and a server that tells it over REST. */
  MidonetOverRest overRest() {
    Path state = STATE.resolveSibling("rest");
    int port = PORT_BASE + 9;
    return MidonetOverRest.start(
        state, port, midonet -> configuration(keystone, transport, state, port, midonet));
  }

  private static String configuration(
      Keystone keystone, String transport, Path state, int port, String midonet) {
    return """
    [DEFAULT]
    bind_host = 127.0.0.1
    bind_port = %d
    auth_strategy = keystone
    core_plugin = midonet_v2
    service_plugins = midonet_l3,midonet_firewall,lbaas,metering
    transport_url = %s
    dns_domain = openstackgate.local.
    state_path = %s
    [MIDONET]
    %s
    [database]
    connection = sqlite:///%s/neutron.db
    [keystone_authtoken]
    www_authenticate_uri = %s
    auth_url = %s
    auth_type = password
    username = neutron
    password = %s
    project_name = service
    user_domain_id = default
    project_domain_id = default
    service_token_roles_required = true
    [ml2]
    type_drivers = flat,geneve,vlan,gre,local,vxlan
    tenant_network_types = vxlan,vlan
    [ml2_type_flat]
    flat_networks = public,extern
    [ml2_type_vlan]
    network_vlan_ranges = foo:1:10,default:3001:4000
    [ml2_type_geneve]
    vni_ranges = 1:2000
    [ml2_type_gre]
    tunnel_id_ranges = 1:1000
    [ml2_type_vxlan]
    vni_ranges = 1:200000
    [service_providers]
    service_provider = LOADBALANCER:Midonet:midonet.neutron.services.loadbalancer.driver.MidonetLoadbalancerDriver:default
    [quotas]
    quota_network = 1000000
    quota_subnet = 1000000
    quota_port = 1000000
    quota_router = 100
    quota_floatingip = 500
    quota_security_group = 150
    quota_security_group_rule = 1000
    """
        .formatted(
            port,
            transport,
            state,
            midonet,
            state,
            keystone.url().replace("/v3", ""),
            keystone.url().replace("/v3", ""),
            Keystone.PASSWORD);
  }

  public Keystone keystone() {
    return keystone;
  }

  /** The root of the Networking API under test. */
  public URI server() {
    return server;
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
      stopPeers();
    }
  }

  private static void stopPeers() {
    for (String peer : List.of("agents", "keystone", "rabbitmq")) {
      Script.run(Duration.ofMinutes(1), peer, "down");
    }
  }
}
