package org.midonet.agent.datapath;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.midonet.agent.datapath.Packets.A;
import static org.midonet.agent.datapath.Packets.B;
import static org.midonet.agent.datapath.Packets.C;
import static org.midonet.agent.datapath.Packets.IP_A;
import static org.midonet.agent.datapath.Packets.IP_B;
import static org.midonet.agent.datapath.Packets.IP_C;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.BegunFlow;
import org.midonet.agent.flow.Classifier;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Input;
import org.midonet.agent.flow.TcpFlags;
import org.midonet.agent.flow.Template;
import org.midonet.agent.flow.TemplateCache;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.TcpSegment;

/** What every datapath does with templates. A client at A calls port 80 of C, which is B's 8080. */
abstract class TemplateContract {
  private static final int SLOT = 7;

  /** How many flows there may be, as the benches have it. */
  private static final int ROOM = 1000;

  private static final int SYN_ACK = TcpSegment.SYN | TcpSegment.ACK;

  private Bench bench;
  private Datapath datapath;
  private TemplateCache templates;
  private Bench.Cable client;
  private Bench.Cable server;

  abstract Bench open();

  @BeforeEach
  final void plugTwoDevicesIn() {
    bench = open();
    datapath = bench.hosts().getFirst();
    templates = datapath.templates();
    client = bench.plug(0);
    server = bench.plug(0);
    templates.addCredit(TemplateCache.ALL, 100);
    templates.addCredit(client.port(), 100);
  }

  @AfterEach
  final void unplug() {
    bench.close();
  }

  @Test
  void aConnectionBeginsBothWaysAndNothingComesUp() {
    templates.install(SLOT, template(8080));

    exchange(1234, 8080);
    exchange(4321, 8080);

    assertThat(datapath.counters().misses()).isZero();
    assertThat(datapath.counters().begun()).isEqualTo(2);
    assertThat(templates.begun(SLOT)).isEqualTo(2);
  }

  @Test
  void itsFlowsAreNoneOfTheOthers() {
    templates.install(SLOT, template(8080));
    exchange(1234, 8080);

    List<FlowKey> others = new ArrayList<>();
    datapath.forEach((key, statistics) -> others.add(key));
    assertThat(others).isEmpty();
    assertThat(begun())
        .extracting(
            BegunFlow::slot,
            BegunFlow::turn,
            BegunFlow::clientPort,
            BegunFlow::isBack,
            BegunFlow::packets)
        .containsExactlyInAnyOrder(tuple(SLOT, 0, 1234, false, 1L), tuple(SLOT, 0, 1234, true, 1L));
    assertThat(templates.begun(there(1234)))
        .extracting(BegunFlow::tcpFlags)
        .isEqualTo(TcpFlags.SYN);
    assertThat(templates.begun(there(1235))).isNull();
  }

  @Test
  void connectionsTakeVariantsInTurn() {
    templates.install(SLOT, template(8081, 8082));

    exchange(1, 8081);
    exchange(2, 8082);
    exchange(3, 8081);
    exchange(2, 8082);

    assertThat(templates.begun(SLOT)).isEqualTo(3);
  }

  @Test
  void someTakeMoreTurnsThanOthers() {
    Template equal = template(8081, 8082);
    templates.install(
        SLOT, new Template(equal.key(), equal.variants(), List.of(0, 1, 0), 2, equal.payer(), 1));

    exchange(1, 8081);
    exchange(2, 8081);
    exchange(3, 8082);
    exchange(4, 8081);
  }

  @Test
  void whatOpensNoConnectionComesUp() {
    templates.install(SLOT, template(8080));

    client.send(segment(1234, TcpSegment.ACK));
    client.send(segment(1234, SYN_ACK));
    client.send(segment(1234, TcpSegment.SYN | TcpSegment.FIN));
    client.send(Packets.udp(1234, 80, Octets.EMPTY));
    server.send(segment(1234, TcpSegment.SYN));

    misses(5);
    assertThat(begun()).isEmpty();
  }

  @Test
  void aKilledTemplateTakesItsConnectionsWithIt() {
    templates.install(SLOT, template(8080));
    exchange(1234, 8080);
    templates.kill(SLOT);

    client.send(segment(1234, TcpSegment.ACK));
    client.send(segment(4321, TcpSegment.SYN));
    server.send(answer(1234, 8080));

    misses(3);
    assertThat(templates.begun(SLOT)).isOne();
    assertThat(begun()).hasSize(2);
    assertThat(requireNonNull(templates.takeOut(there(1234))).packets()).isOne();
    templates.free(SLOT);
    assertThat(begun()).isEmpty();
  }

  @Test
  void whenAllFlowsGoTemplatesGoAsWell() {
    templates.install(SLOT, template(8080));
    exchange(1234, 8080);
    datapath.removeAll();

    client.send(segment(1234, TcpSegment.ACK));
    client.send(segment(4321, TcpSegment.SYN));
    misses(2);
  }

  @Test
  void aRetiredTemplateBeginsNothingAndItsConnectionsGoOn() {
    templates.install(SLOT, template(8080));
    exchange(1234, 8080);
    templates.retire(SLOT);

    exchange(1234, 8080);
    client.send(segment(4321, TcpSegment.SYN));
    assertThat(misses(1).getFirst().key()).isEqualTo(there(4321));
    assertThat(templates.begun(SLOT)).isOne();
  }

  @Test
  void aSlotIsUsedAgainWithoutTheFlowsOfBefore() {
    templates.install(SLOT, template(8080));
    exchange(1234, 8080);
    templates.free(SLOT);
    templates.install(SLOT, template(8081));

    client.send(segment(1234, TcpSegment.ACK));
    misses(1);
    exchange(1234, 8081);
  }

  @Test
  void withoutCreditConnectionsComeUp() {
    templates.install(SLOT, template(8080));
    templates.addCredit(client.port(), -98);
    exchange(1, 8080);
    exchange(2, 8080);
    client.send(segment(3, TcpSegment.SYN));

    assertThat(misses(1).getFirst().key()).isEqualTo(there(3));
    exchange(1, 8080);
    assertThat(templates.credit(client.port())).isZero();
    assertThat(templates.credit(TemplateCache.ALL)).isEqualTo(98);
  }

  @Test
  void anAnswerThatHasAnotherFlowAlreadyIsLeftToTheAgent() {
    Template template = template(8080);
    templates.install(SLOT, template);
    datapath.install(template.back(0, 1234), Actions.DROP);

    client.send(segment(1234, TcpSegment.SYN));

    misses(1);
    assertThat(begun()).isEmpty();
    assertThat(templates.credit(client.port())).isEqualTo(100);
  }

  @Test
  void aFullCacheLeavesConnectionsToTheAgentAndNoHalfOfThem() {
    templates.install(SLOT, template(8080));
    for (int i = 0; i < ROOM - 1; i++) {
      assertThat(datapath.install(there(10_000 + i), Actions.DROP)).isTrue();
    }

    client.send(segment(1234, TcpSegment.SYN));

    assertThat(misses(1).getFirst().key()).isEqualTo(there(1234));
    assertThat(begun()).isEmpty();
    assertThat(templates.begun(SLOT)).isZero();
    assertThat(templates.credit(client.port())).isEqualTo(100);
    assertThat(templates.credit(TemplateCache.ALL)).isEqualTo(100);
    datapath.remove(List.of(there(10_000)));
    exchange(1234, 8080);
  }

  @Test
  void theAgentsFlowComesFirst() {
    templates.install(SLOT, template(8080));
    datapath.install(there(1234), Actions.of(new Action.Output(server.port())));

    client.send(segment(1234, TcpSegment.SYN));

    assertThat(server.receive()).isEqualTo(segment(1234, TcpSegment.SYN));
    assertThat(begun()).isEmpty();
  }

  private void exchange(int port, int member) {
    client.send(segment(port, TcpSegment.SYN));
    assertThat(server.receive()).isEqualTo(tcp(A, B, IP_A, IP_B, port, member, TcpSegment.SYN));
    server.send(answer(port, member));
    assertThat(client.receive()).isEqualTo(tcp(C, A, IP_C, IP_A, 80, port, SYN_ACK));
  }

  private List<BegunFlow> begun() {
    List<BegunFlow> begun = new ArrayList<>();
    templates.forEachBegun(begun::add);
    return begun;
  }

  private List<Miss> misses(int count) {
    List<Miss> misses = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(5))
        .until(() -> {
          datapath.poll(misses::add, 100);
          return misses.size() >= count;
        });
    assertThat(misses).hasSize(count);
    return misses;
  }

  private Template template(int... members) {
    List<Template.Variant> variants = new ArrayList<>();
    for (int member : members) {
      variants.add(
          new Template.Variant(
              Actions.of(
                  new Action.SetEther(A, B),
                  new Action.SetIp(IP_A, IP_B),
                  new Action.SetPorts(0, member),
                  new Action.Output(server.port())),
              back(member),
              Actions.of(
                  new Action.SetEther(C, A),
                  new Action.SetIp(IP_C, IP_A),
                  new Action.SetPorts(80, 0),
                  new Action.Output(client.port())),
              Octets.ascii("note")));
    }
    List<Integer> order = IntStream.range(0, members.length).boxed().toList();
    return new Template(there(0), variants, order, 0, client.port(), 1);
  }

  private FlowKey back(int member) {
    return key(server, answer(0, member));
  }

  private FlowKey there(int port) {
    return key(client, segment(port, TcpSegment.SYN));
  }

  private static FlowKey key(Bench.Cable from, byte[] frame) {
    return requireNonNull(Classifier.classify(new Input.Port(from.port()), frame)).key();
  }

  private static byte[] segment(int port, int flags) {
    return tcp(A, C, IP_A, IP_C, port, 80, flags);
  }

  private static byte[] answer(int port, int member) {
    return tcp(B, A, IP_B, IP_A, member, port, SYN_ACK);
  }

  private static byte[] tcp(
      Mac source,
      Mac destination,
      Ipv4Address from,
      Ipv4Address to,
      int sourcePort,
      int destinationPort,
      int flags) {
    TcpSegment segment = TcpSegment.of(sourcePort, destinationPort, flags, Octets.EMPTY);
    return Ethernet.of(destination, source, Ipv4Packet.of(from, to, 6, segment)).toBytes();
  }
}
