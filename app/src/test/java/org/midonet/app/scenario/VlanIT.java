package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.VlanTag;

/** A bridge of MidoNet's own API that joins networks to the VLANs of a trunk. */
@Scenario
final class VlanIT {
  private static final Mac BEYOND = Mac.parse("02:00:00:00:00:77");
  private static final String ADDRESS_BEYOND = "10.0.1.77";

  @Test
  void eachNetworkIsAVlanOfTheTrunk(Cloud cloud) {
    MidonetApi api = cloud.host().midonetApi();
    String joined = api.create("bridges", Map.of("name", "vlans", "tenantId", cloud.project()));
    String trunkPort = api.create("bridges/" + joined + "/ports", Map.of("type", "Bridge"));
    String red = vlan(cloud, joined, 10);
    String blue = vlan(cloud, joined, 20);
    Machine one = cloud.openMachineAt(red, "10.0.1.11");
    Machine two = cloud.openMachineAt(blue, "10.0.1.11");
    Machine trunk = new Machine(cloud.host(), trunkPort, BEYOND, List.of());
    try (trunk) {
      cloud.host().mmCtl("--bind-port", trunkPort, trunk.device()).orThrow();
      for (Machine machine : List.of(one, two)) {
        machine.inside(
            "ip neighbour replace " + ADDRESS_BEYOND + " lladdr " + BEYOND + " dev eth0");
      }
      Capture answers = trunk.capture("vlan and icmp");
      Capture atOne = one.capture("icmp");
      Capture atTwo = two.capture("icmp");
      Until.within(
          10,
          "an answer by VLAN 10",
          () -> {
            trunk.send(echo(one.mac(), 10));
            return answers.sees("vlan 10,");
          });
      assertThat(answers.sees("vlan 20,")).isFalse();
      assertThat(atTwo.lines()).isEmpty();
      assertThat(atOne.sees("vlan")).as("without its tag").isFalse();
      trunk.send(echo(two.mac(), 20));
      answers.await("vlan 20,");
      trunk.send(echo(one.mac(), 30));
      two.run("ping", "-n", "-c", "1", "-W", "1", ADDRESS_BEYOND);
      answers.await("10.0.1.11 > " + ADDRESS_BEYOND + ": ICMP echo request");
      assertThat(answers.sees("vlan 30,")).isFalse();
    }
  }

  /** A network that is a VLAN of a bridge. */
  private static String vlan(Cloud cloud, String joined, int vlan) {
    MidonetApi api = cloud.host().midonetApi();
    String network = cloud.network("10.0.1.0/24");
    String outer =
        api.create("bridges/" + joined + "/ports", Map.of("type", "Bridge", "vlanId", vlan));
    String inner = api.create("bridges/" + network + "/ports", Map.of("type", "Bridge"));
    api.create("ports/" + outer + "/link", Map.of("peerId", inner));
    return network;
  }

  private static Ethernet echo(Mac to, int vlan) {
    IcmpMessage echo = IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, 1, vlan, Octets.ascii("x"));
    Ipv4Packet packet =
        Ipv4Packet.of(Ipv4Address.parse(ADDRESS_BEYOND), Ipv4Address.parse("10.0.1.11"), 1, echo);
    return Ethernet.of(to, BEYOND, packet).withTags(List.of(VlanTag.of(vlan)));
  }
}
