package org.midonet.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.midonet.agent.control.BindingControl;
import org.midonet.agent.control.ControlAnswer;
import org.midonet.agent.control.ControlSocket;
import org.midonet.agent.host.BindingNotes;
import org.midonet.agent.host.Bindings;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;

/** The script as Nova's VIF code calls it, and what the agent answers. */
final class MmCtlTest {
  private static final Path SCRIPT = Path.of("..", "mm-ctl").toAbsolutePath().normalize();
  private static final UUID HOST = UUID.randomUUID();
  private static final UUID PORT = UUID.randomUUID();
  private static final String DONE = "0:";

  @TempDir private Path folder;
  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final Bindings bindings = new Bindings(nsdb, HOST);

  MmCtlTest() {
    UUID bridge = UUID.randomUUID();
    nsdb.commit(
        List.of(
            new Operation.Create(HostBuilder.builder().id(HOST).build()),
            new Operation.Create(BridgeBuilder.builder().id(bridge).build()),
            new Operation.Create(PortBuilder.builder().id(PORT).bridgeId(bridge).build())));
  }

  @Test
  void aPortIsBoundAndTakenOffInSilence() {
    try (ControlSocket _ = agent()) {
      assertThat(mmCtl("--bind-port", PORT.toString(), "tap3f2a91c0-11")).isEqualTo(DONE);
      assertThat(port().interfaceName()).isEqualTo("tap3f2a91c0-11");
      assertThat(port().hostId()).isEqualTo(HOST);
      assertThat(mmCtl("--unbind-port", PORT.toString())).isEqualTo(DONE);
      assertThat(port().isExterior()).isFalse();
    }
  }

  @Test
  void whatIsDoneAlreadyIsNoError() {
    try (ControlSocket _ = agent()) {
      assertThat(mmCtl("--bind-port", PORT.toString(), "tap1")).isEqualTo(DONE);
      assertThat(mmCtl("--bind-port", PORT.toString(), "tap1")).isEqualTo(DONE);
      assertThat(mmCtl("--unbind-port", PORT.toString())).isEqualTo(DONE);
      assertThat(mmCtl("--unbind-port", PORT.toString())).isEqualTo(DONE);
      assertThat(mmCtl("--unbind-port", UUID.randomUUID().toString())).isEqualTo(DONE);
    }
  }

  @Test
  void withoutCurlPythonDoesIt() throws IOException {
    String path = tools("python3", "dirname", "tr", "rm", "mkdir", "mv", "sh");
    try (ControlSocket _ = agent()) {
      assertThat(mmCtl(Map.of("PATH", path), "--bind-port", PORT.toString(), "tap1"))
          .isEqualTo(DONE);
      assertThat(port().interfaceName()).isEqualTo("tap1");
    }
    assertThat(mmCtl(Map.of("PATH", path), "--unbind-port", PORT.toString()))
        .isEqualTo("0:mm-ctl: no agent runs on this host; the next one will do it\n");
    assertThat(mmCtl(Map.of("PATH", tools("dirname")), "--unbind-port", PORT.toString()))
        .contains("curl or python3 is needed");
  }

  @Test
  void aPortThatIsNotThereIsAnErrorThatNamesIt() {
    UUID nobody = UUID.randomUUID();
    try (ControlSocket _ = agent()) {
      assertThat(mmCtl("--bind-port", nobody.toString(), "tap1"))
          .startsWith("1:mm-ctl: ")
          .contains(nobody.toString());
    }
  }

  @Test
  void anInterfaceOfAnotherPortIsRefused() {
    UUID other = UUID.randomUUID();
    nsdb.commit(
        List.of(
            new Operation.Create(
                PortBuilder.builder()
                    .id(other)
                    .bridgeId(port().bridgeId())
                    .hostId(HOST)
                    .interfaceName("tap1")
                    .build())));
    try (ControlSocket _ = agent()) {
      assertThat(mmCtl("--bind-port", PORT.toString(), "tap1"))
          .startsWith("1:mm-ctl: Interface tap1 is bound to port " + other + " already.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a/b", "a b", "a\"b", "a\\b", "täp", "a\nb", "0123456789abcdef"})
  void whatCannotBeAnInterfaceIsRefused(String device) {
    try (ControlSocket _ = agent()) {
      assertThat(mmCtl("--bind-port", PORT.toString(), device)).startsWith("1:mm-ctl: '" + device);
      assertThat(port().isExterior()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "0123456789abcde", "eth0.100", "veth@1", "-x", "br-int+", "a=b", "100%"})
  void oddNamesOfInterfacesAreTaken(String device) {
    try (ControlSocket _ = agent()) {
      assertThat(mmCtl("--bind-port", PORT.toString(), device)).isEqualTo(DONE);
      assertThat(port().interfaceName()).isEqualTo(device);
    }
  }

  @Test
  void wrongArgumentsAreNotTakenForOthers() {
    assertThat(mmCtl()).startsWith("2:usage: mm-ctl");
    assertThat(mmCtl("--bind-port", PORT.toString())).startsWith("2:usage");
    assertThat(mmCtl("--unbind-port", PORT.toString(), "tap1")).startsWith("2:usage");
    assertThat(mmCtl("--bind", PORT.toString(), "tap1")).startsWith("2:usage");
    assertThat(mmCtl("--unbind-port", "../../etc/passwd")).contains("is no id of a port");
    assertThat(mmCtl("--unbind-port", "zzzzzzzz-1111-1111-1111-111111111111"))
        .contains("is no id of a port");
  }

  /** MidoNet's binding_without_mm_running and unbinding_without_mm_running. */
  @Test
  void whileNoAgentRunsItIsNotedForTheNext() {
    assertThat(mmCtl("--bind-port", PORT.toString(), "tap1"))
        .isEqualTo("0:mm-ctl: no agent runs on this host; the next one will do it\n");
    BindingNotes.carryOut(socket(), bindings);
    assertThat(port().interfaceName()).isEqualTo("tap1");

    assertThat(mmCtl("--unbind-port", PORT.toString())).startsWith("0:");
    BindingNotes.carryOut(socket(), bindings);
    assertThat(port().isExterior()).isFalse();
    assertThat(folder.resolve("bindings")).isEmptyDirectory();
  }

  @Test
  void ofSeveralNotesTheLastCounts() {
    mmCtl("--bind-port", PORT.toString(), "tap1");
    mmCtl("--unbind-port", PORT.toString());
    mmCtl("--bind-port", PORT.toString(), "tap2");
    BindingNotes.carryOut(socket(), bindings);
    assertThat(port().interfaceName()).isEqualTo("tap2");
  }

  @Test
  void aNoteIsForgottenOnceTheAgentWasAsked() {
    mmCtl("--bind-port", PORT.toString(), "tap1");
    try (ControlSocket _ = agent()) {
      mmCtl("--bind-port", PORT.toString(), "tap2");
    }
    assertThat(folder.resolve("bindings")).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNotThereIsAWrongOne() {
    Path nowhere = folder.resolve("nowhere").resolve("agent.sock");
    assertThat(
            mmCtl(
                Map.of("MIDONET_AGENT_SOCKET", nowhere.toString()),
                "--unbind-port",
                PORT.toString()))
        .startsWith("1:mm-ctl: no agent answers on " + nowhere);
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  /** A socket that a killed agent left. */
  @Test
  void aSocketWithoutAnAgentIsNoAgent() throws IOException {
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertThat(mmCtl("--bind-port", PORT.toString(), "tap1")).startsWith("0:mm-ctl: no agent runs");
  }

  @Test
  void anAgentThatHangsIsGivenUp() throws IOException {
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket()));
      assertThat(mmCtl(Map.of("MIDONET_AGENT_TIMEOUT", "1"), "--unbind-port", PORT.toString()))
          .startsWith("1:mm-ctl: the agent on " + socket() + " does not answer");
    }
    assertThat(folder.resolve("bindings")).doesNotExist();
  }

  @Test
  void anAgentInTroubleSaysWhy() {
    try (ControlSocket _ =
        ControlSocket.open(
            socket(), r -> new ControlAnswer(503, "The topology cannot be reached.\n"))) {
      assertThat(mmCtl("--unbind-port", PORT.toString()))
          .isEqualTo("1:mm-ctl: The topology cannot be reached. \n");
    }
  }

  /** On an idle machine it takes some 25 ms; this one may be loaded. */
  @Test
  void itIsFast() {
    List<Long> times = new ArrayList<>();
    try (ControlSocket _ = agent()) {
      for (int i = 0; i < 15; i++) {
        long begun = System.nanoTime();
        mmCtl("--bind-port", PORT.toString(), "tap1");
        times.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
      }
    }
    times.sort(null);
    System.out.println("mm-ctl takes " + times.get(times.size() / 2) + " ms");
    assertThat(times.get(times.size() / 2)).isLessThan(1000);
  }

  private ControlSocket agent() {
    return ControlSocket.open(socket(), new BindingControl(bindings));
  }

  private Port port() {
    return nsdb.topology().get(ObjectType.PORT, PORT);
  }

  private Path socket() {
    return folder.resolve("agent.sock");
  }

  /** A folder with those tools alone. */
  private String tools(String... names) throws IOException {
    Path bin = Files.createTempDirectory(folder, "bin");
    for (String name : names) {
      for (String place : List.of("/usr/bin", "/bin")) {
        Path tool = Path.of(place, name);
        if (Files.exists(tool) && !Files.exists(bin.resolve(name))) {
          Files.createSymbolicLink(bin.resolve(name), tool);
        }
      }
    }
    return bin.toString();
  }

  private String mmCtl(String... arguments) {
    return mmCtl(Map.of(), arguments);
  }

  /** Exit code, colon, and what it said. */
  private String mmCtl(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MIDONET_AGENT_SOCKET", socket().toString());
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() + ":" + said;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
