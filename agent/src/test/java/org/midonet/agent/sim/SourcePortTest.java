package org.midonet.agent.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.agent.sim.Net.id;
import static org.midonet.agent.sim.Net.mac;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.topology.Condition;
import org.midonet.topology.NatTarget;
import org.midonet.topology.NextHop;
import org.midonet.topology.RuleAction;
import org.midonet.topology.TpRange;

/** Whether another source port would have led a packet elsewhere. */
final class SourcePortTest {
  private static final Ipv4Address CLIENT = Ipv4Address.parse("10.0.0.9");
  private static final Ipv4Address SERVER = Ipv4Address.parse("10.1.0.9");
  private static final int CHAIN = 301;

  private static Net net() {
    Net net =
        new Net()
            .router(1)
            .uplink(11, 1, "10.0.0.1/24")
            .uplink(12, 1, "10.1.0.1/24")
            .route(101, "10.0.0.0/24", NextHop.NORMAL, 11, 100)
            .route(102, "10.1.0.0/24", NextHop.NORMAL, 12, 100);
    net.send(12, Ethernet.of(Mac.BROADCAST, mac(0x99), Arp.request(mac(0x99), SERVER, SERVER)));
    return net;
  }

  private static Net filtered(Object... rules) {
    Net net = net().chain(CHAIN, rules);
    net.update(11, port -> port.withInboundFilterId(id(CHAIN)));
    return net;
  }

  private static Verdict decide(Net net, int from, int to) {
    TcpSegment segment = TcpSegment.of(from, to, TcpSegment.SYN, Octets.EMPTY);
    Ethernet frame = Ethernet.of(mac(11), mac(0x98), Ipv4Packet.of(CLIENT, SERVER, 6, segment));
    return net.simulation().decide(Simulation.Input.of(frame, id(11)));
  }

  @Test
  void whereNobodyAsksForItItDoesNotMatter() {
    Verdict verdict = decide(net(), 1000, 80);
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.FORWARD);
    assertThat(verdict.bySourcePort()).isFalse();
    assertThat(verdict.byDestinationPort()).isFalse();
  }

  @Test
  void aRuleAsksForItWhereItsOtherPortsAreMet() {
    Condition dhcp = Condition.builder().tpSrc(TpRange.of(68)).tpDst(TpRange.of(67)).build();
    Net net = filtered(dhcp, RuleAction.DROP);
    assertThat(decide(net, 1000, 67).bySourcePort()).isTrue();
    assertThat(decide(net, 1000, 80).bySourcePort()).isFalse();
    assertThat(decide(net, 68, 80).byDestinationPort()).isTrue();
    assertThat(decide(net, 1000, 80).byDestinationPort()).isFalse();
  }

  @Test
  void aRuleThatIsNotReachedDoesNotAsk() {
    Condition low = Condition.builder().tpSrc(new TpRange(0, 1023)).build();
    Net net = filtered(Condition.ALL, RuleAction.ACCEPT, low, RuleAction.DROP);
    assertThat(decide(net, 2000, 80).bySourcePort()).isFalse();
  }

  @Test
  void equalRoutesAreChosenAmongByIt() {
    Net net = net();
    net.uplink(13, 1, "10.2.0.1/24").route(103, "10.1.0.0/24", NextHop.NORMAL, 13, 100);
    assertThat(decide(net, 1000, 80).bySourcePort()).isTrue();
  }

  @Test
  void sourceTranslationDependsOnIt() {
    NatTarget target =
        new NatTarget(Ipv4Address.parse("10.1.0.1"), Ipv4Address.parse("10.1.0.1"), 1024, 65535);
    Net net =
        filtered(Condition.ALL, new RuleAction.Snat(List.of(target), RuleAction.FlowAction.ACCEPT));
    assertThat(decide(net, 1000, 80).bySourcePort()).isTrue();
  }

  @Test
  void aChoiceOfServersDependsOnItAndOneServerDoesNot() {
    assertThat(decide(translated(SERVER, SERVER), 1000, 80).bySourcePort()).isFalse();
    Ipv4Address more = Ipv4Address.parse("10.1.0.10");
    assertThat(decide(translated(SERVER, more), 1000, 80).bySourcePort()).isTrue();
  }

  private static Net translated(Ipv4Address first, Ipv4Address last) {
    NatTarget target = new NatTarget(first, last, 8080, 8080);
    return filtered(
        Condition.ALL, new RuleAction.Dnat(List.of(target), RuleAction.FlowAction.ACCEPT));
  }

  @Test
  void whatIsSaidNotToDependOnItDoesNot() {
    Random random = new Random(20261201);
    int general = 0;
    for (int i = 0; i < 200; i++) {
      Net net = filtered(arbitraryRules(random));
      int to = random.nextInt(4);
      Verdict verdict = decide(net, random.nextInt(4), to);
      if (!verdict.bySourcePort()) {
        general++;
        for (int from = 0; from < 5; from++) {
          assertThat(decide(net, from, to).kind()).isEqualTo(verdict.kind());
        }
      }
    }
    assertThat(general).isBetween(20, 180);
  }

  private static Object[] arbitraryRules(Random random) {
    List<Object> rules = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Condition condition =
          Condition.builder()
              .nwProto(random.nextInt(3) == 0 ? 17 : null)
              .tpSrc(arbitraryRange(random))
              .tpDst(arbitraryRange(random))
              .invTpSrc(random.nextInt(4) == 0)
              .invTpDst(random.nextInt(4) == 0)
              .condInvert(random.nextInt(5) == 0)
              .build();
      rules.add(condition);
      rules.add(random.nextBoolean() ? RuleAction.ACCEPT : RuleAction.DROP);
    }
    return rules.toArray();
  }

  private static @Nullable TpRange arbitraryRange(Random random) {
    int first = random.nextInt(4);
    return random.nextInt(3) > 0 ? null : new TpRange(first, first + random.nextInt(2));
  }
}
