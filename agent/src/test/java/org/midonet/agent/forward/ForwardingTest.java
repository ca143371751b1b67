package org.midonet.agent.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.agent.datapath.memory.MemoryDatapath;
import org.midonet.agent.datapath.memory.MemoryDevice;
import org.midonet.agent.datapath.memory.MemoryUnderlay;
import org.midonet.agent.state.NatBlocks;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.IpProtocol;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.Condition;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.NextHop;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;
import org.midonet.topology.RouteBuilder;
import org.midonet.topology.RouterBuilder;
import org.midonet.topology.RuleAction;
import org.midonet.topology.RuleBuilder;
import org.midonet.topology.TunnelType;
import org.midonet.topology.TunnelZoneBuilder;
import org.midonet.topology.TunnelZoneHost;

/** Two hosts with datapaths in memory, and frames from machines on them. */
final class ForwardingTest {
  private static final UUID HOST = UUID.randomUUID();
  private static final UUID PEER = UUID.randomUUID();
  private static final Ipv4Address HOST_ADDRESS = Ipv4Address.parse("192.0.2.1");
  private static final Ipv4Address PEER_ADDRESS = Ipv4Address.parse("192.0.2.2");
  private static final UUID BRIDGE = UUID.randomUUID();
  private static final UUID ROUTER = UUID.randomUUID();
  private static final UUID CHAIN = UUID.randomUUID();
  private static final Mac ONE = Mac.parse("02:00:00:00:00:01");
  private static final Mac TWO = Mac.parse("02:00:00:00:00:02");
  private static final Mac THREE = Mac.parse("02:00:00:00:00:03");
  private static final Mac ROUTER_ONE = Mac.parse("02:00:00:00:01:01");
  private static final Mac ROUTER_TWO = Mac.parse("02:00:00:00:01:02");

  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final MemoryUnderlay underlay = new MemoryUnderlay();
  private final List<AutoCloseable> opened = new ArrayList<>();
  @TempDir private Path folder;
  private Host host;
  private Host peer;

  /** A host and what forwards on it. */
  private record Host(UUID id, Nsdb nsdb, MemoryDatapath datapath, Forwarding forwarding) {
    MemoryDevice plug(UUID port, String name) {
      MemoryDevice device = datapath.plug(name);
      forwarding.attach(port, name, 1500);
      nsdb.publish(StateKey.active(port), id, "");
      return device;
    }
  }

  @BeforeEach
  void startHosts() {
    List<Operation> operations = new ArrayList<>();
    for (UUID id : List.of(HOST, PEER)) {
      operations.add(new Operation.Create(HostBuilder.builder().id(id).build()));
    }
    operations.add(
        new Operation.Create(
            TunnelZoneBuilder.builder()
                .id(new UUID(0, 1))
                .tunnelType(TunnelType.VXLAN)
                .hosts(
                    List.of(
                        new TunnelZoneHost(HOST, HOST_ADDRESS),
                        new TunnelZoneHost(PEER, PEER_ADDRESS)))
                .build()));
    operations.add(
        new Operation.Create(BridgeBuilder.builder().id(BRIDGE).adminStateUp(true).build()));
    operations.add(new Operation.Create(ChainBuilder.builder().id(CHAIN).build()));
    nsdb.commit(operations);
    host = start(HOST, HOST_ADDRESS, nsdb);
    peer = start(PEER, PEER_ADDRESS, nsdb.sibling());
  }

  private Host start(UUID id, Ipv4Address address, Nsdb store) {
    DatapathConfig config =
        new DatapathConfig("test", 1000, 1 << 20, 10_000, 1000, Optional.empty());
    MemoryDatapath datapath = new MemoryDatapath(config, address, underlay);
    Forwarding forwarding =
        Forwarding.start(
            store,
            id,
            datapath,
            new Forwarding.Settings(
                1000, 1500, 1550, "", NatBlocks.alone(), folder.resolve(id.toString()), null));
    opened.add(forwarding);
    opened.add(datapath);
    return new Host(id, store, datapath, forwarding);
  }

  @AfterEach
  void stopHosts() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Test
  void anUnknownMacIsFloodedAndAnAnswerIsLearned() {
    MemoryDevice one = host.plug(bridgePort(HOST, "one", 0), "one");
    MemoryDevice two = host.plug(bridgePort(HOST, "two", 0), "two");
    MemoryDevice three = host.plug(bridgePort(HOST, "three", 0), "three");
    awaitActive(3);
    one.send(udp(ONE, TWO));
    assertThat(receive(two)).isEqualTo(udp(ONE, TWO));
    assertThat(receive(three)).isEqualTo(udp(ONE, TWO));

    two.send(udp(TWO, ONE));
    assertThat(receive(one)).isEqualTo(udp(TWO, ONE));
    assertThat(three.receive()).isNull();
  }

  /** At first what was learned of the sender changes the topology, and the flow goes again. */
  @Test
  void packetsSoonGoByTheFlowAlone() {
    MemoryDevice one = host.plug(bridgePort(HOST, "one", 0), "one");
    MemoryDevice two = host.plug(bridgePort(HOST, "two", 0), "two");
    awaitActive(2);
    await()
        .until(() -> {
          long misses = host.datapath.counters().misses();
          one.send(udp(ONE, TWO));
          receive(two);
          return host.datapath.counters().misses() == misses;
        });
  }

  @Test
  void aRuleThatComesCountsForRunningFlowsToo() {
    MemoryDevice one = host.plug(bridgePort(HOST, "one", 0), "one");
    MemoryDevice two = host.plug(bridgePort(HOST, "two", 0), "two");
    awaitActive(2);
    one.send(udp(ONE, TWO));
    receive(two);

    nsdb.commit(
        List.of(
            new Operation.Create(
                RuleBuilder.builder()
                    .id(UUID.randomUUID())
                    .chainId(CHAIN)
                    .condition(Condition.ALL)
                    .action(new RuleAction.Literal(RuleAction.Verdict.DROP))
                    .build())));
    await()
        .until(() -> {
          one.send(udp(ONE, TWO));
          return receiveNow(two) == null && host.datapath.counters().dropped() > 0;
        });
  }

  @Test
  void aMachineOnAnotherHostIsReachedByTheOverlay() {
    MemoryDevice one = host.plug(bridgePort(HOST, "one", 11), "one");
    MemoryDevice two = peer.plug(bridgePort(PEER, "two", 12), "two");
    awaitActive(2);
    one.send(udp(ONE, TWO));
    assertThat(receive(two)).isEqualTo(udp(ONE, TWO));
    two.send(udp(TWO, ONE));
    assertThat(receive(one)).isEqualTo(udp(TWO, ONE));
  }

  @Test
  void aRouterAsksForTheNextHopAndSendsOnWhatWaited() {
    router();
    MemoryDevice one = host.plug(routerPort("one", ROUTER_ONE, "10.0.0.1"), "one");
    MemoryDevice two = host.plug(routerPort("two", ROUTER_TWO, "10.0.1.1"), "two");
    Ipv4Address target = Ipv4Address.parse("10.0.1.9");
    awaitActive(2);
    one.send(udp(ONE, ROUTER_ONE, Ipv4Address.parse("10.0.0.9"), target));

    Ethernet question = parsed(receive(two));
    assertThat(question.payload())
        .isEqualTo(Arp.request(ROUTER_TWO, Ipv4Address.parse("10.0.1.1"), target));
    Arp reply = ((Arp) question.payload()).reply(THREE);
    two.send(Ethernet.of(ROUTER_TWO, THREE, reply).toBytes());

    Ethernet forwarded = parsed(receive(two));
    assertThat(forwarded.destination()).isEqualTo(THREE);
    assertThat(forwarded.source()).isEqualTo(ROUTER_TWO);
    assertThat(((Ipv4Packet) forwarded.payload()).ttl()).isEqualTo(63);
  }

  @Test
  void aNeighbourThatOneHostLearnedIsKnownToAll() {
    router();
    MemoryDevice one = host.plug(routerPort("one", ROUTER_ONE, "10.0.0.1"), "one");
    awaitActive(1);
    one.send(
        Ethernet.of(
                Mac.BROADCAST,
                ONE,
                Arp.request(ONE, Ipv4Address.parse("10.0.0.9"), Ipv4Address.parse("10.0.0.1")))
            .toBytes());
    receive(one);
    await()
        .untilAsserted(() ->
            assertThat(peer.nsdb.topology().table(StateTable.neighbours(ROUTER)))
                .containsKey(Ipv4Address.parse("10.0.0.9")));
  }

  private UUID bridgePort(UUID hostId, String device, long tunnelKey) {
    return port(
        PortBuilder.builder()
            .bridgeId(BRIDGE)
            .inboundFilterId(device.equals("one") ? CHAIN : null)
            .tunnelKey(tunnelKey)
            .hostId(hostId)
            .interfaceName(device));
  }

  private void router() {
    nsdb.commit(
        List.of(
            new Operation.Create(
                RouterBuilder.builder().id(ROUTER).adminStateUp(true).asNumber(-1).build())));
  }

  private UUID routerPort(String device, Mac mac, String address) {
    IpPrefix subnet = IpPrefix.parse(address + "/24");
    UUID id =
        port(
            PortBuilder.builder()
                .routerId(ROUTER)
                .portMac(mac)
                .portAddress(Ipv4Address.parse(address))
                .portSubnets(List.of(subnet))
                .hostId(HOST)
                .interfaceName(device));
    nsdb.commit(
        List.of(
            new Operation.Create(
                RouteBuilder.builder()
                    .id(UUID.randomUUID())
                    .routerId(ROUTER)
                    .src(IpPrefix.parse("0.0.0.0/0"))
                    .dst(subnet)
                    .nextHop(NextHop.NORMAL)
                    .nextHopPortId(id)
                    .weight(100)
                    .build())));
    return id;
  }

  private UUID port(PortBuilder builder) {
    Port port = builder.id(UUID.randomUUID()).adminStateUp(true).build();
    nsdb.commit(List.of(new Operation.Create(port)));
    return port.id();
  }

  private void awaitActive(int ports) {
    await()
        .until(() ->
            host.forwarding.simulation().topology().topology().list(ObjectType.PORT).stream()
                    .filter(port ->
                        host.forwarding.simulation().topology().topology().isActive(port.id()))
                    .count()
                == ports);
  }

  private static byte[] udp(Mac from, Mac to) {
    return udp(from, to, Ipv4Address.parse("10.0.0.8"), Ipv4Address.parse("10.0.0.9"));
  }

  private static byte[] udp(Mac from, Mac to, Ipv4Address source, Ipv4Address destination) {
    UdpDatagram datagram = new UdpDatagram(1000, 2000, Octets.ascii("a packet for a test"));
    return Ethernet.of(
            to, from, Ipv4Packet.of(source, destination, IpProtocol.UDP.number(), datagram))
        .toBytes();
  }

  private static Ethernet parsed(byte[] frame) {
    return Objects.requireNonNull(Ethernet.parse(frame));
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

  private static byte @Nullable [] receiveNow(MemoryDevice device) {
    byte[] last = null;
    for (byte[] next = device.receive(); next != null; next = device.receive()) {
      last = next;
    }
    return last;
  }
}
