package org.midonet.agent.datapath;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.midonet.agent.datapath.Packets.A;
import static org.midonet.agent.datapath.Packets.B;
import static org.midonet.agent.datapath.Packets.C;
import static org.midonet.agent.datapath.Packets.IP6_A;
import static org.midonet.agent.datapath.Packets.IP6_B;
import static org.midonet.agent.datapath.Packets.IP6_C;
import static org.midonet.agent.datapath.Packets.IP_A;
import static org.midonet.agent.datapath.Packets.IP_B;
import static org.midonet.agent.datapath.Packets.IP_C;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.flow.Classifier;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowStatistics;
import org.midonet.agent.flow.Input;
import org.midonet.agent.flow.TcpFlags;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.VlanTag;

/** What every datapath does. */
abstract class DatapathContract {
  static final Ipv4Address FIRST = Ipv4Address.parse("192.168.77.1");
  static final Ipv4Address SECOND = Ipv4Address.parse("192.168.77.2");

  private static final int PUSH = 0x08;

  private Bench bench;
  private Datapath datapath;
  private Bench.Cable one;
  private Bench.Cable two;

  /** Two hosts whose datapaths are at {@link #FIRST} and {@link #SECOND}. */
  abstract Bench open();

  @BeforeEach
  final void plugTwoDevicesIn() {
    bench = open();
    datapath = bench.hosts().getFirst();
    one = bench.plug(0);
    two = bench.plug(0);
  }

  @AfterEach
  final void unplug() {
    bench.close();
  }

  @Test
  void aPacketWithoutAFlowComesUpAndGoesNoFurther() {
    one.send(Packets.udp());

    Miss miss = miss();
    assertThat(miss.frame()).isEqualTo(Packets.udp());
    assertThat(miss.reason()).isEqualTo(Miss.Reason.NO_FLOW);
    assertThat(miss.resent()).isFalse();
    assertThat(miss.remote()).isNull();
    assertThat(two.receive()).isNull();
    assertThat(datapath.counters().misses()).isOne();
  }

  @Test
  void aFlowForwardsAndCounts() {
    forward(Packets.udp());

    Map<FlowKey, FlowStatistics> flows = flows();
    assertThat(flows).containsOnlyKeys(key(Packets.udp()));
    FlowStatistics statistics = requireNonNull(flows.get(key(Packets.udp())));
    assertThat(statistics.packets()).isOne();
    assertThat(statistics.bytes()).isEqualTo(Packets.udp().length);
    assertThat(statistics.idleNanos()).isLessThan(Duration.ofSeconds(10).toNanos());
    assertThat(datapath.counters().hits()).isOne();
  }

  @Test
  void aPacketThatCameUpIsSentOnByItsFlow() {
    one.send(Packets.tcp());
    Miss miss = miss();
    datapath.install(miss.key(), Actions.of(new Action.Output(two.port())));
    datapath.resend(miss);

    assertThat(two.receive()).isEqualTo(Packets.tcp());
  }

  @Test
  void aPacketThatIsSentOnWithoutAFlowComesUpAgain() {
    one.send(Packets.tcp());
    datapath.resend(miss());

    Miss again = miss();
    assertThat(again.resent()).isTrue();
    assertThat(again.key()).isEqualTo(key(Packets.tcp()));
  }

  @Test
  void theAgentsOwnPacketsGetTheActionsTheyComeWith() {
    datapath.emit(
        Packets.udp(),
        Actions.of(
            new Action.SetEther(A, C),
            new Action.Output(one.port()),
            new Action.Output(two.port())));

    byte[] expected = ethernet(Packets.udp()).withAddresses(C, A).toBytes();
    assertThat(one.receive()).isEqualTo(expected);
    assertThat(two.receive()).isEqualTo(expected);
  }

  @Test
  void noActionsDrop() {
    datapath.install(key(Packets.udp()), Actions.DROP);
    one.send(Packets.udp());

    await().until(() -> datapath.counters().dropped() == 1);
    assertThat(two.receive()).isNull();
  }

  @Test
  void aRemovedFlowIsAMiss() {
    datapath.install(key(Packets.udp()), Actions.of(new Action.Output(two.port())));
    datapath.install(key(Packets.tcp()), Actions.of(new Action.Output(two.port())));
    datapath.remove(List.of(key(Packets.echo(1)), key(Packets.udp())));
    one.send(Packets.udp());

    assertThat(miss().key()).isEqualTo(key(Packets.udp()));
    assertThat(flows()).containsOnlyKeys(key(Packets.tcp()));
  }

  @Test
  void allFlowsGoAtOnce() {
    forward(Packets.udp());
    datapath.removeAll();
    one.send(Packets.udp());

    assertThat(miss().key()).isEqualTo(key(Packets.udp()));
    assertThat(flows()).isEmpty();
    forward(Packets.udp());
  }

  @Test
  void keysAreThoseOfTheClassifier() {
    for (byte[] frame : oneOfEachKind()) {
      one.send(frame);
      Classifier.Classified expected =
          requireNonNull(Classifier.classify(new Input.Port(one.port()), frame));
      Miss miss = miss();
      assertThat(miss.key()).isEqualTo(expected.key());
      assertThat(miss.frame()).isEqualTo(frame);
      boolean always = miss.reason() == Miss.Reason.ALWAYS;
      assertThat(always).isEqualTo(expected.kind() == Classifier.Kind.ALWAYS_UP);
    }
  }

  private static List<byte[]> oneOfEachKind() {
    Ethernet udp = ethernet(Packets.udp());
    byte[] firstFragment = fragment(0, true);
    List<byte[]> frames = new ArrayList<>();
    frames.add(Packets.udp());
    frames.add(Packets.tcp());
    frames.add(Packets.echo(77));
    frames.add(Packets.udp6());
    frames.add(Packets.echo6(78));
    frames.add(Packets.arp());
    frames.add(firstFragment);
    frames.add(fragment(800, false));
    frames.add(ipv6Fragment(0));
    frames.add(ipv6Fragment(64));
    frames.add(udp.withTags(List.of(VlanTag.of(42))).toBytes());
    frames.add(udp.withTags(List.of(new VlanTag(VlanTag.SERVICE, 7), VlanTag.of(8))).toBytes());
    frames.add(Packets.ipv4(new IcmpMessage(3, 4, 1400, Octets.of(new byte[40]))).toBytes());
    frames.add(Packets.ipv6(new IcmpMessage(135, 0, 0, Octets.of(new byte[24]))).toBytes());
    frames.add(Packets.ipv6(new IcmpMessage(143, 0, 0, Octets.of(new byte[24]))).toBytes());
    frames.add(new Ethernet(B, A, List.of(), 0x88b5, Octets.of(new byte[60])).toBytes());
    return frames;
  }

  private static byte[] fragment(int offset, boolean more) {
    Ipv4Packet whole = (Ipv4Packet) ethernet(Packets.udp()).payload();
    Ipv4Packet fragment =
        new Ipv4Packet(
            0xb8,
            5,
            false,
            more,
            offset,
            64,
            17,
            IP_A,
            IP_B,
            Octets.EMPTY,
            Octets.of(ethernetPayload(whole)));
    return Ethernet.of(B, A, fragment).toBytes();
  }

  private static byte[] ipv6Fragment(int offset) {
    byte[] extension = {17, 0, (byte) (offset >> 8), (byte) (offset | 1), 0, 0, 0, 9};
    Ipv6Packet packet =
        new Ipv6Packet(
            0x28,
            0,
            64,
            IP6_A,
            IP6_B,
            44,
            Octets.of(extension),
            true,
            offset,
            17,
            Octets.of(new byte[24]));
    return Ethernet.of(B, A, packet).toBytes();
  }

  private static byte[] ethernetPayload(Ipv4Packet packet) {
    byte[] all = new byte[packet.length()];
    packet.write(all, 0);
    return java.util.Arrays.copyOfRange(all, 20, all.length);
  }

  @Test
  void malformedPacketsAreDropped() {
    byte[] frame = Packets.udp();
    frame[14] = 0x44;
    one.send(frame);

    await().until(() -> datapath.counters().malformed() == 1);
    assertThat(datapath.poll(miss -> {}, 0)).isZero();
  }

  @Test
  void natKeepsChecksumsRight() {
    Actions nat =
        Actions.of(
            new Action.SetIp(IP_C, IP_B),
            new Action.SetPorts(50_000, 8080),
            new Action.DecrementTtl(1),
            new Action.SetEther(C, B),
            new Action.Output(two.port()));
    for (byte[] frame : List.of(Packets.udp(), Packets.tcp())) {
      datapath.install(key(frame), nat);
      one.send(frame);
      Ethernet expected = ethernet(frame).withAddresses(B, C);
      Ipv4Packet packet = ((Ipv4Packet) expected.payload()).withTtl(63);
      assertThat(two.receive()).isEqualTo(expected.withPayload(translated(packet)).toBytes());
    }
  }

  private static Ipv4Packet translated(Ipv4Packet packet) {
    return new Ipv4Packet(
        packet.tos(),
        packet.identification(),
        packet.dontFragment(),
        packet.moreFragments(),
        packet.fragmentOffset(),
        packet.ttl(),
        packet.protocol(),
        IP_C,
        IP_B,
        packet.options(),
        switch (packet.payload()) {
          case org.midonet.packets.frame.UdpDatagram udp -> udp.withPorts(50_000, 8080);
          case org.midonet.packets.frame.TcpSegment tcp -> tcp.withPorts(50_000, 8080);
          case org.midonet.packets.frame.Payload other -> other;
        });
  }

  @Test
  void natTranslatesEcho() {
    datapath.install(
        key(Packets.echo(7)),
        Actions.of(
            new Action.SetIp(IP_C, IP_B),
            new Action.SetIcmpId(4711),
            new Action.Output(two.port())));
    one.send(Packets.echo(7));

    Ethernet echo = ethernet(Packets.echo(4711));
    assertThat(two.receive())
        .isEqualTo(echo.withPayload(translated((Ipv4Packet) echo.payload())).toBytes());
  }

  @Test
  void ipv6AddressesAreRewritten() {
    for (byte[] frame : List.of(Packets.udp6(), Packets.echo6(7))) {
      datapath.install(
          key(frame),
          Actions.of(
              new Action.SetIp(IP6_C, IP6_B),
              new Action.DecrementTtl(2),
              new Action.Output(two.port())));
      one.send(frame);
      Ethernet expected = ethernet(frame);
      Ipv6Packet packet = (Ipv6Packet) expected.payload();
      Ipv6Packet rewritten =
          new Ipv6Packet(
              packet.trafficClass(),
              packet.flowLabel(),
              62,
              IP6_C,
              IP6_B,
              packet.nextHeader(),
              packet.extensions(),
              false,
              0,
              packet.protocol(),
              packet.payload());
      assertThat(two.receive()).isEqualTo(expected.withPayload(rewritten).toBytes());
    }
  }

  @Test
  void laterFragmentsKeepTheirOctets() {
    byte[] frame = fragment(800, false);
    datapath.install(
        key(frame),
        Actions.of(
            new Action.SetIp(IP_C, IP_B),
            new Action.SetPorts(1, 2),
            new Action.Output(two.port())));
    one.send(frame);

    Ethernet expected = ethernet(frame);
    assertThat(two.receive())
        .isEqualTo(expected.withPayload(translated((Ipv4Packet) expected.payload())).toBytes());
  }

  @Test
  void aPacketWithoutTtlLeftComesUpAsItCame() {
    datapath.install(
        key(Packets.udp()),
        Actions.of(
            new Action.SetEther(C, C), new Action.DecrementTtl(64), new Action.Output(two.port())));
    one.send(Packets.udp());

    Miss miss = miss();
    assertThat(miss.reason()).isEqualTo(Miss.Reason.TTL);
    assertThat(miss.frame()).isEqualTo(Packets.udp());
  }

  @Test
  void aPacketTooLargeComesUpAsItCame() {
    int size = Packets.udp().length - 14;
    datapath.install(
        key(Packets.udp()),
        Actions.of(new Action.CheckMtu(size - 1), new Action.Output(two.port())));
    one.send(Packets.udp());
    assertThat(miss().reason()).isEqualTo(Miss.Reason.MTU);

    datapath.install(
        key(Packets.udp()), Actions.of(new Action.CheckMtu(size), new Action.Output(two.port())));
    one.send(Packets.udp());
    assertThat(two.receive()).isEqualTo(Packets.udp());
  }

  @Test
  void packetsAreMarkedAndKeepTheirEcnBits() {
    for (byte[] frame : List.of(withTos(Packets.udp(), 0xb9), withTos(Packets.udp6(), 0xb9))) {
      datapath.install(
          key(frame), Actions.of(new Action.SetDscp(10), new Action.Output(two.port())));
      one.send(frame);
      assertThat(two.receive()).isEqualTo(withTos(frame, 0x29));
    }
  }

  private static byte[] withTos(byte[] frame, int tos) {
    Ethernet ethernet = ethernet(frame);
    return ethernet
        .withPayload(
            switch (ethernet.payload()) {
              case Ipv4Packet it ->
                  it.with(tos, it.ttl(), it.source(), it.destination(), it.payload());
              case Ipv6Packet it ->
                  it.with(tos, it.hopLimit(), it.source(), it.destination(), it.payload());
              case org.midonet.packets.frame.Payload other -> other;
            })
        .toBytes();
  }

  @Test
  void howFarAConnectionIsShowsInItsFlow() {
    FlowKey key = key(segment(TcpFlags.SYN));
    datapath.install(key, Actions.of(new Action.Output(two.port())));
    passes(key, TcpFlags.SYN, TcpFlags.SYN);
    passes(key, TcpFlags.ACK, TcpFlags.SYN | TcpFlags.ACK);
    passes(key, TcpFlags.RST | TcpFlags.ACK, TcpFlags.SYN | TcpFlags.ACK | TcpFlags.RST);
    passes(key, TcpFlags.ACK | PUSH, TcpFlags.SYN | TcpFlags.ACK);
    passes(key, TcpFlags.FIN | TcpFlags.ACK, TcpFlags.SYN | TcpFlags.ACK | TcpFlags.FIN);
    passes(key, TcpFlags.ACK, TcpFlags.SYN | TcpFlags.ACK | TcpFlags.FIN);
    passes(key, TcpFlags.SYN | TcpFlags.ACK, TcpFlags.SYN);
  }

  private void passes(FlowKey key, int segment, int expected) {
    one.send(segment(segment));
    assertThat(two.receive()).isEqualTo(segment(segment));
    assertThat(requireNonNull(flows().get(key)).tcpFlags()).isEqualTo(expected);
  }

  private static byte[] segment(int flags) {
    return Packets.ipv4(TcpSegment.of(1000, 80, flags, Octets.EMPTY)).toBytes();
  }

  @Test
  void tagsArePutOnChangedAndTakenOff() {
    Ethernet untagged = ethernet(Packets.udp());
    Ethernet tagged = untagged.withTags(List.of(VlanTag.of(42)));
    rewrite(untagged, new Action.SetVlan(42), tagged);
    rewrite(tagged, new Action.SetVlan(43), untagged.withTags(List.of(VlanTag.of(43))));
    rewrite(tagged, new Action.PopVlan(), untagged);
  }

  private void rewrite(Ethernet from, Action action, Ethernet to) {
    datapath.install(key(from.toBytes()), Actions.of(action, new Action.Output(two.port())));
    one.send(from.toBytes());
    assertThat(two.receive()).isEqualTo(to.toBytes());
  }

  @Test
  void aFloodReachesEveryPortEachAsTheActionsStandThere() {
    Bench.Cable three = bench.plug(0);
    datapath.install(
        key(Packets.udp()),
        Actions.of(
            new Action.Output(two.port()),
            new Action.SetVlan(5),
            new Action.Output(three.port()),
            new Action.PopVlan(),
            new Action.SetEther(A, C),
            new Action.Output(one.port())));
    one.send(Packets.udp());

    Ethernet frame = ethernet(Packets.udp());
    assertThat(two.receive()).isEqualTo(Packets.udp());
    assertThat(three.receive()).isEqualTo(frame.withTags(List.of(VlanTag.of(5))).toBytes());
    assertThat(one.receive()).isEqualTo(frame.withAddresses(C, A).toBytes());
  }

  @Test
  void aFloodMayBeLong() {
    List<Action> actions = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      actions.add(new Action.Output(two.port()));
    }
    datapath.install(key(Packets.udp()), new Actions(actions));
    one.send(Packets.udp());

    for (int i = 0; i < 150; i++) {
      assertThat(two.receive()).isEqualTo(Packets.udp());
    }
    assertThat(two.receive()).isNull();
    datapath.remove(List.of(key(Packets.udp())));
  }

  @Test
  void aDetachedDeviceIsLeftAlone() {
    datapath.install(key(Packets.udp()), Actions.of(new Action.Output(two.port())));
    datapath.detach(two.port());
    one.send(Packets.udp());

    await().until(() -> datapath.counters().noPort() == 1);
    assertThat(two.receive()).isNull();
    assertThat(datapath.ports()).containsOnlyKeys(one.port());
    datapath.detach(two.port());
  }

  @Test
  void peersAreReachedByTunnelAndTheKeyIsTheFlow() {
    Datapath peer = bench.hosts().get(1);
    Bench.Cable far = bench.plug(1);
    peer.install(FlowKey.tunnel(0x123456), Actions.of(new Action.Output(far.port())));
    datapath.install(key(Packets.udp()), Actions.of(new Action.Tunnel(SECOND, 0x123456)));
    one.send(Packets.udp());

    assertThat(far.receive()).isEqualTo(Packets.udp());
  }

  @Test
  void anUnknownTunnelKeyComesUpWithTheHostItCameFrom() {
    datapath.emit(Packets.arp(), Actions.of(new Action.Tunnel(SECOND, 99)));

    Miss miss = missOf(bench.hosts().get(1));
    assertThat(miss.key()).isEqualTo(FlowKey.tunnel(99));
    assertThat(miss.remote()).isEqualTo(FIRST);
    assertThat(miss.frame()).isEqualTo(Packets.arp());
  }

  @Test
  void aFloodReachesPeersAndPorts() {
    Bench.Cable far = bench.plug(1);
    for (int key : new int[] {1, 2}) {
      bench.hosts().get(1).install(FlowKey.tunnel(key), Actions.of(new Action.Output(far.port())));
    }
    datapath.emit(
        Packets.udp(),
        Actions.of(
            new Action.Tunnel(SECOND, 1),
            new Action.Output(two.port()),
            new Action.Tunnel(SECOND, 2)));

    assertThat(two.receive()).isEqualTo(Packets.udp());
    assertThat(far.receive()).isEqualTo(Packets.udp());
    assertThat(far.receive()).isEqualTo(Packets.udp());
  }

  @Test
  void oneNoisyPortDoesNotKeepOthersFromComingUp() {
    for (int i = 0; i < 300; i++) {
      one.send(Packets.udp(i + 1, 9, Octets.EMPTY));
    }
    two.send(Packets.tcp());

    await().until(() -> datapath.counters().rateLimited() > 0);
    List<Miss> misses = new ArrayList<>();
    await()
        .until(() -> {
          datapath.poll(misses::add, 0);
          return misses.getLast().key().input().equals(new Input.Port(two.port()));
        });
    assertThat(misses).hasSizeLessThan(300);
  }

  /** They wait where all do, and take more room there. */
  @Test
  void longPacketsThatComeUpCountForSeveral() {
    for (int i = 0; i < 300; i++) {
      one.send(Packets.udp(i + 1, 9, Octets.of(new byte[1400])));
    }
    two.send(Packets.tcp());
    List<Miss> misses = new ArrayList<>();
    await()
        .until(() -> {
          datapath.poll(misses::add, 0);
          return !misses.isEmpty()
              && misses.getLast().key().input().equals(new Input.Port(two.port()));
        });
    assertThat(misses).hasSizeBetween(20, 200);
    assertThat(datapath.counters().rateLimited()).isGreaterThan(100);
  }

  @Test
  void aDeviceKeepsItsNumber() {
    String name = requireNonNull(datapath.ports().get(one.port()));
    assertThat(datapath.attach(name)).isEqualTo(one.port());
  }

  private void forward(byte[] frame) {
    datapath.install(key(frame), Actions.of(new Action.Output(two.port())));
    one.send(frame);
    assertThat(two.receive()).isEqualTo(frame);
  }

  private Map<FlowKey, FlowStatistics> flows() {
    Map<FlowKey, FlowStatistics> flows = new HashMap<>();
    datapath.forEach(flows::put);
    return flows;
  }

  private FlowKey key(byte[] frame) {
    return requireNonNull(Classifier.classify(new Input.Port(one.port()), frame)).key();
  }

  private Miss miss() {
    return missOf(datapath);
  }

  private static Miss missOf(Datapath datapath) {
    List<Miss> misses = new ArrayList<>();
    await().atMost(Duration.ofSeconds(5)).until(() -> datapath.poll(misses::add, 100) > 0);
    assertThat(misses).hasSize(1);
    return misses.getFirst();
  }

  private static Ethernet ethernet(byte[] frame) {
    return requireNonNull(Ethernet.parse(frame));
  }
}
