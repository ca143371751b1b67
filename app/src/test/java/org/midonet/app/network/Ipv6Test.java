package org.midonet.app.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.midonet.agent.sim.DropReason;
import org.midonet.agent.sim.Simulation;
import org.midonet.agent.sim.Verdict;
import org.midonet.packets.Cidr;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.NeighbourMessage;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.UdpDatagram;

/** IPv6 beside IPv4: neighbours, autoconfiguration, routing, security groups. */
final class Ipv6Test {
  private static final UUID NET = Site.id(1);
  private static final UUID NET2 = Site.id(9);
  private static final UUID EXT = Site.id(3);
  private static final UUID ROUTER = Site.id(5);
  private static final UUID GROUP = Site.id(6);

  private final Site site = new Site();
  private final Machine one;
  private final Machine two;
  private final Machine three;
  private final Machine outside;

  Ipv6Test() {
    site.network(NET)
        .network(NET2)
        .network(EXT, "'router:external':true")
        .subnet(Site.id(2), NET, "2001:db8:1::/64", "2001:db8:1::1", "'ip_version':6")
        .subnet(Site.id(10), NET2, "2001:db8:2::/64", "2001:db8:2::1", "'ip_version':6")
        .subnet(Site.id(4), EXT, "2001:db8:e::/64", "2001:db8:e::1", "'ip_version':6")
        .group(GROUP)
        .allow(Site.id(60), GROUP, "egress", "ipv6", new String[0])
        .allow(
            Site.id(61),
            GROUP,
            "ingress",
            "ipv6",
            new String[] {"'remote_group_id':'" + GROUP + "'"})
        .router(ROUTER)
        .join(ROUTER, Site.id(8), NET, 2, "2001:db8:1::1")
        .join(ROUTER, Site.id(11), NET2, 10, "2001:db8:2::1")
        .gateway(ROUTER, Site.id(7), EXT, List.of("4=2001:db8:e::2"), true);
    one = machine(100, NET, 2, "2001:db8:1::");
    two = machine(101, NET, 2, "2001:db8:1::");
    three = machine(102, NET2, 10, "2001:db8:2::");
    outside =
        site.machine(
                Site.id(200), EXT, List.of("4=2001:db8:e::50"), "'port_security_enabled':false")
            .route("2001:db8:e::/64", "2001:db8:e::2");
  }

  /** A machine with the address that it makes itself. */
  private Machine machine(int number, UUID network, int subnet, String prefix) {
    Ipv6Address address = Site.mac(Site.id(number)).slaac(Ipv6Address.parse(prefix));
    return site.machine(
            Site.id(number),
            network,
            List.of(subnet + "=" + address),
            "'security_groups':['%s']".formatted(GROUP))
        .route(new Cidr(address, 64).toString(), prefix + "1");
  }

  private static String address(Machine machine) {
    return machine.address(6).toString();
  }

  @Test
  void machinesOfANetworkReachEachOther() {
    assertThat(one.ping(address(two))).isTrue();
    assertThat(one.connect(address(two), 80)).isTrue();
  }

  @Test
  void machinesOfTwoSubnetsReachEachOtherByTheRouter() {
    assertThat(one.ping(address(three))).isTrue();
    assertThat(three.asks(address(one), 53)).isTrue();
  }

  /** As Neutron has it where nobody names a gateway. */
  @Test
  void aRouterMayHaveTheFirstAddressOfASubnet() {
    UUID net = Site.id(20);
    site.network(net)
        .subnet(Site.id(21), net, "2001:db8:3::/64", "2001:db8:3::", "'ip_version':6")
        .join(ROUTER, Site.id(22), net, 21, "2001:db8:3::");
    Machine four = machine(103, net, 21, "2001:db8:3::").route("2001:db8:3::/64", "2001:db8:3::");
    assertThat(one.ping(address(four))).isTrue();
    assertThat(four.ping(address(one))).isTrue();
    assertThat(four.ping("2001:db8:3::")).isTrue();
  }

  @Test
  void theRouterAnswersOnItsAddresses() {
    assertThat(one.ping("2001:db8:1::1")).isTrue();
    assertThat(one.ping("2001:db8:2::1")).isTrue();
  }

  @Test
  void machinesReachTheOutsideUntranslatedEvenWhereIpv4IsTranslated() {
    assertThat(one.ping("2001:db8:e::50")).isTrue();
    assertThat(Machine.source(outside.received().getLast())).isEqualTo(one.address(6));
  }

  @Test
  void securityGroupsHoldForIpv6() {
    assertThat(outside.ping(address(one))).isFalse();
    site.allow(Site.id(62), GROUP, "ingress", "ipv6", new String[] {"'protocol':58"});
    assertThat(outside.ping(address(one))).isTrue();
    assertThat(outside.connect(address(one), 80)).isFalse();
  }

  @Test
  void hopLimitsRunOut() {
    one.received().clear();
    one.send(outside.address(6), new UdpDatagram(5000, 33434, Octets.EMPTY), 1);
    assertThat(one.received())
        .singleElement()
        .satisfies(frame -> {
          assertThat(Machine.source(frame)).hasToString("2001:db8:1::1");
          assertThat(Machine.payload(frame))
              .isInstanceOfSatisfying(
                  IcmpMessage.class, icmp -> assertThat(icmp.type()).isEqualTo(3));
        });
  }

  @Test
  void aMachineThatAsksForRoutersIsToldItsPrefixAndRouter() {
    Ipv6Address own = NeighbourMessage.linkLocal(one.mac());
    Ethernet solicitation =
        Ethernet.of(
            NeighbourMessage.multicastMac(NeighbourMessage.ALL_ROUTERS),
            one.mac(),
            new NeighbourMessage.RouterSolicitation(one.mac())
                .packet(own, NeighbourMessage.ALL_ROUTERS));
    Site.Delivery answer = site.send(one.port(), solicitation).getFirst();
    assertThat(answer.port()).isEqualTo(one.port());
    NeighbourMessage.RouterAdvertisement message =
        (NeighbourMessage.RouterAdvertisement)
            Objects.requireNonNull(
                NeighbourMessage.parse(
                    (IcmpMessage) Objects.requireNonNull(Machine.payload(answer.frame()))));
    assertThat(message.lifetime()).isPositive();
    assertThat(message.source()).isEqualTo(Site.mac(Site.id(8)));
    assertThat(message.prefixes())
        .singleElement()
        .satisfies(prefix -> {
          assertThat(prefix.cidr()).hasToString("2001:db8:1::/64");
          assertThat(prefix.autonomous()).isTrue();
        });
  }

  @Test
  void advertisementsAreMadeUnaskedToo() {
    assertThat(site.simulation().advertisement(one.port()))
        .isNotNull()
        .satisfies(made -> assertThat(made.frame().destination()).isEqualTo(one.mac()));
    assertThat(site.simulation().advertisement(Site.id(7))).isNull();
  }

  @Test
  void probingForDuplicatesIsAllowedAndAnswersOnlyForOthers() {
    assertThat(probe(one, one.address(6).toString())).noneMatch(this::isForOne);
    assertThat(probe(one, address(two))).anyMatch(this::isForOne);
  }

  private boolean isForOne(Site.Delivery delivery) {
    return delivery.port().equals(one.port());
  }

  private List<Site.Delivery> probe(Machine machine, String target) {
    Ipv6Address address = Ipv6Address.parse(target);
    Ipv6Address group = NeighbourMessage.solicitedNode(address);
    return site.send(
        machine.port(),
        Ethernet.of(
            NeighbourMessage.multicastMac(group),
            machine.mac(),
            new NeighbourMessage.Solicitation(address, null).packet(Ipv6Address.ANY, group)));
  }

  @Test
  void nobodyMayClaimAnothersAddressOrPoseAsRouter() {
    Ethernet claim =
        Ethernet.of(
            two.mac(),
            one.mac(),
            new NeighbourMessage.Advertisement(
                    (Ipv6Address) three.address(6), false, false, true, one.mac())
                .packet((Ipv6Address) one.address(6), (Ipv6Address) two.address(6)));
    assertThat(decide(one, claim).reason()).isEqualTo(DropReason.FILTERED);
    Ethernet router =
        Ethernet.of(
            NeighbourMessage.multicastMac(NeighbourMessage.ALL_NODES),
            one.mac(),
            new NeighbourMessage.RouterAdvertisement(
                    64, false, false, 1800, one.mac(), 0, List.of(), List.of())
                .packet(NeighbourMessage.linkLocal(one.mac()), NeighbourMessage.ALL_NODES));
    assertThat(decide(one, router).kind()).isEqualTo(Verdict.Kind.DROP);
    Ethernet otherLinkLocal =
        Ethernet.of(
            two.mac(),
            one.mac(),
            Ipv6Packet.of(
                NeighbourMessage.linkLocal(Mac.parse("02:00:00:00:00:01")),
                (Ipv6Address) two.address(6),
                17,
                new UdpDatagram(1, 2, Octets.EMPTY)));
    assertThat(decide(one, otherLinkLocal).kind()).isEqualTo(Verdict.Kind.DROP);
  }

  private Verdict decide(Machine machine, Ethernet frame) {
    return site.simulation().decide(Simulation.Input.of(frame, machine.port()));
  }
}
