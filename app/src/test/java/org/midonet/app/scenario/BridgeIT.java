package org.midonet.app.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.VlanTag;

/** Machines on one network. */
@Scenario
final class BridgeIT {
  private static final String SUBNET = "10.0.1.0/24";

  @Test
  void machinesOfANetworkReachEachOther(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.machine(network);
    assertThat(one.reaches(two)).isTrue();
    assertThat(two.reaches(one)).isTrue();
  }

  @Test
  void arpIsAnsweredWithoutBotheringOthers(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.machine(network);
    Machine three = cloud.machine(network);
    Capture atTwo = two.capture("arp");
    Capture atThree = three.capture("arp");
    one.inside("ping -n -c 1 -W 3 " + two.address());
    assertThat(one.inside("ip neighbour show " + two.address())).contains(two.mac().toString());
    one.inside("arping -c 1 -w 3 -I eth0 " + two.address());
    assertThat(atThree.lines()).isEmpty();
    assertThat(atTwo.sees("who-has " + two.address())).isFalse();
  }

  @Test
  void twoNetworksAreIsolatedThoughTheirAddressesAreTheSame(Cloud cloud) {
    String red = cloud.network(SUBNET);
    String blue = cloud.network(SUBNET);
    Machine one = cloud.openMachineAt(red, "10.0.1.11");
    Machine two = cloud.openMachineAt(blue, "10.0.1.12");
    Capture seen = two.capture("arp or icmp");
    assertThat(one.isCutOffFrom(two)).isTrue();
    one.run("ping", "-n", "-b", "-c", "2", "-i", "0.2", "-W", "1", "10.0.1.255");
    assertThat(seen.lines()).isEmpty();
  }

  @Test
  void unknownUnicastIsFloodedUntilTheMacIsLearned(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.openMachineAt(network, "10.0.1.11");
    Machine two = cloud.openMachineAt(network, "10.0.1.12");
    Machine three = cloud.openMachineAt(network, "10.0.1.13");
    Mac station = Mac.parse("02:00:00:00:00:22");
    Capture atTwo = two.capture("icmp");
    Capture atThree = three.capture("icmp");
    Ethernet frame = echo(one, station, 1);
    one.send(frame);
    atTwo.await("seq 1,");
    atThree.await("seq 1,");

    Ipv4Address behindTwo = Ipv4Address.parse("10.0.1.122");
    two.send(Ethernet.of(Mac.BROADCAST, station, Arp.request(station, behindTwo, behindTwo)));
    Until.within(
        10,
        "the MAC is learned",
        () -> {
          one.send(echo(one, station, 2));
          return atTwo.sees("seq 2,");
        });
    int before = atThree.lines().size();
    one.send(echo(one, station, 3));
    atTwo.await("seq 3,");
    assertThat(atThree.lines()).hasSize(before);
  }

  private static Ethernet echo(Machine from, Mac to, int sequence) {
    IcmpMessage echo = IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, 1, sequence, Octets.ascii("x"));
    return Ethernet.of(
        to,
        from.mac(),
        Ipv4Packet.of(Ipv4Address.parse(from.address()), Ipv4Address.parse("10.0.1.122"), 1, echo));
  }

  @Test
  void aMacThatMovesIsFollowed(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.openMachineAt(network, "10.0.1.11");
    Machine two = cloud.openMachineAt(network, "10.0.1.12");
    Machine three = cloud.openMachineAt(network, "10.0.1.13");
    for (Machine machine : new Machine[] {two, three}) {
      machine.inside("ip link add name floating link eth0 type macvlan mode bridge");
      machine.inside("ip link set floating address 02:00:00:00:00:77");
    }
    assertThat(claimed(one, two)).isTrue();
    assertThat(two.inside("ip -s link show floating")).contains("02:00:00:00:00:77");
    two.inside("ip link del floating");
    assertThat(claimed(one, three)).isTrue();
  }

  /** A machine takes the address that moves, says so, and answers under it. */
  private static boolean claimed(Machine asking, Machine machine) {
    machine.inside("ip link set floating up");
    machine.inside("ip address add 10.0.1.77/24 dev floating");
    machine.inside("arping -U -c 1 -I floating -s 10.0.1.77 10.0.1.77");
    Capture seen = machine.capture("icmp and dst 10.0.1.77");
    boolean answered = asking.reaches("10.0.1.77");
    seen.await("10.0.1.11 > 10.0.1.77");
    return answered;
  }

  @Test
  void broadcastAndMulticastGoToAllOthers(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.openMachineAt(network, "10.0.1.11");
    Machine two = cloud.openMachineAt(network, "10.0.1.12");
    Machine three = cloud.openMachineAt(network, "10.0.1.13");
    Capture atOne = one.capture("icmp[icmptype] == icmp-echo and ether src not " + one.mac());
    Capture atTwo = two.capture("icmp[icmptype] == icmp-echo");
    Capture atThree = three.capture("icmp[icmptype] == icmp-echo");
    one.run("ping", "-n", "-b", "-c", "1", "-W", "1", "10.0.1.255");
    one.run("ping", "-n", "-c", "1", "-W", "1", "-I", "eth0", "224.0.0.251");
    for (Capture capture : new Capture[] {atTwo, atThree}) {
      capture.await("10.0.1.11 > 10.0.1.255");
      capture.await("10.0.1.11 > 224.0.0.251");
    }
    assertThat(atOne.lines()).isEmpty();
  }

  @Test
  void taggedFramesPassWithTheirTag(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.openMachineAt(network, "10.0.1.11");
    Machine two = cloud.openMachineAt(network, "10.0.1.12");
    Capture seen = two.capture("vlan 7 and icmp");
    for (int i = 1; i <= 20; i++) {
      one.send(echo(one, two.mac(), i).withTags(List.of(VlanTag.of(7))));
    }
    seen.await("seq 20,");
    assertThat(seen.count(line -> line.contains("vlan 7,"))).isEqualTo(20);
  }

  @Test
  void packetsLargerThanTheMtuPassInFragments(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.machine(network);
    Capture seen = two.capture("icmp");
    one.inside("ping -n -c 2 -i 0.2 -W 3 -s 6000 " + two.address());
    seen.await("offset 1480");
  }

  @Test
  void aMachineIsBackWhenItsInterfaceIs(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.machine(network);
    assertThat(one.reaches(two)).isTrue();
    two.onHost("ip link set " + two.device() + " down");
    cloud.awaitStatus(two.port(), "DOWN");
    assertThat(one.isCutOffFrom(two)).isTrue();
    two.onHost("ip link set " + two.device() + " up");
    cloud.awaitStatus(two.port(), "ACTIVE");
    assertThat(one.reaches(two)).isTrue();
  }

  @Test
  void aPortThatIsTurnedOffIsSilent(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.machine(network);
    try (Traffic traffic = echo(one, two).awaitAnswers()) {
      traffic.cutBy(() -> cloud.update("port", two.port(), Map.of("admin_state_up", false)));
      traffic.restoredBy(() -> cloud.update("port", two.port(), Map.of("admin_state_up", true)));
      traffic.cutBy(() -> cloud.update("network", network, Map.of("admin_state_up", false)));
      traffic.restoredBy(() -> cloud.update("network", network, Map.of("admin_state_up", true)));
    }
  }

  private static Traffic echo(Machine from, Machine to) {
    to.echoUdp(7);
    return Traffic.udp(from, to.address(), 7);
  }

  @Test
  void aDeletedPortForwardsNoMore(Cloud cloud) {
    String network = cloud.network(SUBNET);
    Machine one = cloud.machine(network);
    Machine two = cloud.machine(network);
    try (Traffic traffic = echo(one, two).awaitAnswers()) {
      traffic.cutBy(() -> cloud.delete("ports/" + two.port()));
    }
    Machine again = cloud.machineAt(network, two.address());
    assertThat(one.reaches(again)).isTrue();
  }
}
