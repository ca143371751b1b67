package org.midonet.agent.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.agent.datapath.Miss;
import org.midonet.agent.datapath.memory.MemoryDatapath;
import org.midonet.agent.datapath.memory.MemoryDevice;
import org.midonet.agent.datapath.memory.MemoryUnderlay;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.sim.Tag;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.state.NatBlocks;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.StateTable;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.Chain;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.Condition;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;
import org.midonet.topology.RuleBuilder;
import org.midonet.topology.TpRange;

/** Connections from a client to a server on one host, whose filter lets port 80 in alone. */
final class TemplatingTest {
  private static final UUID HOST = UUID.randomUUID();
  private static final UUID BRIDGE = UUID.randomUUID();
  private static final UUID INTO_CLIENT = UUID.randomUUID();
  private static final UUID INTO_SERVER = UUID.randomUUID();
  private static final Mac CLIENT = Mac.parse("02:00:00:00:00:01");
  private static final Mac SERVER = Mac.parse("02:00:00:00:00:02");
  private static final Ipv4Address CLIENT_IP = Ipv4Address.parse("10.0.0.1");
  private static final Ipv4Address SERVER_IP = Ipv4Address.parse("10.0.0.2");
  private static final Condition MANY =
      Condition.builder().nwProto(6).tpDst(new TpRange(2000, 20_000)).build();
  private static final int SYN = TcpSegment.SYN;
  private static final int ACK = TcpSegment.ACK;

  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final MemoryDatapath datapath =
      new MemoryDatapath(
          new DatapathConfig("test", 10_000, 1 << 20, 0, 0, Optional.empty()),
          Ipv4Address.parse("192.0.2.1"),
          new MemoryUnderlay());
  private final UUID allowed = UUID.randomUUID();
  private Forwarding forwarding;
  private MemoryDevice client;
  private MemoryDevice server;
  private UUID clientPort;

  @BeforeEach
  void start(@TempDir Path folder) {
    nsdb.commit(
        List.of(
            new Operation.Create(HostBuilder.builder().id(HOST).build()),
            new Operation.Create(BridgeBuilder.builder().id(BRIDGE).adminStateUp(true).build()),
            new Operation.Create(ChainBuilder.builder().id(INTO_CLIENT).build()),
            new Operation.Create(ChainBuilder.builder().id(INTO_SERVER).build())));
    forwarding =
        Forwarding.start(
            nsdb,
            HOST,
            datapath,
            new Forwarding.Settings(
                10_000, 1500, 1550, "", NatBlocks.alone(), folder.resolve("state"), null));
    clientPort = port("client", INTO_CLIENT);
    client = plug(clientPort, "client");
    UUID serverPort = port("server", INTO_SERVER);
    server = plug(serverPort, "server");
    nsdb.learn(StateTable.macs(BRIDGE, 0), CLIENT, clientPort);
    nsdb.learn(StateTable.macs(BRIDGE, 0), SERVER, serverPort);
    for (UUID chain : List.of(INTO_CLIENT, INTO_SERVER)) {
      rule(chain, UUID.randomUUID(), Condition.ALL.withMatchReturnFlow(true), RuleAction.ACCEPT);
    }
    rule(
        INTO_SERVER,
        allowed,
        Condition.builder().nwProto(6).tpDst(TpRange.of(80)).build(),
        RuleAction.ACCEPT);
    rule(INTO_CLIENT, UUID.randomUUID(), Condition.ALL, RuleAction.DROP);
    rule(INTO_SERVER, UUID.randomUUID(), Condition.ALL, RuleAction.DROP);
    await()
        .until(() -> {
          Topology seen = forwarding.simulation().topology().topology();
          return seen.isActive(clientPort)
              && seen.isActive(serverPort)
              && seen.list(ObjectType.RULE).size() == 5;
        });
  }

  @AfterEach
  void stop() {
    forwarding.close();
    datapath.close();
  }

  @Test
  void theThirdConnectionOfAKindBeginsByItself() {
    connect(1001);
    connect(1002);
    awaitTemplates(1);
    connect(1003);
    connect(1004);
    assertThat(datapath.counters().begun()).isEqualTo(2);
  }

  @Test
  void aRuleThatAsksForSourcePortsIsAskedEachTime() {
    rule(INTO_SERVER, UUID.randomUUID(), fromPort(1003), RuleAction.DROP);
    reorder(INTO_SERVER);
    connect(1001);
    connect(1002);
    connect(1004);
    client.send(there(1003, SYN));
    awaitDecisions(4);
    assertThat(server.receive()).isNull();
    assertThat(forwarding.statistics().templates()).isZero();
  }

  @Test
  void answersOfAnotherTrafficClassAndErrorsArePartOfTheConnection() {
    template();
    connect(1003);
    byte[] marked = marked(back(1003, ACK));
    server.send(marked);
    assertThat(receive(client)).isEqualTo(marked);
    connect(1004);
    byte[] error = unreachable(there(1004, ACK));
    server.send(error);
    assertThat(receive(client)).isEqualTo(error);
    server.send(unreachable(there(1005, ACK)));
    server.send(marked(back(1005, ACK)));
    awaitDecisions(2 + 2 + 2);
    assertThat(client.receive()).isNull();
  }

  @Test
  void connectionsOfAKilledTemplateBecomeKnownAndGoOn() {
    template();
    connect(1003);
    rule(INTO_SERVER, UUID.randomUUID(), fromPort(7), RuleAction.DROP);
    await().until(() -> forwarding.statistics().templates() == 0);
    server.send(back(1003, ACK));
    assertThat(receive(client)).isEqualTo(back(1003, ACK));
    client.send(there(1003, ACK));
    assertThat(receive(server)).isEqualTo(there(1003, ACK));
  }

  @Test
  void theRulesEndCutsConnectionsAndNewOnes() {
    template();
    connect(1003);
    nsdb.commit(List.of(new Operation.Delete(ObjectType.RULE, allowed)));
    await().until(() -> forwarding.statistics().templates() == 0);
    client.send(there(1003, ACK));
    client.send(there(1004, SYN));
    awaitDecisions(2 + 2);
    assertThat(server.receive()).isNull();
    assertThat(datapath.counters().begun()).isOne();
  }

  @Test
  void connectionsCountForThePortAndAreListed() {
    template();
    for (int port = 2000; port < 2010; port++) {
      connect(port);
    }
    assertThat(forwarding.flows().flows())
        .filteredOn(seen -> seen.flow().key().sourcePort() >= 2000)
        .hasSize(10)
        .allMatch(seen -> seen.statistics().packets() == 2)
        .allMatch(seen -> seen.flow().tags().contains(new Tag.OfChain(INTO_SERVER)));
    await().until(() -> forwarding.statistics().state().connections() == 12);
  }

  @Test
  void oneWhoTalksToManyPortsHasTemplatesForThoseInUse() {
    UUID many = UUID.randomUUID();
    rule(INTO_SERVER, many, MANY, RuleAction.ACCEPT);
    reorder(INTO_SERVER);
    await().until(() -> many.equals(seen(INTO_SERVER).ruleIds().getFirst()));
    int share = TemplateMaker.share(clientPort, datapath.templates().slots());
    for (int port = 2000; port < 2000 + share; port++) {
      open(1001, port);
      open(1002, port);
    }
    long begun = datapath.counters().begun();
    await()
        .atMost(Duration.ofSeconds(50))
        .until(() -> {
          for (int port = 1003; port < 1013; port++) {
            open(port, 80);
          }
          return datapath.counters().begun() > begun;
        });
  }

  /** A chain as the agent knows it. */
  private Chain seen(UUID chain) {
    return forwarding.simulation().topology().topology().get(ObjectType.CHAIN, chain);
  }

  /** A connection that ends at once. */
  private void open(int port, int to) {
    client.send(segment(CLIENT, SERVER, CLIENT_IP, SERVER_IP, port, to, SYN));
    assertThat(receive(server)).isNotNull();
    client.send(segment(CLIENT, SERVER, CLIENT_IP, SERVER_IP, port, to, TcpSegment.RST));
    assertThat(receive(server)).isNotNull();
  }

  @Test
  void whatIsWatchedComesUp() {
    template();
    List<Verdict> seen = new CopyOnWriteArrayList<>();
    try (Forwarding.Watching _ = forwarding.watch(watch(seen))) {
      await().until(() -> forwarding.statistics().templates() == 0);
      connect(1003);
      connect(1004);
      connect(1005);
      assertThat(seen).hasSize(6);
    }
    assertThat(datapath.counters().begun()).isZero();
  }

  private PacketWatch watch(List<Verdict> seen) {
    return new PacketWatch() {
      @Override
      public boolean matches(UUID port, FlowKey key) {
        return port.equals(clientPort);
      }

      @Override
      public boolean decided(Miss miss, UUID port, Verdict verdict, Topology topology) {
        seen.add(verdict);
        return true;
      }
    };
  }

  private void template() {
    connect(1001);
    connect(1002);
    awaitTemplates(1);
  }

  private void awaitDecisions(long count) {
    await()
        .until(() ->
            forwarding.statistics().decisions().kinds().values().stream()
                    .mapToLong(Long::longValue)
                    .sum()
                >= count);
  }

  private static Condition fromPort(int port) {
    return Condition.builder().nwProto(6).tpSrc(TpRange.of(port)).build();
  }

  /** The last rule of a chain becomes the first. */
  private void reorder(UUID chain) {
    Chain before = nsdb.topology().get(ObjectType.CHAIN, chain);
    List<UUID> rules = new ArrayList<>(before.ruleIds());
    rules.addFirst(rules.removeLast());
    nsdb.commit(List.of(new Operation.Update(before.withRuleIds(rules))));
  }

  private static byte[] marked(byte[] frame) {
    Ethernet ethernet = Objects.requireNonNull(Ethernet.parse(frame));
    Ipv4Packet packet = (Ipv4Packet) ethernet.payload();
    return ethernet
        .withPayload(
            packet.with(
                0x48, packet.ttl(), packet.source(), packet.destination(), packet.payload()))
        .toBytes();
  }

  private static byte[] unreachable(byte[] frame) {
    byte[] quoted = Arrays.copyOfRange(frame, 14, 14 + 28);
    IcmpMessage message = new IcmpMessage(3, 3, 0, Octets.wrap(quoted));
    return Ethernet.of(CLIENT, SERVER, Ipv4Packet.of(SERVER_IP, CLIENT_IP, 1, message)).toBytes();
  }

  private void connect(int port) {
    client.send(there(port, SYN));
    assertThat(receive(server)).isEqualTo(there(port, SYN));
    server.send(back(port, SYN | ACK));
    assertThat(receive(client)).isEqualTo(back(port, SYN | ACK));
    client.send(there(port, ACK));
    assertThat(receive(server)).isEqualTo(there(port, ACK));
  }

  private void awaitTemplates(int count) {
    await().until(() -> forwarding.statistics().templates() == count);
  }

  private static byte[] there(int port, int flags) {
    return segment(CLIENT, SERVER, CLIENT_IP, SERVER_IP, port, 80, flags);
  }

  private static byte[] back(int port, int flags) {
    return segment(SERVER, CLIENT, SERVER_IP, CLIENT_IP, 80, port, flags);
  }

  private static byte[] segment(
      Mac from,
      Mac to,
      Ipv4Address source,
      Ipv4Address destination,
      int sourcePort,
      int port,
      int flags) {
    TcpSegment segment = TcpSegment.of(sourcePort, port, flags, Octets.EMPTY);
    return Ethernet.of(to, from, Ipv4Packet.of(source, destination, 6, segment)).toBytes();
  }

  private UUID port(String device, UUID filter) {
    Port port =
        PortBuilder.builder()
            .id(UUID.randomUUID())
            .bridgeId(BRIDGE)
            .adminStateUp(true)
            .outboundFilterId(filter)
            .hostId(HOST)
            .interfaceName(device)
            .build();
    nsdb.commit(List.of(new Operation.Create(port)));
    return port.id();
  }

  private MemoryDevice plug(UUID port, String name) {
    MemoryDevice device = datapath.plug(name);
    forwarding.attach(port, name, 1500);
    nsdb.publish(StateKey.active(port), HOST, "");
    return device;
  }

  private void rule(UUID chain, UUID id, Condition condition, RuleAction action) {
    Rule rule =
        RuleBuilder.builder().id(id).chainId(chain).condition(condition).action(action).build();
    nsdb.commit(List.of(new Operation.Create(rule)));
  }

  private static byte[] receive(MemoryDevice device) {
    AtomicReference<byte @Nullable []> received = new AtomicReference<>();
    await()
        .until(() -> {
          received.set(device.receive());
          return received.get() != null;
        });
    return Objects.requireNonNull(received.get());
  }
}
