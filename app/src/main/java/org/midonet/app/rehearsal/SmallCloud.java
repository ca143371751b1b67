package org.midonet.app.rehearsal;

import static org.midonet.app.rehearsal.NeutronTopology.id;
import static org.midonet.app.rehearsal.NeutronTopology.mac;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateKey;
import org.midonet.packets.IpProtocol;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.Arp;
import org.midonet.packets.frame.DhcpMessage;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.IcmpMessage;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.Ids;
import org.midonet.topology.LbStatus;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.ObjectType;
import org.midonet.topology.PoolBuilder;
import org.midonet.topology.PoolMember;
import org.midonet.topology.Port;
import org.midonet.topology.Vip;

/**
 * A cloud on one host in memory, and the packets that clients in it begin connections with. For one
 * thread.
 *
 * <pre>
 *   client 10.0.0.10, server 10.0.0.11, .12 -- 10.0.0.0/24 --+
 *                                                          router -- 200.0.0.0/24 -- outside 200.0.0.50
 *   other 10.1.0.10 --------------------------- 10.1.0.0/24 --+
 * </pre>
 */
public final class SmallCloud {
  /** The host that all ports are bound to. */
  public static final UUID HOST = id(0xb057);

  private static final int NET = 1;
  private static final int SUBNET = 2;
  private static final int OTHER_NET = 3;
  private static final int OTHER_SUBNET = 4;
  private static final int EXT = 5;
  private static final int EXT_SUBNET = 6;
  private static final int ROUTER = 7;
  private static final int GATEWAY = 8;
  private static final int JOIN = 9;
  private static final int OTHER_JOIN = 10;
  private static final int GROUP = 11;
  private static final int CLIENT = 20;
  private static final int SERVER = 21;
  private static final int SECOND = 22;
  private static final int OTHER = 23;
  private static final int OUTSIDE = 24;
  private static final int SERVICE = 80;
  private static final int FIRST_PORT = 1024;

  private final NeutronTopology topology = new NeutronTopology();

  public SmallCloud() {
    topology.commit(
        List.of(
            new Operation.Create(
                HostBuilder.builder().id(HOST).name("host").containerLimit(-1).build())));
    networks();
    machines();
    loadBalancer();
  }

  private void networks() {
    topology
        .network(NET, false)
        .network(OTHER_NET, false)
        .network(EXT, true)
        .subnet(SUBNET, NET, "10.0.0.0/24")
        .subnet(OTHER_SUBNET, OTHER_NET, "10.1.0.0/24")
        .subnet(EXT_SUBNET, EXT, "200.0.0.0/24")
        .router(ROUTER, GATEWAY, EXT, EXT_SUBNET, "200.0.0.2")
        .join(ROUTER, JOIN, NET, SUBNET, "10.0.0.1")
        .join(ROUTER, OTHER_JOIN, OTHER_NET, OTHER_SUBNET, "10.1.0.1")
        .group(GROUP)
        .rule(30, GROUP, "egress", "'ethertype':'ipv4'")
        .rule(31, GROUP, "egress", "'ethertype':'ipv6'")
        .rule(32, GROUP, "ingress", "'ethertype':'ipv4','remote_group_id':'" + id(GROUP) + "'")
        .rule(33, GROUP, "ingress", "'ethertype':'ipv4','protocol':'icmp'")
        .rule(34, GROUP, "ingress", "'ethertype':'ipv4'," + tcp(22))
        .rule(35, GROUP, "ingress", "'ethertype':'ipv4'," + tcp(SERVICE));
  }

  private static String tcp(int port) {
    return "'protocol':'tcp','port_range_min':%d,'port_range_max':%d".formatted(port, port);
  }

  private void machines() {
    String group = "'security_groups':['" + id(GROUP) + "']";
    topology
        .port(CLIENT, NET, SUBNET, "10.0.0.10", group)
        .port(SERVER, NET, SUBNET, "10.0.0.11", group)
        .port(SECOND, NET, SUBNET, "10.0.0.12", group)
        .port(OTHER, OTHER_NET, OTHER_SUBNET, "10.1.0.10", group)
        .port(OUTSIDE, EXT, EXT_SUBNET, "200.0.0.50", "'port_security_enabled':false")
        .floatingIp(40, EXT, "200.0.0.100", ROUTER, SERVER, "10.0.0.11");
    for (UUID id : ports()) {
      Port port = nsdb().topology().get(ObjectType.PORT, id);
      Port bound = port.withHostId(HOST).withInterfaceName(device(id));
      topology.commit(List.of(new Operation.Update(bound)));
      nsdb().publish(StateKey.active(id), HOST, "up");
    }
  }

  private void loadBalancer() {
    UUID pool = id(51);
    List<Operation> operations = new ArrayList<>();
    operations.add(new Operation.Create(new LoadBalancer(id(50), id(ROUTER), true)));
    operations.add(
        new Operation.Create(
            PoolBuilder.builder()
                .id(pool)
                .loadBalancerId(id(50))
                .adminStateUp(true)
                .lbMethod("ROUND_ROBIN")
                .build()));
    operations.add(
        new Operation.Create(
            new Vip(id(52), null, pool, true, address("10.0.0.200"), SERVICE, null, null)));
    int member = 53;
    for (String address : List.of("10.0.0.11", "10.0.0.12")) {
      operations.add(
          new Operation.Create(
              new PoolMember(
                  id(member++), pool, true, LbStatus.ACTIVE, address(address), SERVICE, 1)));
    }
    topology.commit(operations);
  }

  /** The store that has it. */
  public Nsdb nsdb() {
    return topology.nsdb();
  }

  /** The ports of the machines. */
  public List<UUID> ports() {
    return List.of(id(CLIENT), id(SERVER), id(SECOND), id(OTHER), id(OUTSIDE));
  }

  /** The device that a port is bound to. */
  public static String device(UUID port) {
    return "vm" + (port.getMostSignificantBits() >>> 32);
  }

  /** The port by which a way's packets come in. */
  public UUID entry(Way way) {
    return id(client(way));
  }

  private static int client(Way way) {
    return switch (way) {
      case NETWORK, ROUTED, SOURCE_NAT -> CLIENT;
      case FLOATING_IP -> OUTSIDE;
      case VIP -> OTHER;
    };
  }

  /**
   * The first packet of a connection, a TCP SYN.
   *
   * @param connection its number, from 0; up to 64,511 of them differ
   */
  public byte[] first(Way way, int connection) {
    return switch (way) {
      case NETWORK -> syn(CLIENT, "10.0.0.10", mac(SERVER), "10.0.0.11", connection);
      case ROUTED -> syn(CLIENT, "10.0.0.10", inside(JOIN), "10.1.0.10", connection);
      case FLOATING_IP -> syn(OUTSIDE, "200.0.0.50", outside(), "200.0.0.100", connection);
      case SOURCE_NAT -> syn(CLIENT, "10.0.0.10", inside(JOIN), "200.0.0.50", connection);
      case VIP -> syn(OTHER, "10.1.0.10", inside(OTHER_JOIN), "10.0.0.200", connection);
    };
  }

  /**
   * What a machine says besides: who is the router, an echo request to it, and a wish for a lease.
   */
  public List<byte[]> talk(int number) {
    Ipv4Address own = address("10.0.0.10");
    Ipv4Address router = address("10.0.0.1");
    Mac mac = mac(CLIENT);
    IcmpMessage echo = IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, number, 1, Octets.EMPTY);
    int icmp = IpProtocol.ICMP.number();
    return List.of(
        Ethernet.of(Mac.BROADCAST, mac, Arp.request(mac, own, router)).toBytes(),
        Ethernet.of(inside(JOIN), mac, Ipv4Packet.of(own, router, icmp, echo)).toBytes(),
        Ethernet.of(Mac.BROADCAST, mac, discover(mac, number)).toBytes());
  }

  private static Ipv4Packet discover(Mac client, int number) {
    Map<Integer, Octets> options = new TreeMap<>();
    options.put(DhcpMessage.OPTION_TYPE, Octets.of(new byte[] {DhcpMessage.DISCOVER}));
    Ipv4Address none = Ipv4Address.ANY;
    DhcpMessage message = new DhcpMessage(1, number, 0, 0, none, none, none, none, client, options);
    UdpDatagram datagram =
        new UdpDatagram(DhcpMessage.CLIENT_PORT, DhcpMessage.SERVER_PORT, message.toOctets());
    return Ipv4Packet.of(none, Ipv4Address.BROADCAST, IpProtocol.UDP.number(), datagram);
  }

  /** The port of the machine that {@link #talk}s. */
  public UUID talker() {
    return id(CLIENT);
  }

  /** The MAC of the router where it joins a network. */
  private Mac inside(int join) {
    return routerMac(Ids.ROUTER_INTERFACE_PORT_PEER.of(id(join)));
  }

  private Mac outside() {
    return routerMac(Ids.TENANT_GW_PORT.of(id(GATEWAY)));
  }

  private Mac routerMac(UUID port) {
    Mac mac = nsdb().topology().get(ObjectType.PORT, port).portMac();
    if (mac == null) {
      throw new IllegalStateException("router port " + port + " has no MAC");
    }
    return mac;
  }

  private static byte[] syn(int client, String source, Mac to, String server, int connection) {
    TcpSegment segment =
        TcpSegment.of(FIRST_PORT + connection, SERVICE, TcpSegment.SYN, Octets.EMPTY);
    Ipv4Packet packet =
        Ipv4Packet.of(address(source), address(server), IpProtocol.TCP.number(), segment);
    return Ethernet.of(to, mac(client), packet).toBytes();
  }

  private static Ipv4Address address(String text) {
    return Ipv4Address.parse(text);
  }
}
