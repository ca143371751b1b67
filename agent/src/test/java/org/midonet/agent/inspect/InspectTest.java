package org.midonet.agent.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.midonet.agent.control.AgentControl;
import org.midonet.agent.control.ControlAnswer;
import org.midonet.agent.control.ControlClient;
import org.midonet.agent.control.ControlRequest;
import org.midonet.agent.control.ControlSocket;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.agent.datapath.memory.MemoryDatapath;
import org.midonet.agent.datapath.memory.MemoryDevice;
import org.midonet.agent.datapath.memory.MemoryUnderlay;
import org.midonet.agent.forward.Forwarding;
import org.midonet.agent.host.Bindings;
import org.midonet.agent.state.NatBlocks;
import org.midonet.agent.trace.Question.Protocol;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.packets.IpProtocol;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.PortBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an agent tells of itself over its socket, while two machines talk. */
final class InspectTest {
  private static final UUID HOST = UUID.randomUUID();
  private static final UUID BRIDGE = UUID.randomUUID();
  private static final Mac ONE = Mac.parse("02:00:00:00:00:01");
  private static final Mac TWO = Mac.parse("02:00:00:00:00:02");
  private static final Ipv4Address ADDRESS_ONE = Ipv4Address.parse("10.0.0.8");
  private static final Ipv4Address ADDRESS_TWO = Ipv4Address.parse("10.0.0.9");
  private static final int ROOM = 50_000;

  @TempDir private Path folder;
  private final MemoryNsdb nsdb = new MemoryNsdb();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private MemoryDatapath datapath;
  private Forwarding forwarding;
  private MemoryDevice one;
  private MemoryDevice two;
  private UUID portOne;

  @BeforeEach
  void start() {
    nsdb.commit(
        List.of(
            new Operation.Create(HostBuilder.builder().id(HOST).build()),
            new Operation.Create(BridgeBuilder.builder().id(BRIDGE).adminStateUp(true).build())));
    DatapathConfig config = new DatapathConfig("test", ROOM, 1 << 26, 0, 0, Optional.empty());
    datapath = new MemoryDatapath(config, Ipv4Address.parse("192.0.2.1"), new MemoryUnderlay());
    forwarding =
        Forwarding.start(
            nsdb,
            HOST,
            datapath,
            new Forwarding.Settings(
                ROOM, 1500, 1550, "", NatBlocks.alone(), folder.resolve("state"), null));
    opened.add(
        ControlSocket.open(socket(), new AgentControl(new Bindings(nsdb, HOST), forwarding)));
    opened.add(forwarding);
    opened.add(datapath);
    portOne = port("one");
    UUID portTwo = port("two");
    one = plug(portOne, "one");
    two = plug(portTwo, "two");
    await().until(() -> forwarding.simulation().topology().topology().isActive(portTwo));
    two.send(udp(TWO, ONE, ADDRESS_TWO, ADDRESS_ONE, 1, 2)); // where it is, is known then
    receive(one);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  @Test
  void flowsAreListedByWhereTheyComeFromAndGoTo() {
    talk(80);

    assertThat(ask("/flows"))
        .contains("udp 10.0.0.8:1000 > 10.0.0.9:80 from interface one (" + portOne + ")")
        .containsPattern("to interface two \\([0-9a-f-]+\\) on network")
        .containsPattern("\\d+ packets, \\d+ octets, age [0-9.]+ s, idle [0-9.]+ s");
  }

  @Test
  void flowsAreFoundByPortAndAddress() throws IOException {
    talk(80);
    talk(81);

    assertThat(json("/flows?format=json&port=" + portOne)).isNotEmpty();
    assertThat(json("/flows?format=json&port=nobody")).isEmpty();
    assertThat(json("/flows?format=json&address=10.0.0.9&limit=1")).hasSize(1);
    assertThat(json("/flows?format=json&address=10.9.9.9")).isEmpty();
    assertThat(answer("GET", "/flows?limit=many", "").status()).isEqualTo(400);
  }

  @Test
  void aProgramReadsTheSame() {
    talk(80);

    assertThat(json("/flows?format=json"))
        .anySatisfy(flow -> {
          assertThat(flow.at("/from/port").asString()).isEqualTo(portOne.toString());
          assertThat(flow.at("/from/device").asString()).isEqualTo("one");
          assertThat(flow.at("/match/destination").asString()).isEqualTo("10.0.0.9");
          assertThat(flow.at("/actions/0/device").asString()).isEqualTo("two");
          assertThat(flow.path("drop").asBoolean()).isFalse();
        });
  }

  /** Whoever reads slowly has the packets forwarded as before. */
  @Test
  void manyFlowsAreListedWhilePacketsAreForwarded() throws IOException {
    for (int port = 1; port <= 20_000; port++) {
      one.send(udp(ONE, TWO, ADDRESS_ONE, ADDRESS_TWO, 1000 + port % 7, port));
    }
    await().until(() -> forwarding.statistics().flows() >= 20_000);

    List<String> lines = new ArrayList<>();
    ControlClient.follow(
        socket(),
        new ControlRequest("GET", "/flows?format=json", ""),
        line -> {
          if (lines.isEmpty()) {
            talk(30_000);
          }
          lines.add(line);
        });

    assertThat(lines).hasSizeGreaterThanOrEqualTo(20_000);
  }

  @Test
  void topShowsWhoTalks() {
    talk(80);
    Thread talking =
        Thread.ofVirtual()
            .start(() -> {
              while (!Thread.currentThread().isInterrupted()) {
                one.send(udp(ONE, TWO, ADDRESS_ONE, ADDRESS_TWO, 1000, 80));
                Thread.onSpinWait();
              }
            });
    try {
      JsonNode top = json("/top?seconds=1&format=json").getFirst();

      assertThat(top.at("/top_ports/0/sent/packets").asDouble()).isPositive();
      assertThat(top.at("/top_flows/0/match/destination_port").asInt()).isEqualTo(80);
      assertThat(top.path("packets_by_flow").asDouble()).isPositive();
      assertThat(ask("/top?seconds=1").lines())
          .allMatch(line -> line.length() <= 80)
          .anyMatch(line -> line.contains("udp 10.0.0.8:1000 > 10.0.0.9:80 "));
    } finally {
      talking.interrupt();
    }
  }

  @Test
  void statisticsTellOfEveryDecision() {
    long before = forwarding.statistics().simulation().count();
    talk(80);
    assertThat(forwarding.statistics().simulation().count()).isGreaterThan(before);
    assertThat(forwarding.statistics().simulation().meanMicros()).isPositive();
    assertThat(forwarding.statistics().state().macs()).isPositive();
  }

  @Test
  void packetsThatMatchAreFollowedEachAndForwardedAsBefore() throws Exception {
    talk(80);
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread trace = follow(live(portOne, ADDRESS_TWO, 80, 3, 60), lines);
    awaitWatch(1);

    for (int i = 0; i < 3; i++) {
      drain(two);
      one.send(udp(ONE, TWO, ADDRESS_ONE, ADDRESS_TWO, 1000, 80));
      assertThat(receive(two)).isEqualTo(udp(ONE, TWO, ADDRESS_ONE, ADDRESS_TWO, 1000, 80));
    }
    trace.join();

    assertThat(lines.stream().filter(line -> line.contains(" packet "))).hasSize(3);
    assertThat(lines)
        .anyMatch(line -> line.contains("enters interface one (" + portOne))
        .anyMatch(line -> line.contains("delivered to interface two ("));
    awaitWatch(0);
    awaitFlow(80);
  }

  @Test
  void packetsThatDoNotMatchKeepTheirFlows() throws Exception {
    talk(81);
    Thread trace = follow(live(portOne, null, 80, 1, 60), new ArrayList<>());
    awaitWatch(1);

    await()
        .until(() -> {
          long misses = datapath.counters().misses();
          drain(two);
          one.send(udp(ONE, TWO, ADDRESS_ONE, ADDRESS_TWO, 1000, 81));
          receive(two);
          return datapath.counters().misses() == misses;
        });
    one.send(udp(ONE, TWO, ADDRESS_ONE, ADDRESS_TWO, 1000, 80));
    trace.join();
  }

  @Test
  void aTraceEndsWhenNobodyReadsAnyMore() throws Exception {
    Thread trace = follow(live(portOne, null, 80, 100, 600), new ArrayList<>());
    awaitWatch(1);
    trace.interrupt(); // closes the channel
    awaitWatch(0);
    trace.join();
  }

  @Test
  void aTraceEndsAfterItsTime() throws Exception {
    Thread trace = follow(live(portOne, null, 80, 100, 1), new ArrayList<>());
    trace.join();
    awaitWatch(0);
  }

  /** What is too fast to be told is counted, and all of it is forwarded. */
  @Test
  void aFloodOfPacketsIsForwardedWhileItIsFollowed() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread trace = follow(live(portOne, ADDRESS_TWO, 80, 5000, 60), lines);
    awaitWatch(1);
    drain(two);

    for (int i = 0; i < 5000; i++) {
      one.send(udp(ONE, TWO, ADDRESS_ONE, ADDRESS_TWO, 1000, 80));
    }
    trace.join();

    int received = 0;
    while (two.receive() != null) {
      received++;
    }
    assertThat(received).isEqualTo(5000);
    assertThat(lines).anyMatch(line -> line.contains(" packet "));
  }

  @Test
  void aTraceOfEverythingOrOfAPortElsewhereIsRefused() throws IOException {
    assertThat(answer("POST", "/trace/live", "{}").status()).isEqualTo(400);
    ControlAnswer elsewhere =
        answer("POST", "/trace/live", live(UUID.randomUUID(), null, 80, 1, 1).toJson());
    assertThat(elsewhere.status()).isEqualTo(409);
    assertThat(elsewhere.body()).contains("is not attached on this host");
  }

  private static LiveQuestion live(
      UUID from, @Nullable Ipv4Address to, int port, int packets, int seconds) {
    return new LiveQuestion(from, to, Protocol.UDP, port, false, false, packets, seconds);
  }

  private Thread follow(LiveQuestion question, List<String> lines) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            ControlClient.follow(
                socket(), new ControlRequest("POST", "/trace/live", question.toJson()), lines::add);
          } catch (IOException e) {
            lines.add(e.toString());
          }
        });
  }

  private void awaitWatch(int count) {
    await().until(() -> forwarding.statistics().watches() == count);
  }

  /** Sends until the packets go by a flow. */
  private void talk(int destination) {
    await()
        .until(() -> {
          one.send(udp(ONE, TWO, ADDRESS_ONE, ADDRESS_TWO, 1000, destination));
          return hasFlow(destination);
        });
  }

  private void awaitFlow(int destination) {
    talk(destination);
  }

  private boolean hasFlow(int destination) {
    return forwarding.flows().flows().stream()
        .anyMatch(seen -> seen.flow().key().destinationPort() == destination);
  }

  private UUID port(String device) {
    UUID id = UUID.randomUUID();
    nsdb.commit(
        List.of(
            new Operation.Create(
                PortBuilder.builder()
                    .id(id)
                    .bridgeId(BRIDGE)
                    .adminStateUp(true)
                    .hostId(HOST)
                    .interfaceName(device)
                    .build())));
    return id;
  }

  private MemoryDevice plug(UUID port, String name) {
    MemoryDevice device = datapath.plug(name);
    forwarding.attach(port, name, 1500);
    nsdb.publish(StateKey.active(port), HOST, "");
    return device;
  }

  private static byte[] udp(
      Mac from, Mac to, Ipv4Address source, Ipv4Address destination, int sourcePort, int port) {
    UdpDatagram datagram = new UdpDatagram(sourcePort, port, Octets.ascii("for a test"));
    return Ethernet.of(
            to, from, Ipv4Packet.of(source, destination, IpProtocol.UDP.number(), datagram))
        .toBytes();
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

  private static void drain(MemoryDevice device) {
    for (byte[] next = device.receive(); next != null; next = device.receive()) {
      // until nothing is left
    }
  }

  private Path socket() {
    return folder.resolve("agent.sock");
  }

  private ControlAnswer answer(String method, String target, String body) throws IOException {
    return ControlClient.ask(socket(), new ControlRequest(method, target, body));
  }

  private String ask(String target) {
    try {
      ControlAnswer answer = answer("GET", target, "");
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<JsonNode> json(String target) {
    return ask(target).lines().map(line -> JsonMapper.shared().readTree(line)).toList();
  }
}
