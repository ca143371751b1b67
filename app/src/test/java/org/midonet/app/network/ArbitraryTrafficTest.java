package org.midonet.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.agent.sim.Explanation;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.SimulationSettings;
import org.midonet.agent.sim.Verdict;
import org.midonet.agent.sim.VirtualTopology;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.Payload;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.topology.ObjectType;

/** What holds for any packet in any network, tried with seeded ones while the network changes. */
final class ArbitraryTrafficTest {
  private static final int CHANGES = 60;
  private static final int PACKETS = 40;

  private final SplittableRandom random = new SplittableRandom(20);
  private final TwoTenants it = new TwoTenants(true);
  private final List<Machine> machines =
      new ArrayList<>(List.of(it.one, it.two, it.three, it.outside));
  private final List<UUID> rules = new ArrayList<>();
  private final List<UUID> floating = new ArrayList<>();
  private int next = 1000;

  @Test
  void aTopologyThatFollowedChangesDecidesLikeAFreshOne() {
    for (int change = 0; change < CHANGES; change++) {
      changeSomething();
      VirtualTopology fresh = VirtualTopology.of(it.site.nsdb.topology());
      Simulation anew = new Simulation(fresh, it.site.state, SimulationSettings.DEFAULT);
      for (int i = 0; i < PACKETS; i++) {
        Machine from = pick(machines);
        Ethernet frame = frame(from);
        if (frame != null) {
          Simulation.Input input = Simulation.Input.of(frame, from.port()).traced();
          Verdict verdict = it.site.simulation().decide(input);
          assertThat(verdict).isEqualTo(anew.decide(input));
          assertThat(new Explanation(fresh.topology(), true).lines(verdict.trace())).isNotEmpty();
          verdict.effects().forEach(effect -> it.site.state.apply(effect, 0));
        }
      }
    }
  }

  @Test
  void theAnswerToAnAnswerGoesTheWayOfThePacket() {
    for (int change = 0; change < CHANGES; change++) {
      changeSomething();
      for (int i = 0; i < PACKETS; i++) {
        Machine from = pick(machines);
        Ethernet frame = frame(from);
        if (frame != null) {
          answered(from, frame);
        }
      }
    }
  }

  private void answered(Machine from, Ethernet frame) {
    Simulation simulation = it.site.simulation();
    Verdict there = simulation.decide(Simulation.Input.of(frame, from.port()));
    Simulation.Reply back = simulation.reply(frame, there);
    if (back == null) {
      return;
    }
    there.effects().forEach(effect -> it.site.state.apply(effect, 0));
    assertThat(back.verdict().outputs())
        .singleElement()
        .satisfies(output -> {
          assertThat(output.port()).isEqualTo(from.port());
          Ethernet answer = output.rewrite().apply(back.frame());
          assertThat(answer.destination()).isEqualTo(frame.source());
          Ipv4Packet question = (Ipv4Packet) frame.payload();
          Ipv4Packet reply = (Ipv4Packet) answer.payload();
          assertThat(reply.destination()).isEqualTo(question.source());
          assertThat(reply.source()).isEqualTo(question.destination());
        });
  }

  private void changeSomething() {
    int id = next++;
    switch (random.nextInt(6)) {
      case 0 -> machines.add(machine(id));
      case 1 -> {
        it.site.allow(
            Site.id(id),
            TwoTenants.GROUP,
            random.nextBoolean() ? "ingress" : "egress",
            "'protocol':'%s'".formatted(random.nextBoolean() ? "tcp" : "icmp"));
        rules.add(Site.id(id));
      }
      case 2 -> {
        if (!rules.isEmpty()) {
          it.site.delete(ObjectType.SECURITY_GROUP_RULE, rules.removeLast());
        }
      }
      case 3 -> {
        Machine machine = machines.get(random.nextInt(3));
        it.floatingIp(id, "200.0.0." + (100 + id % 100), machine);
        floating.add(Site.id(id));
      }
      case 4 -> {
        if (!floating.isEmpty()) {
          it.site.delete(ObjectType.FLOATING_IP, floating.removeFirst());
        }
      }
      default ->
          it.site.update(
              ObjectType.NEUTRON_ROUTER,
              Site.routerDocument(
                  TwoTenants.ROUTER,
                  TwoTenants.GATEWAY,
                  TwoTenants.EXT,
                  random.nextInt(3) > 0,
                  random.nextBoolean()
                      ? "{'destination':'99.0.0.0/8','nexthop':'10.0.0.11'}"
                      : ""));
    }
  }

  private Machine machine(int id) {
    return it.machine(id, TwoTenants.NET, "2=10.0.0." + (20 + id % 200));
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** A packet to somewhere, mostly to somebody; now and then a bit of it is wrong. */
  private @Nullable Ethernet frame(Machine from) {
    Machine to = pick(machines);
    IpAddress destination =
        switch (random.nextInt(8)) {
          case 0 -> IpAddress.parse("200.0.0." + (100 + random.nextInt(100)));
          case 1 -> IpAddress.parse("99.1.2.3");
          case 2 -> IpAddress.parse("10.0.0.1");
          case 3 -> new Ipv4Address(random.nextInt());
          default -> to.address(4);
        };
    // Who asks a router with SNAT for a fixed address gets an answer from the gateway's, as in
    // MidoNet.
    boolean inside = from.equals(it.outside) && !destination.toString().startsWith("200.");
    if (destination.equals(from.address(4)) || inside) {
      return null;
    }
    Mac gateway = from.equals(it.outside) ? Site.mac(TwoTenants.GATEWAY) : gateway(from);
    boolean direct = random.nextBoolean() && destination.equals(to.address(4));
    Ethernet frame =
        Ethernet.of(
            direct ? to.mac() : gateway,
            from.mac(),
            Ipv4Packet.of(
                (Ipv4Address) from.address(4),
                (Ipv4Address) destination,
                protocol(),
                Octets.EMPTY));
    Ipv4Packet packet = (Ipv4Packet) frame.payload();
    frame = frame.withPayload(packet.withPayload(transport(packet.protocol())));
    byte[] octets = frame.toBytes();
    if (random.nextInt(10) == 0) {
      octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
      octets = Arrays.copyOf(octets, octets.length - random.nextInt(3));
    }
    return Ethernet.parse(octets);
  }

  private static Mac gateway(Machine machine) {
    boolean second = machine.address(4).toString().startsWith("10.1.");
    return Site.mac(second ? TwoTenants.JOIN2 : TwoTenants.JOIN);
  }

  private int protocol() {
    return pick(List.of(6, 17, 1));
  }

  private Payload transport(int protocol) {
    int port = 1 + random.nextInt(4);
    return switch (protocol) {
      case 6 -> TcpSegment.of(1000 + port, 80 + port, TcpSegment.SYN, Octets.EMPTY);
      case 17 -> new UdpDatagram(1000 + port, 50 + port, Octets.EMPTY);
      default -> IcmpMessage.echo(8, port, 1, Octets.EMPTY);
    };
  }
}
