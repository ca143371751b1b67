package org.midonet.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.midonet.agent.sim.DropReason;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.Step;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.QuotedPacket;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.topology.ObjectType;

/** Neutron's networks carry packets as Neutron promises: subnets, routers, NAT, security groups. */
final class ForwardingTest {
  private final TwoTenants it = new TwoTenants(true);

  @Test
  void machinesOfANetworkReachEachOther() {
    assertThat(it.one.ping("10.0.0.11")).isTrue();
    assertThat(it.one.connect("10.0.0.11", 80)).isTrue();
    assertThat(it.one.asks("10.0.0.11", 53)).isTrue();
  }

  @Test
  void machinesOfTwoSubnetsReachEachOtherByTheRouter() {
    assertThat(it.one.ping("10.1.0.10")).isTrue();
    assertThat(it.three.connect("10.0.0.10", 22)).isTrue();
    Ipv4Packet packet = (Ipv4Packet) it.one.received().getFirst().payload();
    assertThat(packet.ttl()).isEqualTo(63);
  }

  @Test
  void theRouterAnswersPingsOnAllItsAddresses() {
    assertThat(it.one.ping("10.0.0.1")).isTrue();
    assertThat(it.one.ping("10.1.0.1")).isTrue();
    assertThat(it.one.ping("200.0.0.2")).isTrue();
    assertThat(it.outside.ping("200.0.0.2")).isTrue();
  }

  @Test
  void machinesReachTheOutsideUnderTheAddressOfTheGateway() {
    assertThat(it.one.connect("200.0.0.50", 80)).isTrue();
    assertThat(it.one.ping("200.0.0.50")).isTrue();
    assertThat(it.outside.received())
        .allMatch(frame -> Machine.source(frame).equals(IpAddress.parse("200.0.0.2")));
  }

  @Test
  void twoMachinesMayPingTheSameHostAtOnceByTheSameIdentifier() {
    assertThat(it.one.ping("200.0.0.50")).isTrue();
    assertThat(it.two.ping("200.0.0.50")).isTrue();
    assertThat(it.one.ping("200.0.0.50")).isTrue();
  }

  @Test
  void fromOutsideNobodyIsReachedUnasked() {
    it.outside.route("200.0.0.0/24", "200.0.0.2");
    assertThat(it.outside.ping("10.0.0.10")).isFalse();
    assertThat(it.outside.connect("200.0.0.2", 80)).isFalse();
  }

  @Test
  void aFloatingIpIsReachedFromOutsideAndShowsOutside() {
    it.floatingIp(50, "200.0.0.10", it.one);
    assertThat(it.outside.ping("200.0.0.10")).isFalse();
    it.allowPing();
    assertThat(it.outside.ping("200.0.0.10")).isTrue();
    assertThat(it.one.connect("200.0.0.50", 80)).isTrue();
    assertThat(it.outside.received())
        .last()
        .matches(frame -> Machine.source(frame).equals(IpAddress.parse("200.0.0.10")));
  }

  @Test
  void floatingIpIsReachableFromItsOwnSubnet() {
    it.allowPing();
    it.floatingIp(50, "200.0.0.10", it.one);
    assertThat(it.two.ping("200.0.0.10")).isTrue();
    assertThat(it.three.ping("200.0.0.10")).isTrue();
    it.floatingIp(51, "200.0.0.11", it.two);
    assertThat(it.two.ping("200.0.0.10")).isTrue();
    assertThat(it.one.ping("200.0.0.11")).isTrue();
  }

  @Test
  void aMachineReachesItsOwnFloatingIp() {
    it.allowPing();
    it.floatingIp(50, "200.0.0.10", it.one);
    assertThat(it.one.ping("200.0.0.10")).isTrue();
  }

  @Test
  void aFloatingIpTakenAwayIsNotReachedAnyMore() {
    it.allowPing();
    it.floatingIp(50, "200.0.0.10", it.one);
    assertThat(it.outside.ping("200.0.0.10")).isTrue();
    it.site.delete(ObjectType.FLOATING_IP, Site.id(50));
    assertThat(it.outside.ping("200.0.0.10")).isFalse();
  }

  @Test
  void withoutSnatAddressesAreLeftAlone() {
    TwoTenants plain = new TwoTenants(false);
    plain.outside.route("200.0.0.0/24", "200.0.0.2");
    assertThat(plain.one.ping("200.0.0.50")).isTrue();
    assertThat(Machine.source(plain.outside.received().getFirst())).hasToString("10.0.0.10");
  }

  @Test
  void whatNoRuleAllowsIsDropped() {
    Machine stranger =
        it.site.machine(
            Site.id(103), TwoTenants.NET, List.of("2=10.0.0.13"), "'security_groups':[]");
    stranger.route("10.0.0.0/24", "10.0.0.1");
    assertThat(stranger.ping("10.0.0.10")).isFalse();
    assertThat(it.one.ping("10.0.0.13")).isFalse();
  }

  @Test
  void ruleOfPortsAllowsThosePortsAlone() {
    it.floatingIp(50, "200.0.0.10", it.one);
    it.site.allow(
        Site.id(63),
        TwoTenants.GROUP,
        "ingress",
        "'protocol':'tcp','port_range_min':80,'port_range_max':90");
    assertThat(it.outside.connect("200.0.0.10", 80)).isTrue();
    assertThat(it.outside.connect("200.0.0.10", 90)).isTrue();
    assertThat(it.outside.connect("200.0.0.10", 91)).isFalse();
    assertThat(it.outside.asks("200.0.0.10", 80)).isFalse();
  }

  @Test
  void ruleOfIcmpTypesAllowsThoseTypesAlone() {
    it.floatingIp(50, "200.0.0.10", it.one);
    it.site.allow(
        Site.id(63),
        TwoTenants.GROUP,
        "ingress",
        "'protocol':'icmp','port_range_min':13,'port_range_max':0");
    assertThat(it.outside.ping("200.0.0.10")).isFalse();
    it.site.allow(
        Site.id(64),
        TwoTenants.GROUP,
        "ingress",
        "'protocol':'icmp','port_range_min':8,'port_range_max':0");
    assertThat(it.outside.ping("200.0.0.10")).isTrue();
  }

  @Test
  void aRuleThatGoesStopsNewPacketsAtOnce() {
    it.allowPing();
    it.floatingIp(50, "200.0.0.10", it.one);
    assertThat(it.outside.ping("200.0.0.10")).isTrue();
    it.site.delete(ObjectType.SECURITY_GROUP_RULE, Site.id(62));
    assertThat(it.outside.ping("200.0.0.10")).isFalse();
  }

  @Test
  void nobodyMaySendUnderAnothersAddress() {
    Ethernet frame = it.one.frameTo("10.0.0.11", new UdpDatagram(1, 2, Octets.ascii("question")));
    Ipv4Packet packet = (Ipv4Packet) frame.payload();
    Ethernet spoofed =
        frame.withPayload(
            packet.with(
                0,
                64,
                (Ipv4Address) IpAddress.parse("10.0.0.99"),
                packet.destination(),
                packet.payload()));
    assertThat(it.site.send(it.one.port(), spoofed)).isEmpty();
    Ethernet otherMac = frame.withAddresses(frame.destination(), Mac.parse("fa:16:3e:99:99:99"));
    assertThat(it.site.send(it.one.port(), otherMac)).isEmpty();
    assertThat(it.site.send(it.one.port(), frame)).hasSize(1);
  }

  @Test
  void nobodyMayPoseAsDhcpServer() {
    Ethernet offer = it.one.frameTo("10.0.0.11", new UdpDatagram(67, 68, Octets.ascii("offer")));
    assertThat(it.site.send(it.one.port(), offer)).isEmpty();
    Ethernet other = it.one.frameTo("10.0.0.11", new UdpDatagram(67, 67, Octets.ascii("offer")));
    assertThat(it.site.send(it.one.port(), other)).hasSize(1);
  }

  @Test
  void allowedAddressPairsMaySendToo() {
    it.site.update(
        ObjectType.NEUTRON_PORT,
        Site.portDocument(
            it.one.port(),
            TwoTenants.NET,
            List.of("2=10.0.0.10"),
            "'security_groups':['%s']".formatted(TwoTenants.GROUP),
            "'allowed_address_pairs':[{'ip_address':'10.0.0.99','mac_address':'fa:16:3e:00:00:99'}]"));
    Ethernet frame = it.one.frameTo("10.0.0.11", new UdpDatagram(1, 2, Octets.ascii("question")));
    Ipv4Packet packet = (Ipv4Packet) frame.payload();
    Ethernet paired =
        new Ethernet(
            frame.destination(),
            Mac.parse("fa:16:3e:00:00:99"),
            List.of(),
            0x0800,
            packet.with(
                0,
                64,
                (Ipv4Address) IpAddress.parse("10.0.0.99"),
                packet.destination(),
                packet.payload()));
    // The receiver's group does not have the pair's address, so its rule by group does not meet it.
    Verdict verdict = it.site.simulation().decide(Simulation.Input.of(paired, it.one.port()));
    assertThat(verdict.reason()).isEqualTo(DropReason.FILTERED);
    it.site.allow(Site.id(65), TwoTenants.GROUP, "ingress", "'protocol':'udp'");
    assertThat(it.site.send(it.one.port(), paired)).hasSize(1);
  }

  @Test
  void eachRouterOfATracerouteAnswers() {
    it.allowPing();
    it.floatingIp(50, "200.0.0.10", it.one);
    it.one.received().clear();
    it.one.send(IpAddress.parse("200.0.0.50"), new UdpDatagram(5000, 33434, Octets.EMPTY), 1);
    assertThat(it.one.received())
        .singleElement()
        .satisfies(frame -> {
          assertThat(Machine.source(frame)).hasToString("10.0.0.1");
          assertThat(Machine.payload(frame))
              .isInstanceOfSatisfying(
                  IcmpMessage.class, icmp -> assertThat(icmp.type()).isEqualTo(11));
        });
    it.outside.received().clear();
    it.outside.send(IpAddress.parse("200.0.0.10"), new UdpDatagram(5000, 33434, Octets.EMPTY), 1);
    assertThat(it.outside.received())
        .singleElement()
        .satisfies(frame -> {
          assertThat(Machine.source(frame)).hasToString("200.0.0.2");
          QuotedPacket quoted = quoted(frame);
          assertThat(quoted.destination()).hasToString("200.0.0.10");
        });
  }

  @Test
  void anIcmpErrorFromOutsideFindsItsWayBackThroughSnat() {
    it.one.send("200.0.0.50", new UdpDatagram(5000, 33434, Octets.ascii("hello")));
    Ethernet seen = it.outside.received().getLast();
    Ethernet error =
        Ethernet.of(
            seen.source(),
            it.outside.mac(),
            Ipv4Packet.of(
                (Ipv4Address) it.outside.address(4),
                (Ipv4Address) Machine.source(seen),
                1,
                new IcmpMessage(3, 3, 0, seen.payload().octets())));
    it.one.received().clear();
    it.site.exchange(it.outside.port(), error);
    assertThat(it.one.received())
        .singleElement()
        .satisfies(frame -> {
          QuotedPacket quoted = quoted(frame);
          assertThat(quoted.source()).hasToString("10.0.0.10");
          assertThat(quoted.sourcePort()).isEqualTo(5000);
        });
  }

  @Test
  void anIcmpErrorAboutAFloatingIpsTrafficIsTranslatedToo() {
    it.floatingIp(50, "200.0.0.10", it.one);
    it.one.send("200.0.0.50", new UdpDatagram(5000, 33434, Octets.ascii("hello")));
    Ethernet seen = it.outside.received().getLast();
    assertThat(Machine.source(seen)).hasToString("200.0.0.10");
    Ethernet error =
        Ethernet.of(
            seen.source(),
            it.outside.mac(),
            Ipv4Packet.of(
                (Ipv4Address) it.outside.address(4),
                (Ipv4Address) Machine.source(seen),
                1,
                new IcmpMessage(3, 3, 0, seen.payload().octets())));
    it.one.received().clear();
    it.site.exchange(it.outside.port(), error);
    assertThat(it.one.received())
        .singleElement()
        .satisfies(frame -> assertThat(quoted(frame).source()).hasToString("10.0.0.10"));
  }

  private static QuotedPacket quoted(Ethernet frame) {
    IcmpMessage icmp = (IcmpMessage) Objects.requireNonNull(Machine.payload(frame));
    return Objects.requireNonNull(QuotedPacket.parse(icmp.body()));
  }

  @Test
  void theWayBackIsDecidedWithTheWayThere() {
    Ethernet syn =
        it.one.frameTo("200.0.0.50", TcpSegment.of(1234, 80, TcpSegment.SYN, Octets.EMPTY));
    Simulation simulation = it.site.simulation();
    Verdict there = simulation.decide(Simulation.Input.of(syn, it.one.port()));
    assertThat(there.isFlow()).isTrue();
    Simulation.Reply back = Objects.requireNonNull(simulation.reply(syn, there));
    assertThat(back.port()).isEqualTo(it.outside.port());
    assertThat(back.verdict().outputs().getFirst().port()).isEqualTo(it.one.port());
    assertThat(back.verdict().outputs().getFirst().rewrite().nwDestination())
        .hasToString("10.0.0.10");
    assertThat(back.verdict().outputs().getFirst().rewrite().destinationPort()).isEqualTo(1234);
  }

  @Test
  void aNeighbourThatIsNotKnownIsAskedForAndThenGivenUp() {
    it.allowPing();
    Ethernet frame = it.one.frameTo("200.0.0.77", IcmpMessage.echo(8, 1, 1, Octets.EMPTY));
    Simulation.Input input = Simulation.Input.of(frame, it.one.port());
    Verdict verdict = it.site.simulation().decide(input);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.WAIT);
    assertThat(verdict.generated()).hasSize(1);
    var wait = Objects.requireNonNull(verdict.waitingFor());
    Verdict givenUp =
        it.site.simulation().decide(input.without(new NeighbourKey(wait.router(), wait.address())));
    assertThat(givenUp.reason()).isEqualTo(DropReason.NO_NEIGHBOUR);
    assertThat(givenUp.generated())
        .singleElement()
        .satisfies(made ->
            assertThat(Machine.payload(made.frame()))
                .isInstanceOfSatisfying(
                    IcmpMessage.class,
                    icmp -> {
                      assertThat(icmp.type()).isEqualTo(3);
                      assertThat(icmp.code()).isEqualTo(1);
                    }));
  }

  @Test
  void aTraceTellsEveryStep() {
    Ethernet syn =
        it.one.frameTo("200.0.0.50", TcpSegment.of(1234, 80, TcpSegment.SYN, Octets.EMPTY));
    Verdict verdict = it.site.simulation().decide(Simulation.Input.of(syn, it.one.port()).traced());
    assertThat(verdict.trace())
        .hasAtLeastOneElementOfType(Step.Enter.class)
        .hasAtLeastOneElementOfType(Step.TryRule.class)
        .hasAtLeastOneElementOfType(Step.FindRoute.class)
        .hasAtLeastOneElementOfType(Step.Translate.class)
        .last()
        .isInstanceOf(Step.Deliver.class);
  }
}
