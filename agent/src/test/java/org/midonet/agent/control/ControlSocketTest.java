package org.midonet.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.host.Bindings;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;

final class ControlSocketTest {
  private static final UUID HOST = UUID.randomUUID();
  private static final UUID PORT = UUID.randomUUID();

  @TempDir private Path folder;

  @Test
  void aRequestIsAnswered() throws IOException {
    try (ControlSocket _ = ControlSocket.open(path(), r -> ControlAnswer.ok(r.toString()))) {
      assertThat(ask("POST", "/anything?x=1", "größer"))
          .isEqualTo(
              ControlAnswer.ok(new ControlRequest("POST", "/anything?x=1", "größer").toString()));
    }
    assertThat(path()).doesNotExist();
  }

  @Test
  void onlyItsUserMayAsk() throws IOException {
    try (ControlSocket _ = ControlSocket.open(path(), r -> ControlAnswer.DONE)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void anAgentDoesNotTakeAnothersSocket() {
    try (ControlSocket _ = ControlSocket.open(path(), r -> ControlAnswer.DONE)) {
      assertThatThrownBy(() -> ControlSocket.open(path(), r -> ControlAnswer.DONE))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("another agent listens there");
    }
  }

  @Test
  void whatAKilledAgentLeftIsReplaced() throws IOException {
    Files.createFile(path());
    try (ControlSocket _ = ControlSocket.open(path(), r -> ControlAnswer.DONE)) {
      assertThat(ask("GET", "/", "").isSuccess()).isTrue();
    }
  }

  @Test
  void portsAreBoundAndUnboundAsMmCtlDoes() throws IOException {
    MemoryNsdb nsdb = new MemoryNsdb();
    UUID bridge = UUID.randomUUID();
    nsdb.commit(
        List.of(
            new Operation.Create(HostBuilder.builder().id(HOST).build()),
            new Operation.Create(BridgeBuilder.builder().id(bridge).build()),
            new Operation.Create(PortBuilder.builder().id(PORT).bridgeId(bridge).build())));
    BindingControl control = new BindingControl(new Bindings(nsdb, HOST));
    try (ControlSocket _ = ControlSocket.open(path(), control)) {
      assertThat(ask("PUT", "/binding/" + PORT, "{\"interfaceName\": \"tap1\"}"))
          .isEqualTo(ControlAnswer.DONE);
      Port bound = nsdb.topology().get(ObjectType.PORT, PORT);
      assertThat(bound.interfaceName()).isEqualTo("tap1");
      assertThat(ask("DELETE", "/binding/" + PORT, "")).isEqualTo(ControlAnswer.DONE);
      assertThat(nsdb.topology().get(ObjectType.PORT, PORT).isExterior()).isFalse();
      assertThat(ask("PUT", "/binding/" + PORT, "{}").status()).isEqualTo(400);
      assertThat(ask("PUT", "/binding/nonsense", "{}").status()).isEqualTo(400);
    }
  }

  @Test
  void programsThatHangKeepNobodyOutForLong() throws Exception {
    List<SocketChannel> hung = new ArrayList<>();
    try (ControlSocket _ =
        ControlSocket.open(path(), r -> ControlAnswer.DONE, Duration.ofSeconds(2))) {
      for (int i = 0; i < 64; i++) {
        hung.add(SocketChannel.open(UnixDomainSocketAddress.of(path())));
      }
      ControlAnswer refused = ask("GET", "/", "");
      assertThat(refused.status()).isEqualTo(503);
      await().until(() -> ask("GET", "/", "").isSuccess());
    } finally {
      for (SocketChannel each : hung) {
        each.close();
      }
    }
  }

  @Test
  void nothingLiesBesideTheSocket() throws IOException {
    try (ControlSocket _ = ControlSocket.open(path(), r -> ControlAnswer.DONE);
        Stream<Path> all = Files.list(folder)) {
      assertThat(all).containsExactly(path());
    }
  }

  private Path path() {
    return folder.resolve("agent.sock");
  }

  private ControlAnswer ask(String method, String path, String body) throws IOException {
    return ControlClient.ask(path(), new ControlRequest(method, path, body));
  }
}
