package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.linux.NetworkNamespace;

/** The README's commands do what it says. */
@Tag("root")
@Tag("packages")
final class ReadmeIT {
  private static final String FIRST = "Or with curl";
  private static final String LAST = "## As an operator";

  /** A host of its own: name spaces for the network and for what is mounted. */
  private static final String HOST =
      """
      set -e
      mount -t sysfs sysfs /sys
      mount -t bpf bpf /sys/fs/bpf
      mount -t tmpfs tmpfs /run
      ip link set lo up
      "$JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \\
        -cp "$CLASSES" org.midonet.app.Main run >log 2>&1 &
      tries=0
      until grep -q 'forwarded on this host' log; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { cat log; exit 1; }
        sleep 0.1
      done
      """;

  private static final String END =
      """
      echo "the host has $(ip -brief address | grep ^mnx)"
      kill $!
      wait $! || true
      echo "the host had $(ip -brief address | grep -c ^mnx || true)"
      """;

  @Test
  void aFloatingIpAnswersTheHost(@TempDir Path folder) throws IOException, InterruptedException {
    Path tree = tree();
    Files.createSymbolicLink(folder.resolve("mm-ctl"), tree.resolve("mm-ctl"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path script =
        Files.writeString(
            folder.resolve("script"), HOST + commands(tree.resolve("README.md")) + END);
    try (NetworkNamespace host = NetworkNamespace.create()) {
      Process process =
          host.call(() -> {
            ProcessBuilder shell =
                new ProcessBuilder(
                    "timeout", "--kill-after=5", "150", "unshare", "--mount", "sh", script + "");
            shell.environment().put("JAVA", java);
            shell.environment().put("CLASSES", System.getProperty("java.class.path"));
            return shell.directory(folder.toFile()).redirectErrorStream(true).start();
          });
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      assertThat(said)
          .doesNotContain("NeutronError")
          .contains("64 bytes from 203.0.113.10")
          .contains("203.0.113.1/24")
          .contains("the host had 0");
    }
  }

  private static Path tree() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mm-ctl"))) {
      folder = Objects.requireNonNull(folder.getParent());
    }
    return folder;
  }

  /** What stands indented between the two texts. */
  private static String commands(Path readme) throws IOException {
    List<String> lines = Files.readAllLines(readme);
    int first = 0;
    while (!lines.get(first).startsWith(FIRST)) {
      first++;
    }
    return lines.subList(first, lines.indexOf(LAST)).stream()
        .filter(line -> line.startsWith("    "))
        .map(line -> line.substring(4) + "\n")
        .collect(Collectors.joining());
  }
}
