package org.midonet.app.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * neutron-dhcp-agent of Debian on a host, with RabbitMQ. For one thread.
 *
 * <p>What the agent keeps in {@code /run} and its processes are in namespaces of their own, which
 * outlive a killed agent as they do on a real host, and end with this.
 */
final class DhcpAgent implements AutoCloseable {
  private static final String PORT_BASE = "25900";

  private static final String TRANSPORT = "rabbit://openstack:secret@127.0.0.1:25902/";

  /** What the server is to be configured with; it is there before RabbitMQ is. */
  static final String SERVER =
      """
      [DEFAULT]
      transport_url = %s
      [oslo_messaging_rabbit]
      rabbit_interval_max = 1
      """
          .formatted(TRANSPORT);

  private static final Path AGENT = Path.of("/usr/bin/neutron-dhcp-agent");
  private static final String PYTHON = "/usr/bin/python3";

  private final Host host;
  private final Path project;
  private final Path folder;
  private final Process keeper;
  private final List<Process> agents = new ArrayList<>();

  private DhcpAgent(Host host, Path project, Path folder, Process keeper) {
    this.host = host;
    this.project = project;
    this.folder = folder;
    this.keeper = keeper;
  }

  /** Skips the test where the agent is missing, but on CI. */
  static void requireInstalled() {
    boolean installed = Files.exists(AGENT);
    if (!installed && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new IllegalStateException(AGENT + " is missing: run conformance/bin/install");
    }
    Assumptions.assumeTrue(installed, "needs the Debian package neutron-dhcp-agent");
  }

  /** Starts both; the agent reports as soon as it can. */
  static DhcpAgent start(Host host) throws IOException {
    Path project = Objects.requireNonNull(Path.of(host.mmCtlScript()).getParent());
    Path folder = Files.createTempDirectory("midonet-dhcp-agent");
    Process keeper =
        host.namespace()
            .call(() ->
                new ProcessBuilder(
                        "timeout",
                        "900",
                        "unshare",
                        "--mount",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "sh",
                        "-c",
                        "mount -t tmpfs tmpfs /run && mkdir /run/netns && echo ready && exec sleep 900")
                    .start());
    DhcpAgent agent = new DhcpAgent(host, project, folder, keeper);
    try {
      keeper.inputReader().readLine();
      agent.install();
      agent.rabbit("up");
      agent.awaitServer();
      agent.configure();
      agent.launch();
      return agent;
    } catch (IOException | RuntimeException | AssertionError e) {
      agent.close();
      throw e;
    }
  }

  /** Installs the drivers as operators do, into a folder. */
  private void install() throws IOException {
    Path source = folder.resolve("agents-python");
    try (Stream<Path> files = Files.walk(project.resolve("agents-python"))) {
      for (Path file : files.toList()) {
        Files.copy(file, source.resolve(project.resolve("agents-python").relativize(file)));
      }
    }
    Shell.run(
            host.namespace(),
            "env",
            "PATH=/usr/bin:/bin",
            PYTHON,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-index",
            "--no-deps",
            "--no-build-isolation",
            "--target",
            folder.resolve("lib").toString(),
            source.toString())
        .orThrow();
  }

  private void rabbit(String command) {
    Shell.run(
            host.namespace(),
            "env",
            "CONFORMANCE_STATE=" + folder.resolve("peers"),
            "CONFORMANCE_PORT_BASE=" + PORT_BASE,
            project.resolve("conformance/bin/rabbitmq").toString(),
            command)
        .orThrow();
  }

  /** What an agent asks before the server listens nobody answers: it waits for minutes then. */
  private void awaitServer() {
    StringBuilder log = new StringBuilder();
    Until.within(
        60,
        "the server listens to agents",
        () -> log.append(host.newLog()).indexOf("Connected to RabbitMQ") >= 0);
  }

  private void configure() throws IOException {
    Files.writeString(
        folder.resolve("dhcp_agent.ini"),
        """
        [DEFAULT]
        host = scenario
        transport_url = %s
        state_path = %s
        interface_driver = midonet
        dhcp_driver = midonet.neutron.agent.midonet_driver.DhcpNoOpDriver
        enable_isolated_metadata = true
        [agent]
        root_helper = env
        report_interval = 10
        [oslo_concurrency]
        lock_path = %s
        """
            .formatted(TRANSPORT, folder.resolve("state"), folder.resolve("locks")));
  }

  /** Starts another agent process, the first or after {@link #kill}. */
  void launch() throws IOException {
    List<String> command = new ArrayList<>(enter());
    command.addAll(
        List.of(AGENT.toString(), "--config-file", folder.resolve("dhcp_agent.ini").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().put("PYTHONPATH", folder.resolve("lib").toString());
    builder.environment().put("PATH", project + ":/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("MIDONET_AGENT_SOCKET", host.socket().toString());
    agents.add(builder.start());
  }

  /** As when it loses power, but that its namespaces stay. */
  void kill() {
    for (Process agent : agents) {
      agent.descendants().forEach(ProcessHandle::destroyForcibly);
      agent.destroyForcibly();
    }
  }

  /** Into the namespaces. */
  private List<String> enter() {
    long inside =
        keeper
            .descendants()
            .filter(process -> process.info().command().orElse("").endsWith("sleep"))
            .findFirst()
            .orElseThrow()
            .pid();
    return List.of("nsenter", "--target", String.valueOf(inside), "--net", "--mount", "--pid");
  }

  private Shell.Said run(String... command) {
    List<String> all = new ArrayList<>(enter());
    all.addAll(List.of(command));
    return Shell.run(host.namespace(), all.toArray(String[]::new));
  }

  /** A command in the namespace of a network. */
  Shell.Said inside(String network, String... command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", "qdhcp-" + network));
    all.addAll(List.of(command));
    return run(all.toArray(String[]::new));
  }

  String namespaces() {
    return run("ip", "netns", "list").orThrow().text();
  }

  String devices() {
    return run("ip", "-o", "link").orThrow().text();
  }

  String processes() {
    return run("ps", "-e", "-o", "args").orThrow().text();
  }

  /** What the agents have said. */
  String log() {
    try {
      return Files.readString(folder.resolve("log"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    kill();
    keeper.destroy();
    rabbit("down");
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
