package org.midonet.benchmarks.datapath;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.midonet.agent.linux.NetworkNamespace;

/**
 * The program under test on two hosts, which are network namespaces: API, cluster and agent on the
 * first, an agent on the second, and ZooKeeper between them. For one thread. They end with this
 * program, also where it is stopped by a signal.
 */
final class Hosts implements AutoCloseable {
  private static final String LONGEST_RUN = "7200";
  private static final String ZOOKEEPER = "10.77.0.1:2181";
  private static final long STOP_SECONDS = 20;

  private final Path checkout;
  private final Path folder;
  private final NetworkNamespace[] namespaces = {Wires.machine(), Wires.machine()};
  private final List<Process> processes = new CopyOnWriteArrayList<>();

  private Hosts(Path checkout, Path folder) {
    this.checkout = checkout;
    this.folder = folder;
  }

  /** Starts both. */
  static Hosts start(Path checkout, Path folder) throws IOException {
    return start(checkout, folder, true);
  }

  /**
   * Starts them.
   *
   * @param checkout the source tree, with the launcher
   * @param folder for what they keep, empty
   * @param both whether the second has an agent
   */
  static Hosts start(Path checkout, Path folder, boolean both) throws IOException {
    Hosts hosts = new Hosts(checkout, folder);
    Runtime.getRuntime().addShutdownHook(new Thread(hosts::close));
    try {
      Wires.underlay(hosts.namespaces[0], hosts.namespaces[1]);
      hosts.startZooKeeper();
      hosts.start(0, "run", "The Networking API listens");
      if (both) {
        hosts.start(1, "agent", "Packets are forwarded");
      }
      hosts.awaitAgent();
      return hosts;
    } catch (IOException | RuntimeException e) {
      hosts.close();
      throw e;
    }
  }

  NetworkNamespace namespace(int host) {
    return namespaces[host];
  }

  private void startZooKeeper() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("zoo.cfg"),
            """
            dataDir=%s
            clientPort=2181
            clientPortAddress=10.77.0.1
            admin.enableServer=false
            """
                .formatted(Files.createDirectories(folder.resolve("zookeeper"))));
    launch(
        0,
        "zookeeper",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx128m",
        "-cp",
        System.getProperty("java.class.path"),
        "org.apache.zookeeper.server.ZooKeeperServerMain",
        config.toString());
  }

  private void start(int host, String command, String announcement) throws IOException {
    Path state = Files.createDirectories(folder.resolve("host" + host));
    Path config = Files.writeString(state.resolve("neutron.conf"), config(host, state));
    Process process =
        launch(
            host,
            command,
            checkout.resolve("midonet").toString(),
            command,
            "--config-file",
            config.toString());
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(announcement)) {
        return;
      }
    }
    throw new IOException(
        command + " ended: " + Files.readString(folder.resolve(command + ".log")));
  }

  private static String config(int host, Path state) {
    return """
    [DEFAULT]
    auth_strategy = noauth
    bind_host = 127.0.0.1
    core_plugin = midonet_v2
    service_plugins = midonet_l3,midonet_firewall,lbaas
    max_fixed_ips_per_port = 16
    state_path = %1$s
    host = host%2$d
    [quotas]
    default_quota = -1
    quota_firewall_rule = -1
    [service_providers]
    service_provider = LOADBALANCER:Midonet:midonet.neutron.services.loadbalancer.driver.MidonetLoadbalancerDriver:default
    [MIDONET]
    client = builtin
    agent_socket = %1$s/agent.sock
    agent_tunnel_ip = 10.77.0.%3$d
    zookeeper_hosts = %4$s
    """
        .formatted(state, host, host + 1, ZOOKEEPER);
  }

  /** In a mount namespace too, for what the kernel keeps lies in file systems. */
  private Process launch(int host, String name, String... command) {
    List<String> all =
        new ArrayList<>(
            List.of("timeout", "--kill-after=20", LONGEST_RUN, "unshare", "--mount", "sh", "-c"));
    all.add("mount -t sysfs sysfs /sys && mount -t bpf bpf /sys/fs/bpf && exec \"$@\"");
    all.add("sh");
    all.addAll(List.of(command));
    Path log = folder.resolve(name + ".log");
    Process process =
        namespaces[host].call(() -> new ProcessBuilder(all).redirectError(log.toFile()).start());
    processes.add(process);
    return process;
  }

  private void awaitAgent() {
    for (int i = 0; i < 300 && !Files.exists(socket(0)); i++) {
      Endpoint.run(namespaces[0], "sleep", "0.1");
    }
  }

  private Path socket(int host) {
    return folder.resolve("host" + host).resolve("agent.sock");
  }

  /** Binds a port to a device of a host. */
  void bind(int host, String port, String device) {
    Endpoint.run(
        namespaces[host],
        "env",
        "MIDONET_AGENT_SOCKET=" + socket(host),
        checkout.resolve("mm-ctl").toString(),
        "--bind-port",
        port,
        device);
  }

  @Override
  public void close() {
    for (Process process : processes.reversed()) {
      process.destroy();
      try {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
