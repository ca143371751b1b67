package org.midonet.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.midonet.agent.sim.MetadataProxy;
import org.midonet.agent.sim.SimulationSettings;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.DhcpMessage;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.topology.ObjectType;

/** What the agent answers by itself: DHCP, and the way to metadata. */
final class ServicesTest {
  private static final Ipv4Address NOWHERE = Ipv4Address.ANY;

  private final TwoTenants it = new TwoTenants(true);

  private static Ethernet dhcp(Mac mac, int type, Ipv4Address has, @Nullable String wants) {
    Map<Integer, Octets> options = new HashMap<>();
    options.put(53, Octets.wrap(new byte[] {(byte) type}));
    if (wants != null) {
      options.put(50, Octets.wrap(Ipv4Address.parse(wants).toBytes()));
    }
    DhcpMessage message =
        new DhcpMessage(1, 42, 0, 0, has, NOWHERE, NOWHERE, NOWHERE, mac, options);
    return Ethernet.of(
        Mac.BROADCAST,
        mac,
        Ipv4Packet.of(has, Ipv4Address.BROADCAST, 17, new UdpDatagram(68, 67, message.toOctets())));
  }

  private @Nullable DhcpMessage ask(Machine machine, Ethernet frame) {
    return it.site.send(machine.port(), frame).stream()
        .filter(delivery -> delivery.port().equals(machine.port()))
        .map(delivery -> Machine.payload(delivery.frame()))
        .filter(UdpDatagram.class::isInstance)
        .map(payload -> DhcpMessage.parse(((UdpDatagram) payload).data()))
        .findFirst()
        .orElse(null);
  }

  private DhcpMessage answer(Machine machine, Ethernet frame) {
    return Objects.requireNonNull(ask(machine, frame));
  }

  @Test
  void aMachineIsOfferedItsAddressAndAllThatGoesWithIt() {
    DhcpMessage offer = answer(it.one, dhcp(it.one.mac(), DhcpMessage.DISCOVER, NOWHERE, null));
    assertThat(offer.type()).isEqualTo(DhcpMessage.OFFER);
    assertThat(offer.your()).hasToString("10.0.0.10");
    assertThat(offer.transaction()).isEqualTo(42);
    assertThat(offer.address(1)).hasToString("255.255.255.0");
    assertThat(offer.address(3)).hasToString("10.0.0.1");
    assertThat(offer.address(28)).hasToString("10.0.0.255");
    assertThat(offer.address(54)).hasToString("10.0.0.1");
    assertThat(offer.options().get(51)).isEqualTo(Octets.hex("00015180"));
    assertThat(offer.options().get(26)).isEqualTo(Octets.hex("05dc"));
    assertThat(offer.options().get(12)).isEqualTo(Octets.ascii("host-10-0-0-10"));
  }

  @Test
  void aRequestIsAcknowledgedAndAnotherAddressRefused() {
    assertThat(answer(it.one, dhcp(it.one.mac(), 3, NOWHERE, "10.0.0.10")).type())
        .isEqualTo(DhcpMessage.ACK);
    assertThat(answer(it.one, dhcp(it.one.mac(), 3, NOWHERE, "10.0.0.99")).type())
        .isEqualTo(DhcpMessage.NAK);
    assertThat(answer(it.one, dhcp(it.one.mac(), 3, Ipv4Address.parse("10.0.0.10"), null)).type())
        .isEqualTo(DhcpMessage.ACK);
  }

  @Test
  void aStrangersRequestIsNotAnswered() {
    assertThat(ask(it.one, dhcp(Mac.parse("02:00:00:00:00:99"), 1, NOWHERE, null))).isNull();
  }

  @Test
  void hostRoutesComeWithTheDefaultRoute() {
    UUID net = Site.id(20);
    it.site
        .network(net)
        .subnet(
            Site.id(21),
            net,
            "10.5.0.0/24",
            "10.5.0.1",
            "'host_routes':[{'destination':'192.168.0.0/16','nexthop':'10.5.0.9'}]",
            "'dns_nameservers':['8.8.8.8','8.8.4.4']");
    Machine machine = it.site.machine(Site.id(120), net, List.of("21=10.5.0.10"));
    DhcpMessage offer = answer(machine, dhcp(machine.mac(), 1, NOWHERE, null));
    assertThat(offer.options().get(121)).isEqualTo(Octets.hex("10 c0a8 0a050009 00 0a050001"));
    assertThat(offer.options().get(6)).isEqualTo(Octets.hex("08080808 08080404"));
  }

  @Test
  void extraOptionsOfAPortReplaceTheUsualOnes() {
    Machine machine =
        it.site.machine(
            Site.id(121),
            TwoTenants.NET,
            List.of("2=10.0.0.21"),
            "'extra_dhcp_opts':[{'opt_name':'mtu','opt_value':'1400'},"
                + "{'opt_name':'bootfile-name','opt_value':'pxe'},"
                + "{'opt_name':'42','opt_value':'10.0.0.5,10.0.0.6'},"
                + "{'opt_name':'router','opt_value':'no address'},"
                + "{'opt_name':'unheard-of','opt_value':'x'}]");
    DhcpMessage offer = answer(machine, dhcp(machine.mac(), 1, NOWHERE, null));
    assertThat(offer.options().get(26)).isEqualTo(Octets.hex("0578"));
    assertThat(offer.options().get(67)).isEqualTo(Octets.ascii("pxe"));
    assertThat(offer.options().get(42)).isEqualTo(Octets.hex("0a000005 0a000006"));
    assertThat(offer.address(3)).hasToString("10.0.0.1");
  }

  @Test
  void aSubnetWithoutDhcpAnswersNobody() {
    UUID net = Site.id(20);
    it.site.network(net);
    it.site.create(
        ObjectType.NEUTRON_SUBNET,
        "{'id':'%s','network_id':'%s','cidr':'10.5.0.0/24','gateway_ip':null,'enable_dhcp':false}"
            .formatted(Site.id(21), net));
    Machine machine = it.site.machine(Site.id(120), net, List.of("21=10.5.0.10"));
    assertThat(ask(machine, dhcp(machine.mac(), 1, NOWHERE, null))).isNull();
  }

  @Test
  void theUnderlaysMtuIsTheLimit() {
    it.site.with(new SimulationSettings(1500, 1450, "example.org", null));
    DhcpMessage offer = answer(it.one, dhcp(it.one.mac(), 1, NOWHERE, null));
    assertThat(offer.options().get(26)).isEqualTo(Octets.hex("05aa"));
    assertThat(offer.options().get(15)).isEqualTo(Octets.ascii("example.org"));
  }

  @Test
  void metadataIsAskedOfTheProxyUnderAnAliasOfThePort() {
    it.site.with(SimulationSettings.DEFAULT.withMetadata(new Proxy(it.one.port())));
    Ethernet syn =
        it.one.frameTo("169.254.169.254", TcpSegment.of(999, 80, TcpSegment.SYN, Octets.EMPTY));
    Site.Delivery handed = it.site.send(it.one.port(), syn).getFirst();
    assertThat(handed.port()).isEqualTo(MetadataProxy.PORT);
    assertThat(Machine.source(handed.frame())).isEqualTo(MetadataProxy.ofNumber(5));
    TcpSegment seen = (TcpSegment) Objects.requireNonNull(Machine.payload(handed.frame()));
    assertThat(seen.destination()).isEqualTo(9697);

    Ipv4Packet packet = (Ipv4Packet) handed.frame().payload();
    TcpSegment accepted = TcpSegment.of(9697, 999, TcpSegment.SYN | TcpSegment.ACK, Octets.EMPTY);
    Ethernet answer =
        handed
            .frame()
            .withPayload(packet.with(0, 64, packet.destination(), packet.source(), accepted))
            .withAddresses(handed.frame().source(), handed.frame().destination());
    Site.Delivery back = it.site.send(MetadataProxy.PORT, answer).getFirst();
    assertThat(back.port()).isEqualTo(it.one.port());
    assertThat(Machine.source(back.frame())).isEqualTo(MetadataProxy.ADDRESS);
    assertThat(back.frame().source()).isEqualTo(syn.destination());
    assertThat(Machine.payload(back.frame()))
        .isInstanceOfSatisfying(TcpSegment.class, tcp -> assertThat(tcp.source()).isEqualTo(80));
  }

  /** A proxy that knows one port, by the number 5. */
  private record Proxy(UUID port) implements MetadataProxy {
    @Override
    public Mac mac() {
      return Mac.parse("02:00:00:00:96:97");
    }

    @Override
    public int listenPort() {
      return 9697;
    }

    @Override
    public @Nullable Ipv4Address addressOf(UUID other) {
      return other.equals(port) ? MetadataProxy.ofNumber(5) : null;
    }

    @Override
    public @Nullable UUID portOf(Ipv4Address address) {
      return address.equals(MetadataProxy.ofNumber(5)) ? port : null;
    }
  }
}
