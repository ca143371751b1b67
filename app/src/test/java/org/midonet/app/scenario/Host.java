package org.midonet.app.scenario;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.midonet.agent.linux.NetworkNamespace;

/**
 * The program, {@code midonet run} as root, on a host that is a network namespace with a BPF file
 * system of its own: nothing it makes can meet what another one makes. Safe to share between
 * threads.
 */
final class Host implements AutoCloseable {
  private static final String ANNOUNCEMENT = "The Networking API listens on ";

  /** Should this Java machine be killed, its host does not stay. */
  private static final String LONGEST_RUN = "1800";

  private static final long STOP_SECONDS = 20;

  private static final List<String> PROGRAM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "-cp",
          System.getProperty("java.class.path"),
          "org.midonet.app.Main");

  private final Path folder;
  private final NetworkNamespace namespace;
  private final FakeNova nova;
  private final Process process;
  private final Api api;
  private final MidonetApi midonetApi;
  private long logRead;

  private Host(
      Path folder, NetworkNamespace namespace, FakeNova nova, Process process, String url) {
    this.folder = folder;
    this.namespace = namespace;
    this.nova = nova;
    this.process = process;
    this.api = new Api(namespace, url);
    this.midonetApi = new MidonetApi(namespace, "http://127.0.0.1:8181/midonet-api/");
  }

  /** Starts the program, and returns when the agent listens. */
  static Host start() {
    return start("");
  }

  /**
   * Starts it with more of a configuration.
   *
   * @param more sections of neutron.conf
   */
  static Host start(String more) {
    try {
      Path folder = Files.createTempDirectory("midonet-scenario");
      NetworkNamespace namespace = NetworkNamespace.create();
      try {
        return start(folder, namespace, more);
      } catch (IOException | RuntimeException | AssertionError e) {
        namespace.close();
        remove(folder);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Host start(Path folder, NetworkNamespace namespace, String more)
      throws IOException {
    Shell.run(namespace, "ip", "link", "set", "lo", "up").orThrow();
    // As Nova has it: the host says nothing of its own on taps.
    Path ipv6 = Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6");
    namespace.call(() -> Files.writeString(ipv6, "1"));
    FakeNova nova = FakeNova.start(namespace);
    Path config = Files.writeString(folder.resolve("neutron.conf"), config(folder, nova) + more);
    Process process = launch(namespace, config, folder.resolve("log"));
    try {
      Host host = new Host(folder, namespace, nova, process, announced(process, folder));
      Until.within(30, "the agent listens", () -> Files.exists(host.socket()));
      return host;
    } catch (IOException | RuntimeException e) {
      process.destroy();
      nova.close();
      throw e;
    }
  }

  private static String config(Path folder, FakeNova nova) {
    return """
    [DEFAULT]
    auth_strategy = noauth
    bind_host = 127.0.0.1
    bind_port = 9696
    core_plugin = midonet_v2
    service_plugins = midonet_l3,midonet_firewall
    state_path = %1$s
    host = scenario
    dns_domain = example.org
    [quotas]
    default_quota = -1
    [MIDONET]
    client = builtin
    cluster_api_port = 8181
    agent_socket = %1$s/agent.sock
    agent_external = off
    nova_metadata_url = http://127.0.0.1:%2$d
    metadata_proxy_shared_secret = %3$s
    """
        .formatted(folder, nova.port(), FakeNova.SECRET);
  }

  /** In a mount namespace too, for what the kernel keeps lies in file systems. */
  private static Process launch(NetworkNamespace namespace, Path config, Path log) {
    List<String> command =
        new ArrayList<>(
            List.of("timeout", "--kill-after=20", LONGEST_RUN, "unshare", "--mount", "sh", "-c"));
    command.add("mount -t sysfs sysfs /sys && mount -t bpf bpf /sys/fs/bpf && exec \"$@\"");
    command.add("sh");
    command.addAll(PROGRAM);
    command.addAll(List.of("run", "--config-file", config.toString()));
    return namespace.call(() -> new ProcessBuilder(command).redirectError(log.toFile()).start());
  }

  private static String announced(Process process, Path folder) throws IOException {
    BufferedReader lines = process.inputReader();
    for (String line; (line = lines.readLine()) != null; ) {
      if (line.startsWith(ANNOUNCEMENT)) {
        return line.substring(ANNOUNCEMENT.length());
      }
    }
    throw new IllegalStateException(
        "the program ended: " + Files.readString(folder.resolve("log")));
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
    List<String> command = new ArrayList<>(PROGRAM);
    command.addAll(List.of(arguments));
    command.add("--config-file");
    command.add(folder.resolve("neutron.conf").toString());
    return Shell.run(namespace, command.toArray(String[]::new));
  }

  /** What it has logged since this was asked last. */
  synchronized String newLog() throws IOException {
    byte[] all = Files.readAllBytes(folder.resolve("log"));
    String text =
        new String(all, (int) logRead, (int) (all.length - logRead), StandardCharsets.UTF_8);
    logRead = all.length;
    return text;
  }

  /** Asks the program to stop and waits until it has. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the program did not stop; " + newLog());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
