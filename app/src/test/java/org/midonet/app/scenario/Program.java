package org.midonet.app.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.midonet.agent.linux.NetworkNamespace;

/**
 * The program on a host: one process at a time, in the host's network namespace and in a mount
 * namespace that outlives it, for what the kernel keeps lies in file systems. Safe to share between
 * threads.
 */
final class Program implements AutoCloseable {
  /** Should this Java machine be killed, its hosts do not stay. */
  private static final String LONGEST_RUN = "1800";

  private static final long STOP_SECONDS = 60;

  /** Whoever holds the mount namespace says by which process it is found. */
  private static final String HOLD =
      "mount -t sysfs sysfs /sys && mount -t bpf bpf /sys/fs/bpf && echo $$ && exec timeout "
          + LONGEST_RUN
          + " sleep infinity";

  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "-cp",
          System.getProperty("java.class.path"),
          "org.midonet.app.Main");

  private final NetworkNamespace namespace;
  private final Path config;
  private final Path log;
  private final Process holder;
  private final String mounts;

  // Guarded by this.
  private Process process;
  private long logRead;

  private Program(
      NetworkNamespace namespace, Path config, Path log, Process holder, Process process) {
    this.namespace = namespace;
    this.config = config;
    this.log = log;
    this.holder = holder;
    this.mounts = mounts(holder);
    this.process = process;
  }

  /** Prepares the place where it will run; it does not run yet. */
  static Program prepare(NetworkNamespace namespace, Path config) {
    return namespace.call(() -> {
      Process holder = new ProcessBuilder("unshare", "--mount", "sh", "-c", HOLD).start();
      return new Program(namespace, config, config.resolveSibling("log"), holder, holder);
    });
  }

  private static String mounts(Process holder) {
    try {
      String pid = holder.inputReader().readLine();
      return "/proc/" + Objects.requireNonNull(pid, "no mount namespace") + "/ns/mnt";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Starts it, and returns what it says after some words when it is ready.
   *
   * @param command such as {@code run}
   */
  synchronized String start(String command, String announcement) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of("timeout", "--kill-after=20", LONGEST_RUN, "nsenter", "--mount=" + mounts));
    all.add("--");
    all.addAll(JAVA);
    all.addAll(List.of(command, "--config-file", config.toString()));
    process =
        namespace.call(() ->
            new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    BufferedReader lines = process.inputReader();
    for (String line; (line = lines.readLine()) != null; ) {
      if (line.startsWith(announcement)) {
        return line.substring(announcement.length());
      }
    }
    throw new IllegalStateException("the program ended: " + Files.readString(log));
  }

  /** Another command of the program, about this host's agent. */
  Shell.Said ask(String... arguments) {
    List<String> command = new ArrayList<>(JAVA);
    command.addAll(List.of(arguments));
    command.add("--config-file");
    command.add(config.toString());
    return Shell.run(namespace, command.toArray(String[]::new));
  }

  /** Ends it without notice. */
  synchronized void kill() {
    List<ProcessHandle> all = process.descendants().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    await(process);
  }

  /** Asks it to stop and waits until it has. */
  synchronized void stop() {
    process.destroy();
    await(process);
  }

  private void await(Process ending) {
    try {
      if (!ending.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        String stacks = stacks(ending);
        ending.descendants().forEach(ProcessHandle::destroyForcibly);
        throw new AssertionError("the program did not stop; its log is " + log + "\n" + stacks);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the threads of a Java machine below a process are at. */
  private String stacks(Process ending) {
    String jstack = Path.of(System.getProperty("java.home"), "bin", "jstack").toString();
    return ending
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .map(process -> Shell.run(namespace, jstack, String.valueOf(process.pid())).text())
        .collect(Collectors.joining("\n"));
  }

  /** What it has logged since this was asked last. */
  synchronized String newLog() throws IOException {
    byte[] all = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
    String text =
        new String(all, (int) logRead, (int) (all.length - logRead), StandardCharsets.UTF_8);
    logRead = all.length;
    return text;
  }

  @Override
  public void close() {
    try {
      stop();
    } finally {
      holder.destroy();
      await(holder);
    }
  }
}
