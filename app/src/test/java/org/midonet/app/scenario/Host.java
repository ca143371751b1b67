package org.midonet.app.scenario;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.linux.NetworkNamespace;

/**
 * A host that is a network namespace, with the program as root in it and a BPF file system of its
 * own: nothing it makes can meet what another one makes. Safe to share between threads.
 */
final class Host implements AutoCloseable {
  private static final String API_LISTENS = "The Networking API listens on ";
  private static final String AGENT_RUNS = "Packets are forwarded on this host, ";

  private final String name;
  private final Path folder;
  private final NetworkNamespace namespace;
  private final FakeNova nova;
  private final Program program;
  private final Api api;
  private final MidonetApi midonetApi;

  private Host(
      String name,
      Path folder,
      NetworkNamespace namespace,
      FakeNova nova,
      Program program,
      Api api,
      MidonetApi midonetApi) {
    this.name = name;
    this.folder = folder;
    this.namespace = namespace;
    this.nova = nova;
    this.program = program;
    this.api = api;
    this.midonetApi = midonetApi;
  }

  /** Starts all of the program on a host that is alone, and returns when the agent listens. */
  static Host start() {
    return start("");
  }

  /**
   * The same with more of a configuration.
   *
   * @param more lines of the section MIDONET, and further sections
   */
  static Host start(String more) {
    return start("scenario", more, _ -> {}, null);
  }

  /**
   * Starts the program on one of several hosts, and returns when its agent listens.
   *
   * @param more lines of the section MIDONET, and further sections
   * @param cabling connects the namespace to the others
   * @param first the host whose API this one's networks come from; null for all of the program,
   *     else it is the agent alone
   */
  static Host start(
      String name, String more, Consumer<NetworkNamespace> cabling, @Nullable Host first) {
    try {
      Path folder = Files.createTempDirectory("midonet-scenario");
      NetworkNamespace namespace = NetworkNamespace.create();
      try {
        Shell.run(namespace, "ip", "link", "set", "lo", "up").orThrow();
        // As Nova has it: the host says nothing of its own on taps.
        Path ipv6 = Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6");
        namespace.call(() -> Files.writeString(ipv6, "1"));
        cabling.accept(namespace);
        return start(name, more, folder, namespace, first);
      } catch (IOException | RuntimeException | AssertionError e) {
        namespace.close();
        remove(folder);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Host start(
      String name, String more, Path folder, NetworkNamespace namespace, @Nullable Host first)
      throws IOException {
    FakeNova nova = FakeNova.start(namespace);
    Path config =
        Files.writeString(folder.resolve("neutron.conf"), config(name, more, folder, nova));
    Program program = Program.prepare(namespace, config);
    try {
      Host host =
          first == null
              ? whole(name, folder, namespace, nova, program)
              : new Host(name, folder, namespace, nova, program, first.api, first.midonetApi);
      if (first != null) {
        host.startAgent();
      }
      Until.within(30, "the agent listens", () -> Files.exists(host.socket()));
      return host;
    } catch (IOException | RuntimeException e) {
      program.close();
      nova.close();
      throw e;
    }
  }

  private static Host whole(
      String name, Path folder, NetworkNamespace namespace, FakeNova nova, Program program)
      throws IOException {
    String url = program.start("run", API_LISTENS);
    return new Host(
        name,
        folder,
        namespace,
        nova,
        program,
        new Api(namespace, url),
        new MidonetApi(namespace, "http://127.0.0.1:8181/midonet-api/"));
  }

  private static String config(String name, String more, Path folder, FakeNova nova) {
    return """
    [DEFAULT]
    auth_strategy = noauth
    bind_host = 127.0.0.1
    bind_port = 9696
    core_plugin = midonet_v2
    service_plugins = midonet_l3,midonet_firewall,lbaas
    state_path = %1$s
    host = %4$s
    dns_domain = example.org
    [quotas]
    default_quota = -1
    [service_providers]
    service_provider = LOADBALANCER:Midonet:midonet.neutron.services.loadbalancer.driver.MidonetLoadbalancerDriver:default
    [MIDONET]
    client = builtin
    cluster_api_port = 8181
    agent_socket = %1$s/agent.sock
    agent_external = off
    nova_metadata_url = http://127.0.0.1:%2$d
    metadata_proxy_shared_secret = %3$s
    %5$s
    """
        .formatted(folder, nova.port(), FakeNova.SECRET, name, more);
  }

  /** Starts the agent alone, after it was killed or stopped; it forwards when this returns. */
  void startAgent() {
    try {
      program.start("agent", AGENT_RUNS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the program without notice. */
  void kill() {
    program.kill();
  }

  /** Asks the program to stop and waits until it has. */
  void stop() {
    program.stop();
  }

  /** What Neutron calls it. */
  String name() {
    return name;
  }

  Api api() {
    return api;
  }

  MidonetApi midonetApi() {
    return midonetApi;
  }

  FakeNova nova() {
    return nova;
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  /** On which the agent listens. */
  Path socket() {
    return folder.resolve("agent.sock");
  }

  /** The command of that name, from the source tree, as its users run it. */
  Shell.Said mmCtl(String... arguments) {
    String[] command = new String[arguments.length + 3];
    command[0] = "env";
    command[1] = "MIDONET_AGENT_SOCKET=" + socket();
    command[2] = mmCtlScript();
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    return Shell.run(namespace, command);
  }

  /** Where that command is. */
  String mmCtlScript() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mm-ctl"))) {
      folder = Objects.requireNonNull(folder.getParent());
    }
    return folder.resolve("mm-ctl").toString();
  }

  /** Another command of the program, about this host's agent. */
  Shell.Said midonet(String... arguments) {
    return program.ask(arguments);
  }

  /** What it has logged since this was asked last. */
  String newLog() throws IOException {
    return program.newLog();
  }

  @Override
  public void close() throws IOException {
    try {
      program.close();
    } finally {
      nova.close();
      namespace.close();
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** An HTTP server at an address of a namespace. */
  static HttpServer serve(NetworkNamespace where, InetAddress address, int port) {
    return where.call(() -> HttpServer.create(new InetSocketAddress(address, port), 0));
  }
}
