package org.midonet.agent.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;

final class BindingsTest {
  private static final UUID HOST = UUID.randomUUID();
  private static final UUID OTHER_HOST = UUID.randomUUID();
  private static final UUID BRIDGE = UUID.randomUUID();
  private static final UUID PORT = UUID.randomUUID();
  private static final UUID OTHER_PORT = UUID.randomUUID();

  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final Bindings bindings = new Bindings(nsdb, HOST, Duration.ofMillis(50));

  @BeforeEach
  void makeTopology() {
    List<Operation> operations = new ArrayList<>();
    for (UUID host : List.of(HOST, OTHER_HOST)) {
      operations.add(new Operation.Create(HostBuilder.builder().id(host).build()));
    }
    operations.add(new Operation.Create(BridgeBuilder.builder().id(BRIDGE).build()));
    operations.add(new Operation.Create(port(PORT)));
    operations.add(new Operation.Create(port(OTHER_PORT)));
    nsdb.commit(operations);
  }

  @Test
  void aPortIsBoundToAnInterface() {
    bindings.bind(PORT, "tap1");
    assertThat(Bindings.of(nsdb.topology(), HOST)).isEqualTo(Map.of(PORT, "tap1"));
  }

  @Test
  void aPortMovesAndRemembersWhereItWas() {
    new Bindings(nsdb, OTHER_HOST).bind(PORT, "tap9");
    bindings.bind(PORT, "tap1");
    assertThat(Bindings.of(nsdb.topology(), OTHER_HOST)).isEmpty();
    assertThat(find(PORT).previousHostId()).isEqualTo(OTHER_HOST);
  }

  @Test
  void aPortIsTakenOff() {
    bindings.bind(PORT, "tap1");
    bindings.unbind(PORT);
    assertThat(find(PORT).isExterior()).isFalse();
  }

  @Test
  void aPortOfAnotherHostIsNotTakenOff() {
    new Bindings(nsdb, OTHER_HOST).bind(PORT, "tap9");
    bindings.unbind(PORT);
    assertThat(find(PORT).hostId()).isEqualTo(OTHER_HOST);
  }

  @Test
  void anInterfaceIsOnePortsOnly() {
    bindings.bind(PORT, "tap1");
    assertThatThrownBy(() -> bindings.bind(OTHER_PORT, "tap1"))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining("bound to port " + PORT);
  }

  @Test
  void aPortThatNeverComesIsNamed() {
    UUID missing = UUID.randomUUID();
    assertThatThrownBy(() -> bindings.bind(missing, "tap1"))
        .isInstanceOf(BindingException.class)
        .hasMessage("There is no Port with ID " + missing + ".");
  }

  @Test
  void aPortThatComesALittleLaterIsBound() {
    UUID late = UUID.randomUUID();
    CompletableFuture<Void> bound =
        CompletableFuture.runAsync(
            () -> new Bindings(nsdb, HOST, Duration.ofSeconds(10)).bind(late, "tap1"));
    nsdb.commit(List.of(new Operation.Create(port(late))));
    bound.join();
    assertThat(Bindings.of(nsdb.topology(), HOST)).containsEntry(late, "tap1");
  }

  private Port find(UUID id) {
    return nsdb.topology().get(ObjectType.PORT, id);
  }

  private static Port port(UUID id) {
    return PortBuilder.builder().id(id).bridgeId(BRIDGE).adminStateUp(true).build();
  }
}
