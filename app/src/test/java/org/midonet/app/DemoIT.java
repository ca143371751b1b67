package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.midonet.agent.linux.Link;
import org.midonet.agent.linux.Links;

/** The demo comes out as it should, and leaves nothing behind. */
@Tag("root")
final class DemoIT {
  private static final Path DATA = Path.of("/run/midonet-demo");
  private static final Path PINS = Path.of("/sys/fs/bpf/mndemo");

  @Test
  void theDemoShowsWhatItPromisesAndCleansUp() {
    List<String> before = devices();
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();

    int code = Main.execute(out, err, "demo");

    assertThat(code).as("%s%n%s", out, err).isZero();
    assertThat(out)
        .contains(
            "Neutron shows their ports as ACTIVE",
            "destination NAT",
            "missing: no security group of the port has a rule for this ingress packet",
            "Hello from web",
            "All as it should be.");
    assertThat(devices()).isEqualTo(before);
    assertThat(DATA).doesNotExist();
  }

  @Test
  void ctrlCCleansUpAndSoDoesTheNextDemoAfterAKill() throws Exception {
    List<String> before = devices();
    Process killed = startUntilPlugged();
    killed.destroyForcibly().waitFor();
    assertThat(DATA).isDirectory();

    Process interrupted = startUntilPlugged();
    interrupted.destroy();

    assertThat(interrupted.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(devices()).isEqualTo(before);
    assertThat(DATA).doesNotExist();
    assertThat(PINS).doesNotExist();
  }

  private static Process startUntilPlugged() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo")
            .redirectErrorStream(true)
            .start();
    StringBuilder said = new StringBuilder();
    BufferedReader lines = process.inputReader();
    for (String line; (line = lines.readLine()) != null; ) {
      said.append(line).append('\n');
      if (line.startsWith("Plugged:")) {
        return process;
      }
    }
    throw new AssertionError(said);
  }

  private static List<String> devices() {
    try (Links links = new Links()) {
      return links.list().stream()
          .map(Link::name)
          .filter(name -> name.startsWith("demo") || name.startsWith("mndemo"))
          .toList();
    }
  }
}
