package org.midonet.agent.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.agent.datapath.memory.MemoryDatapath;
import org.midonet.agent.datapath.memory.MemoryDevice;
import org.midonet.agent.datapath.memory.MemoryUnderlay;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.state.NatBlocks;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.IpProtocol;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.Condition;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;
import org.midonet.topology.RuleAction;
import org.midonet.topology.RuleBuilder;
import org.midonet.topology.TunnelType;
import org.midonet.topology.TunnelZoneBuilder;
import org.midonet.topology.TunnelZoneHost;

/** A machine lets in answers alone; the host where answers enter must know of the connection. */
final class SharedStateTest {
  private static final UUID BRIDGE = UUID.randomUUID();
  private static final UUID ANSWERS = UUID.randomUUID();
  private static final UUID QUESTIONS = UUID.randomUUID();
  private static final UUID CLIENT = UUID.randomUUID();
  private static final UUID SERVER = UUID.randomUUID();
  private static final Mac CLIENT_MAC = Mac.parse("02:00:00:00:00:01");
  private static final Mac SERVER_MAC = Mac.parse("02:00:00:00:00:02");
  private static final Ipv4Address CLIENT_ADDRESS = Ipv4Address.parse("10.0.0.1");
  private static final Ipv4Address SERVER_ADDRESS = Ipv4Address.parse("10.0.0.2");

  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final MemoryUnderlay underlay = new MemoryUnderlay();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final UUID here = UUID.randomUUID();
  private final UUID there = UUID.randomUUID();
  @TempDir private Path folder;
  private int started;

  /** A host and what forwards on it. */
  private record Host(UUID id, MemoryDatapath datapath, Forwarding forwarding) {}

  @BeforeEach
  void makeTopology() {
    nsdb.commit(
        List.of(
            new Operation.Create(HostBuilder.builder().id(here).build()),
            new Operation.Create(HostBuilder.builder().id(there).build()),
            new Operation.Create(
                TunnelZoneBuilder.builder()
                    .id(new UUID(0, 1))
                    .tunnelType(TunnelType.VXLAN)
                    .hosts(
                        List.of(
                            new TunnelZoneHost(here, address(here)),
                            new TunnelZoneHost(there, address(there))))
                    .build()),
            new Operation.Create(BridgeBuilder.builder().id(BRIDGE).adminStateUp(true).build()),
            new Operation.Create(ChainBuilder.builder().id(ANSWERS).build()),
            new Operation.Create(ChainBuilder.builder().id(QUESTIONS).build()),
            rule(ANSWERS, Condition.ALL.withMatchReturnFlow(true), RuleAction.Verdict.ACCEPT),
            rule(ANSWERS, Condition.ALL, RuleAction.Verdict.DROP),
            rule(QUESTIONS, Condition.ALL.withMatchForwardFlow(true), RuleAction.Verdict.ACCEPT)));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void theHostOfTheAnswerIsToldAtOnce() {
    Host one = start(here);
    Host two = start(there);
    MemoryDevice client = plug(one, CLIENT, 11, ANSWERS);
    MemoryDevice server = plug(two, SERVER, 12, null);
    awaitActive(one, two);
    server.send(answer());
    client.send(question());
    awaitFrame(server, question());
    assertThat(client.receive()).isNull();
    awaitFrame(client, answer(), () -> server.send(answer()));
  }

  @Test
  void whatWasLostIsToldAgainWhilePacketsFlow() throws Exception {
    Host one = start(here);
    Host two = start(there);
    MemoryDevice client = plug(one, CLIENT, 11, ANSWERS);
    plug(two, SERVER, 12, null);
    awaitActive(one, two);
    client.send(frame(CLIENT_MAC, SERVER_MAC, CLIENT_ADDRESS, SERVER_ADDRESS, 1, 1));
    await().until(() -> isKnown(one, CLIENT_MAC)); // it would make the flow of the question anew

    two.forwarding.close();
    two.datapath.close();
    client.send(question());
    await().until(() -> lets(one, answer(), SERVER));
    Host again = start(there);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          client.send(question());
          return lets(again, answer(), SERVER);
        });
  }

  private static boolean isKnown(Host host, Mac mac) {
    return host.forwarding
        .simulation()
        .topology()
        .topology()
        .table(StateTable.macs(BRIDGE, 0))
        .containsKey(mac);
  }

  private static boolean lets(Host host, byte[] frame, UUID port) {
    Ethernet parsed = Objects.requireNonNull(Ethernet.parse(frame));
    Verdict verdict = host.forwarding.simulation().decide(Simulation.Input.of(parsed, port));
    return verdict.kind() == Verdict.Kind.FORWARD;
  }

  @Test
  void theHostThatAPortMovesToIsToldOfItsConnections() {
    Host one = start(here);
    Host two = start(there);
    MemoryDevice client = plug(one, CLIENT, 11, ANSWERS);
    MemoryDevice server = plug(one, SERVER, 12, null);
    awaitActive(one, two);
    client.send(question());
    awaitFrame(server, question());

    one.forwarding.detach(SERVER);
    nsdb.withdraw(StateKey.active(SERVER), here);
    Port moved = nsdb.topology().get(ObjectType.PORT, SERVER).withHostId(there);
    nsdb.commit(List.of(new Operation.Update(moved)));
    MemoryDevice other = two.datapath.plug("server");
    two.forwarding.attach(SERVER, "server", 1500);
    nsdb.publish(StateKey.active(SERVER), there, "");
    awaitFrame(client, answer(), () -> other.send(answer()));
  }

  private Host start(UUID id) {
    DatapathConfig config =
        new DatapathConfig("test", 1000, 1 << 20, 10_000, 1000, Optional.empty());
    MemoryDatapath datapath = new MemoryDatapath(config, address(id), underlay);
    Forwarding forwarding =
        Forwarding.start(
            nsdb.sibling(),
            id,
            datapath,
            new Forwarding.Settings(
                1000,
                1500,
                1550,
                "",
                NatBlocks.alone(),
                folder.resolve("state-" + started++),
                null));
    opened.add(datapath);
    opened.add(forwarding);
    return new Host(id, datapath, forwarding);
  }

  private Ipv4Address address(UUID host) {
    return Ipv4Address.parse(host.equals(here) ? "192.0.2.1" : "192.0.2.2");
  }

  private static Operation rule(UUID chain, Condition condition, RuleAction.Verdict verdict) {
    return new Operation.Create(
        RuleBuilder.builder()
            .id(UUID.randomUUID())
            .chainId(chain)
            .condition(condition)
            .action(new RuleAction.Literal(verdict))
            .build());
  }

  private MemoryDevice plug(Host host, UUID port, int key, @Nullable UUID filter) {
    String name = port.equals(CLIENT) ? "client" : "server";
    nsdb.commit(
        List.of(
            new Operation.Create(
                PortBuilder.builder()
                    .id(port)
                    .bridgeId(BRIDGE)
                    .adminStateUp(true)
                    .tunnelKey(key)
                    .outboundFilterId(filter)
                    .inboundFilterId(filter == null ? null : QUESTIONS)
                    .hostId(host.id)
                    .interfaceName(name)
                    .build())));
    MemoryDevice device = host.datapath.plug(name);
    host.forwarding.attach(port, name, 1500);
    nsdb.publish(StateKey.active(port), host.id, "");
    return device;
  }

  private static void awaitActive(Host... hosts) {
    for (Host host : hosts) {
      await()
          .until(() ->
              host.forwarding.simulation().topology().topology().isActive(CLIENT)
                  && host.forwarding.simulation().topology().topology().isActive(SERVER));
    }
  }

  private static void awaitFrame(MemoryDevice device, byte[] wanted) {
    awaitFrame(device, wanted, () -> {});
  }

  private static void awaitFrame(MemoryDevice device, byte[] wanted, Runnable before) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          before.run();
          assertThat(device.receive()).isEqualTo(wanted);
        });
  }

  private static byte[] question() {
    return frame(CLIENT_MAC, SERVER_MAC, CLIENT_ADDRESS, SERVER_ADDRESS, 1000, 53);
  }

  private static byte[] answer() {
    return frame(SERVER_MAC, CLIENT_MAC, SERVER_ADDRESS, CLIENT_ADDRESS, 53, 1000);
  }

  private static byte[] frame(
      Mac from, Mac to, Ipv4Address source, Ipv4Address destination, int fromPort, int toPort) {
    UdpDatagram datagram = new UdpDatagram(fromPort, toPort, Octets.ascii("a packet for a test"));
    return Ethernet.of(
            to, from, Ipv4Packet.of(source, destination, IpProtocol.UDP.number(), datagram))
        .toBytes();
  }
}
