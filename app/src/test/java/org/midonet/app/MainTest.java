package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints and answers the shell. */
class MainTest {
  @TempDir Path dir;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();

  @Test
  void versionNamesTheProgramAndTheJavaMachine() {
    assertThat(midonet("version")).isZero();
    assertThat(out).contains("midonet ").contains("Java 25");
  }

  @Test
  void theSamplePassesTheCheckOnceAPluginIsChosen() throws IOException {
    assertThat(midonet("config", "sample")).isZero();
    Path file =
        write(out.toString().replaceFirst("#core_plugin = <None>", "core_plugin=midonet_v2"));
    assertThat(midonet("config", "check", "--config-file", file.toString())).isZero();
    assertThat(out).endsWith("The configuration is usable.\n");
    assertThat(err).isEmpty();
  }

  @Test
  void badValuesAreOneLineEachAndExitCodeThree() throws IOException {
    Path file = write("[DEFAULT]\nbind_port = x\nbacklog = y\n");
    assertThat(midonet("run", "--config-file", file.toString())).isEqualTo(3);
    assertThat(err.toString().lines())
        .containsExactlyInAnyOrder(
            file + ":2: [DEFAULT] bind_port = x: must be a whole number",
            file + ":3: [DEFAULT] backlog = y: must be a whole number");
  }

  @Test
  void unknownPluginsAndPluginsToComeAreRefused() throws IOException {
    for (String plugin : new String[] {"ml3", "midonet_v2\nservice_plugins = lbaas"}) {
      Path file = write("[DEFAULT]\ncore_plugin = " + plugin + "\n");
      assertThat(midonet("config", "check", "--config-file", file.toString())).isEqualTo(3);
      assertThat(err).contains(plugin.substring(plugin.lastIndexOf(' ') + 1)).contains("midonet");
    }
  }

  @Test
  void withoutAFileOnlyLoopbackIsListenedOn() {
    assertThat(midonet("run", "--data-dir", dir.toString(), "--bind-host", "0.0.0.0")).isEqualTo(3);
    assertThat(err).contains("loopback addresses only, not on 0.0.0.0");
  }

  @Test
  @Timeout(60)
  void aTakenPortIsSaidInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      assertThat(midonet("run", "--data-dir", dir.toString(), "--bind-port", port)).isEqualTo(1);
      assertThat(err.toString())
          .isEqualTo(
              "midonet: another program listens on 127.0.0.1:"
                  + port
                  + " already; stop it or give --bind-port\n");
    }
  }

  @Test
  void aDataDirectoryThatCannotBeMadeIsSaidInOneLine() throws IOException {
    Path file = write("");
    assertThat(midonet("run", "--data-dir", file.toString())).isEqualTo(1);
    assertThat(err)
        .hasToString(
            "midonet: cannot keep data in "
                + file
                + ": it is not a directory; give another with --data-dir\n");
  }

  @Test
  void dbUpgradeAppliesWhatDbCurrentCallsPending() {
    assertThat(midonet("db", "current", "--data-dir", dir.toString())).isZero();
    assertThat(out).startsWith("version 0\npending V001");
    assertThat(midonet("db", "upgrade", "--data-dir", dir.toString())).isZero();
    out.setLength(0);
    assertThat(midonet("db", "current", "--data-dir", dir.toString())).isZero();
    assertThat(out.toString()).startsWith("version ").doesNotContain("pending");
  }

  @Test
  void whereNothingIsParkedDbTasksSaysSo() {
    assertThat(midonet("db", "tasks", "--data-dir", dir.toString())).isZero();
    assertThat(out).hasToString("No task is parked.\n");
    assertThat(midonet("db", "tasks", "--data-dir", dir.toString(), "--retry", "7")).isEqualTo(1);
    assertThat(err).hasToString("midonet: no task 7 is parked\n");
  }

  @Test
  @Timeout(60)
  void aTakenPortOfMidonetsOwnApiIsSaidWithItsOption() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path file =
          write(
              """
              [DEFAULT]
              core_plugin = midonet_v2
              auth_strategy = noauth
              bind_host = 127.0.0.1
              bind_port = 0
              [MIDONET]
              cluster_api_port = %d
              """
                  .formatted(taken.getLocalPort()));
      assertThat(midonet("run", "--config-file", file.toString(), "--data-dir", dir.toString()))
          .isEqualTo(1);
      assertThat(err)
          .contains(String.valueOf(taken.getLocalPort()))
          .contains("set cluster_api_port in [MIDONET]");
    }
  }

  @Test
  @Timeout(60)
  void aSecondServerOnTheSameDataIsRefused() {
    Settings.CommandLine line =
        new Settings.CommandLine(Optional.of(dir), Optional.empty(), Optional.of(0));
    try (Server first = Server.start(Settings.resolve(new ConfigFiles(), line), true)) {
      assertThat(first.port()).isPositive();
      assertThat(midonet("run", "--data-dir", dir.toString(), "--bind-port", "0")).isEqualTo(1);
      assertThat(err).contains("another midonet uses the data in " + dir);
    }
  }

  @Test
  void apiAndClusterApartNeedAnEnsemble() throws IOException {
    Path file = write("[DEFAULT]\ncore_plugin = midonet_v2\n");
    for (String command : new String[] {"api", "cluster"}) {
      assertThat(midonet(command, "--config-file", file.toString())).isEqualTo(3);
      assertThat(err).contains("zookeeper_hosts in [MIDONET] is not set");
      err.setLength(0);
    }
  }

  @Test
  void clusterHasNothingToDoForAnotherMidonet() throws IOException {
    Path file = write("[DEFAULT]\ncore_plugin = midonet_v2\n[MIDONET]\nclient = none\n");
    assertThat(midonet("cluster", "--config-file", file.toString())).isEqualTo(3);
    assertThat(err).contains("the built-in MidoNet has nothing to do");
  }

  @Test
  void aWrongCommandLineIsExitCodeTwo() {
    assertThat(midonet("run", "--nonsense")).isEqualTo(2);
    assertThat(err).contains("--nonsense");
  }

  @Test
  void warmingUpStartsAndStopsAServer() throws IOException {
    assertThat(midonet("warm-up", dir.resolve("w").toString())).isZero();
    try (Stream<Path> files = Files.list(dir.resolve("w"))) {
      assertThat(files).contains(dir.resolve("w/neutron.db"));
    }
  }

  private int midonet(String... arguments) {
    return Main.execute(out, err, arguments);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(dir.resolve("neutron.conf"), text);
  }
}
