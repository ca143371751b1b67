package org.midonet.agent.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.midonet.agent.sim.Net.id;
import static org.midonet.agent.sim.Net.ids;
import static org.midonet.agent.sim.Net.mac;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.VlanTag;
import org.midonet.topology.ObjectType;

/** What a bridge does with frames, spec/midonet.md 5.3. */
final class BridgingTest {
  private final Net net = new Net().bridge(1).bound(11, 1).bound(12, 1).bound(13, 1);

  private static Ethernet frame(Mac from, Mac to) {
    return new Ethernet(to, from, List.of(), 0x88b5, Octets.ascii("data"));
  }

  private static Ethernet tagged(Mac from, Mac to, int vlan) {
    return frame(from, to).withTags(List.of(VlanTag.of(vlan)));
  }

  @Test
  void whatNobodyKnowsIsFloodedAndWhatWasLearnedIsNot() {
    assertThat(net.outputs(11, frame(mac(1), mac(2)))).containsExactlyInAnyOrder(ids(12, 13));
    assertThat(net.outputs(12, frame(mac(2), mac(1)))).containsExactly(id(11));
    assertThat(net.outputs(11, frame(mac(1), mac(2)))).containsExactly(id(12));
  }

  @Test
  void aMacThatMovesIsFollowedAndItsFlowsGo() {
    net.send(12, frame(mac(2), mac(1)));
    Verdict before = net.send(11, frame(mac(1), mac(2)));
    Verdict move = net.send(13, frame(mac(2), Mac.BROADCAST));
    assertThat(before.tags()).contains(move.effects().getFirst().changed());
    assertThat(net.outputs(11, frame(mac(1), mac(2)))).containsExactly(id(13));
  }

  @Test
  void seededMacsAreKnownFromTheStart() {
    net.commit(new Operation.AddEntry<>(StateTable.macs(id(1), 0), mac(2), id(12)));
    assertThat(net.outputs(11, frame(mac(1), mac(2)))).containsExactly(id(12));
  }

  @Test
  void framesFromGroupAddressesAreDropped() {
    assertThat(net.send(11, frame(Mac.BROADCAST, mac(2))).reason())
        .isEqualTo(DropReason.BAD_SOURCE);
  }

  @Test
  void bridgesAreIsolated() {
    net.bridge(2).bound(21, 2).bound(22, 2);
    assertThat(net.outputs(11, frame(mac(1), Mac.BROADCAST)))
        .containsExactlyInAnyOrder(ids(12, 13));
  }

  @Test
  void aPortThatIsDownNeitherTakesNorGetsAnything() {
    net.update(12, port -> port.withAdminStateUp(false));
    assertThat(net.outputs(11, frame(mac(1), Mac.BROADCAST))).containsExactly(id(13));
    assertThat(net.send(12, frame(mac(2), mac(1))).reason()).isEqualTo(DropReason.ADMIN_DOWN);
  }

  @Test
  void arpIsAnsweredFromTheTable() {
    Ipv4Address address = Ipv4Address.parse("10.0.0.9");
    net.commit(new Operation.AddEntry<>(StateTable.arps(id(1)), address, mac(9)));
    Arp question = Arp.request(mac(1), Ipv4Address.parse("10.0.0.1"), address);
    Verdict verdict = net.send(11, Ethernet.of(Mac.BROADCAST, mac(1), question));
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.CONSUMED);
    assertThat(verdict.generated())
        .singleElement()
        .satisfies(made -> {
          assertThat(made.port()).isEqualTo(id(11));
          assertThat(made.frame().payload()).isEqualTo(question.reply(mac(9)));
        });
  }

  @Test
  void whoProbesForItsOwnAddressIsNotToldOfItself() {
    Ipv4Address address = Ipv4Address.parse("10.0.0.9");
    net.commit(new Operation.AddEntry<>(StateTable.arps(id(1)), address, mac(9)));
    Arp probe = Arp.request(mac(9), Ipv4Address.ANY, address);
    assertThat(net.send(11, Ethernet.of(Mac.BROADCAST, mac(9), probe)).generated()).isEmpty();
  }

  @Test
  void anAddressThatIsAnnouncedElsewhereMoves() {
    Ipv4Address address = Ipv4Address.parse("10.0.0.9");
    net.commit(new Operation.AddEntry<>(StateTable.arps(id(1)), address, mac(9)));
    Arp announcement = Arp.request(mac(8), address, address);
    assertThat(net.outputs(12, Ethernet.of(Mac.BROADCAST, mac(8), announcement)))
        .containsExactlyInAnyOrder(ids(11, 13));
    Arp question = Arp.request(mac(1), Ipv4Address.parse("10.0.0.1"), address);
    Verdict verdict = net.send(11, Ethernet.of(Mac.BROADCAST, mac(1), question));
    assertThat(verdict.generated().getFirst().frame().source()).isEqualTo(mac(8));
  }

  @Test
  void vlansOfTrunksLeadToTheBridgesThatCarryThem() {
    net.bridge(2)
        .bound(21, 2)
        .port(14, it -> it.bridgeId(id(1)).vlanId(7))
        .port(24, it -> it.bridgeId(id(2)).peerId(id(14)));
    Verdict in = net.send(11, tagged(mac(1), Mac.BROADCAST, 7));
    assertThat(in.outputs()).extracting(Output::port).contains(id(21), id(12), id(13));
    assertThat(in.outputs())
        .filteredOn(output -> output.port().equals(id(21)))
        .allMatch(output -> List.of().equals(output.rewrite().tags()));
    Verdict out = net.send(21, frame(mac(5), mac(1)));
    assertThat(out.outputs())
        .singleElement()
        .satisfies(output -> {
          assertThat(output.port()).isEqualTo(id(11));
          assertThat(output.rewrite().tags()).containsExactly(VlanTag.of(7));
        });
    assertThat(net.outputs(11, tagged(mac(1), Mac.BROADCAST, 8)))
        .containsExactlyInAnyOrder(ids(12, 13));
  }

  @Test
  void aPortThatComesOrGoesEndsTheFlowsThatFlood() {
    Verdict flood = net.send(11, frame(mac(1), Mac.BROADCAST));
    var before = net.nsdb.topology();
    var commit = net.nsdb.commit(List.of(new Operation.Delete(ObjectType.PORT, id(13))));
    Invalidation touched = Invalidation.of(commit.changes(), before, commit.after());
    assertThat(Net.sharesTag(flood, touched.tags())).isTrue();
  }
}
