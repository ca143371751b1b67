package org.midonet.agent.forward;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.agent.datapath.memory.MemoryDatapath;
import org.midonet.agent.datapath.memory.MemoryDevice;
import org.midonet.agent.datapath.memory.MemoryUnderlay;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.Classifier;
import org.midonet.agent.flow.Flow;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.Input;
import org.midonet.agent.flow.TcpFlags;
import org.midonet.agent.state.Effect;
import org.midonet.agent.state.LocalState;
import org.midonet.agent.state.MacKey;
import org.midonet.agent.state.NatBinding;
import org.midonet.agent.state.NatBlocks;
import org.midonet.agent.state.NatKey;
import org.midonet.agent.state.StateKey;
import org.midonet.agent.state.StateTimeouts;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.TcpSegment;

/** State of TCP connections lives as long as what their flows carry says. */
final class TcpLifetimeTest {
  private static final Ipv4Address CLIENT = Ipv4Address.parse("10.0.0.1");
  private static final Ipv4Address SERVER = Ipv4Address.parse("8.8.8.8");
  private static final Ipv4Address GATEWAY = Ipv4Address.parse("172.24.4.5");
  private static final int MINUTE = 60_000;
  private static final int MANY = 30_000;

  private final LocalState state = new LocalState(StateTimeouts.DEFAULT, NatBlocks.alone());
  private final MemoryDatapath datapath =
      new MemoryDatapath(
          new DatapathConfig("test", MANY + 2, 1 << 20, 0, 0, Optional.empty()),
          Ipv4Address.parse("192.0.2.1"),
          new MemoryUnderlay());
  private final FlowTable flows = new FlowTable(datapath, System::nanoTime, MANY + 2);
  private final MemoryDevice inside = datapath.plug("inside");
  private final MemoryDevice outside = datapath.plug("outside");
  private final NatKey there =
      new NatKey(NatKey.Kind.SNAT, CLIENT, 1000, SERVER, 80, 6, UUID.randomUUID());
  private StateKeeper keeper;
  private FlowStateLog log;

  @BeforeEach
  void translate(@TempDir Path folder) {
    log = FlowStateLog.open(folder.resolve("flow-state"), state::flowState);
    keeper =
        new StateKeeper(state, new StatePublisher(new MemoryNsdb(), StateTimeouts.DEFAULT), log);
    NatBinding binding = new NatBinding(GATEWAY, 5000);
    state.apply(new Effect.Bind(there, binding), 0);
    int in = datapath.attach("inside");
    int out = datapath.attach("outside");
    install(in, fromClient(0), out, there);
    install(out, fromServer(0), in, there.reverse(binding));
  }

  @AfterEach
  void close() {
    log.close();
    datapath.close();
  }

  @Test
  void anEstablishedConnectionMayBeQuietForTwoHours() {
    establish();
    assertThat(isKnownAt(123 * MINUTE)).isTrue();
    assertThat(isKnownAt(125 * MINUTE)).isFalse();
  }

  @Test
  void oneThatNobodyAnsweredGoesAfterAMinute() {
    inside.send(fromClient(TcpFlags.SYN));
    sweep(0);
    assertThat(isKnownAt(MINUTE + 1001)).isFalse();
  }

  @Test
  void oneThatBothSidesEndedGoesSoon() {
    establish();
    inside.send(fromClient(TcpFlags.FIN | TcpFlags.ACK));
    sweep(1000);
    outside.send(fromServer(TcpFlags.FIN | TcpFlags.ACK));
    sweep(2000);
    assertThat(isKnownAt(11_000)).isTrue();
    assertThat(isKnownAt(14_000)).isFalse();
  }

  /** Else a new connection of the same ports would go by a flow, and nobody would know of it. */
  @Test
  void bothFlowsGoWithAConnection() {
    establish();
    inside.send(fromClient(TcpFlags.FIN | TcpFlags.ACK));
    outside.send(fromServer(TcpFlags.FIN | TcpFlags.ACK));
    sweep(1000);
    assertThat(flows.size()).isEqualTo(2);
    sweep(13_000);
    assertThat(flows.size()).isZero();
  }

  @Test
  void oneThatWasResetGoesSoon() {
    establish();
    outside.send(fromServer(TcpFlags.RST));
    sweep(1000);
    assertThat(isKnownAt(13_000)).isFalse();
  }

  @Test
  void theSideThatDidNotEndItMayGoOn() {
    establish();
    inside.send(fromClient(TcpFlags.FIN | TcpFlags.ACK));
    sweep(1000);
    outside.send(fromServer(TcpFlags.ACK));
    sweep(3 * MINUTE);
    assertThat(isKnownAt(6 * MINUTE)).isTrue();
    assertThat(isKnownAt(8 * MINUTE)).isFalse();
  }

  @Test
  void whoForgesAResetDoesNotEndAConnectionThatGoesOn() {
    establish();
    outside.send(fromServer(TcpFlags.RST));
    sweep(1000);
    outside.send(fromServer(TcpFlags.ACK));
    sweep(2000);
    assertThat(isKnownAt(60 * MINUTE)).isTrue();
  }

  @Test
  void aNewConnectionOfTheSamePortsIsNotOver() {
    establish();
    inside.send(fromClient(TcpFlags.FIN | TcpFlags.ACK));
    outside.send(fromServer(TcpFlags.FIN | TcpFlags.ACK));
    sweep(1000);
    establish();
    sweep(2000);
    assertThat(isKnownAt(60 * MINUTE)).isTrue();
  }

  @Test
  void anAddressThatAllConnectionsUseDoesNotSlowTheSweepDown() {
    int in = datapath.attach("inside");
    MacKey mac = new MacKey(UUID.randomUUID(), 0, new Mac(1));
    for (int port = 1; port <= MANY; port++) {
      byte[] frame = frame(CLIENT, port, SERVER, 443, TcpFlags.ACK);
      install(in, frame, datapath.attach("outside"), mac);
      inside.send(frame);
    }
    assertTimeout(Duration.ofSeconds(5), () -> sweep(0));
  }

  private void establish() {
    inside.send(fromClient(TcpFlags.SYN));
    outside.send(fromServer(TcpFlags.SYN | TcpFlags.ACK));
    inside.send(fromClient(TcpFlags.ACK));
    outside.send(fromServer(TcpFlags.ACK));
    sweep(0);
  }

  private void sweep(long now) {
    keeper.sweep(flows, _ -> {}, () -> {}, now);
  }

  private boolean isKnownAt(long millis) {
    sweep(millis);
    return state.binding(there) != null;
  }

  private void install(int from, byte[] frame, int to, StateKey used) {
    var key = requireNonNull(Classifier.classify(new Input.Port(from), frame)).key();
    Actions actions = Actions.of(new Action.Output(to));
    Flow flow = new Flow(key, actions, Set.of(new UsesState(used)), Duration.ZERO, Duration.ZERO);
    flows.install(flow, flows.stamp());
  }

  private static byte[] fromClient(int flags) {
    return frame(CLIENT, 1000, SERVER, 80, flags);
  }

  private static byte[] fromServer(int flags) {
    return frame(SERVER, 80, GATEWAY, 5000, flags);
  }

  private static byte[] frame(Ipv4Address from, int source, Ipv4Address to, int port, int flags) {
    Ipv4Packet packet =
        Ipv4Packet.of(from, to, 6, TcpSegment.of(source, port, flags, Octets.EMPTY));
    return new Ethernet(new Mac(2), new Mac(1), List.of(), Ethernet.IPV4, packet).toBytes();
  }
}
