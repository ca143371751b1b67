package org.midonet.agent.datapath;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.MemoryNsdb;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;
import org.midonet.packets.Mac;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.HostBuilder;
import org.midonet.topology.NextHop;
import org.midonet.topology.PortBuilder;
import org.midonet.topology.QosPolicyBuilder;
import org.midonet.topology.QosRuleDscpBuilder;
import org.midonet.topology.RouteBuilder;
import org.midonet.topology.RouterBuilder;
import org.midonet.topology.TopologyObject;

/**
 * A seeded virtual network: one to three networks of a few machines with security groups or
 * without, no router to two of them, an uplink with source NAT and floating IPs, a trunk whose VLAN
 * is one of the networks. For one thread.
 *
 * <p>Network N is 10.0.N.0/24 and 2001:db8:N::/64, its gateway is the first address. The world is
 * 203.0.113.9, behind the uplink 203.0.113.1.
 */
final class SmallTopology {
  static final UUID HOST = new UUID(0xb057L << 32, Long.MIN_VALUE);
  static final int TRUNK_VLAN = 5;
  static final Ipv4Address WORLD = Ipv4Address.parse("203.0.113.9");
  static final Ipv4Address UPLINK = Ipv4Address.parse("203.0.113.1");
  private static final Mac WORLD_MAC = new Mac(0x0200_0000_0009L);
  private static final int WHOLE_MTU = 1500;

  final MemoryNsdb nsdb = new MemoryNsdb();
  final List<Machine> machines = new ArrayList<>();
  final List<String> text = new ArrayList<>();

  private final SplittableRandom random;
  private final SmallChains chains;
  private final List<Operation> operations = new ArrayList<>();
  private final List<UUID> bridges = new ArrayList<>();
  private final boolean wholeMtu;
  private int ids;

  /**
   * Somebody at a cable.
   *
   * @param network its number, -1 for the world
   * @param gateway the router's MAC on its link, null where there is none
   * @param vlan that its frames are tagged with, 0 for none
   * @param floating address by which the world reaches it, null for none
   */
  record Machine(
      UUID port,
      int network,
      Mac mac,
      Ipv4Address ip,
      Ipv6Address ip6,
      @Nullable Mac gateway,
      int mtu,
      int vlan,
      @Nullable Ipv4Address floating) {
    boolean isWorld() {
      return network < 0;
    }
  }

  SmallTopology(long seed, int mostMachines) {
    this.random = new SplittableRandom(seed);
    this.wholeMtu = random.nextInt(3) > 0;
    this.chains = new SmallChains(random, this::id, this::create, text);
    create(HostBuilder.builder().id(HOST).name("host").containerLimit(-1).build());
    int networks = random.nextInt(1, 4);
    for (int i = 0; i < networks; i++) {
      bridges.add(id());
      create(
          BridgeBuilder.builder()
              .id(bridges.get(i))
              .adminStateUp(true)
              .inboundFilterId(random.nextInt(6) == 0 ? chains.ofADevice("network " + i) : null)
              .build());
    }
    int routers = networks == 3 ? random.nextInt(3) : random.nextInt(2);
    boolean uplink = routers > 0 && random.nextInt(3) > 0;
    int count = random.nextInt(2, mostMachines - (uplink ? 1 : 0) + 1);
    for (int i = 0; i < count; i++) {
      machine(i, i < networks ? i : random.nextInt(networks), routers > 0);
    }
    if (routers > 0) {
      first(routers, uplink);
    }
    if (routers > 1) {
      second();
    }
    nsdb.commit(operations);
  }

  boolean wholeMtu() {
    return wholeMtu;
  }

  private UUID id() {
    return new UUID((long) ++ids << 32 | 0x4000L, Long.MIN_VALUE);
  }

  private void create(TopologyObject object) {
    operations.add(new Operation.Create(object));
  }

  static Mac gatewayMac(int network) {
    return new Mac(0x0200_0000_0100L | network);
  }

  static Ipv4Address address(int network, int last) {
    return new Ipv4Address(0x0a00_0000 | network << 8 | last);
  }

  static Ipv6Address address6(int network, int last) {
    return new Ipv6Address(0x2001_0db8_0000_0000L | (long) network << 16, last);
  }

  private int mtu() {
    return wholeMtu || random.nextInt(3) > 0 ? WHOLE_MTU : random.nextInt(300, 1200);
  }

  // ---- machines ----

  private void machine(int number, int network, boolean routed) {
    boolean trunk = random.nextInt(8) == 0;
    Machine machine =
        new Machine(
            id(),
            network,
            new Mac(0x0200_0000_0010L + number),
            address(network, 10 + number),
            address6(network, 10 + number),
            routed ? gatewayMac(network) : null,
            mtu(),
            trunk ? TRUNK_VLAN : 0,
            routed && random.nextInt(3) == 0 ? new Ipv4Address(UPLINK.bits() + 99 + number) : null);
    PortBuilder port = exterior(machine.port, number);
    UUID bridge = bridges.get(network);
    if (trunk) {
      create(port.bridgeId(trunkTo(bridge)).build());
    } else {
      boolean filtered = random.nextInt(3) > 0;
      if (filtered) {
        port.inboundFilterId(chains.from(machine)).outboundFilterId(chains.to(machine));
      }
      if (random.nextInt(8) == 0) {
        port.qosPolicyId(dscp());
      }
      create(port.bridgeId(bridge).build());
      seed(machine, bridge);
    }
    machines.add(machine);
    text.add("cable " + number + ": " + machine);
  }

  private static PortBuilder exterior(UUID id, int number) {
    return PortBuilder.builder()
        .id(id)
        .adminStateUp(true)
        .tunnelKey(number + 1)
        .hostId(HOST)
        .interfaceName("m" + number);
  }

  /** As Neutron tells of its ports; without it bridges flood and learn. */
  private void seed(Machine machine, UUID bridge) {
    if (random.nextInt(4) > 0) {
      operations.add(
          new Operation.AddEntry<>(StateTable.macs(bridge, 0), machine.mac, machine.port));
      operations.add(new Operation.AddEntry<>(StateTable.arps(bridge), machine.ip, machine.mac));
    }
  }

  private UUID trunkTo(UUID bridge) {
    UUID trunk = id();
    UUID above = id();
    create(BridgeBuilder.builder().id(trunk).adminStateUp(true).build());
    create(
        PortBuilder.builder()
            .id(above)
            .adminStateUp(true)
            .bridgeId(trunk)
            .vlanId(TRUNK_VLAN)
            .build());
    create(
        PortBuilder.builder().id(id()).adminStateUp(true).bridgeId(bridge).peerId(above).build());
    return trunk;
  }

  private UUID dscp() {
    UUID policy = id();
    create(QosPolicyBuilder.builder().id(policy).build());
    create(
        QosRuleDscpBuilder.builder()
            .id(id())
            .policyId(policy)
            .dscpMark(random.nextInt(64))
            .build());
    return policy;
  }

  // ---- routers ----

  /** The router of the first two networks, or of all where it is the only one, and the uplink. */
  private void first(int routers, boolean hasUplink) {
    UUID router = id();
    UUID uplink = id();
    UUID filter = random.nextInt(6) == 0 ? chains.ofADevice("router") : null;
    RouterBuilder builder =
        RouterBuilder.builder().id(router).adminStateUp(true).asNumber(-1).forwardChainId(filter);
    if (hasUplink) {
      builder.inboundFilterId(chains.translateIn(machines));
      builder.outboundFilterId(chains.translateOut(machines, uplink));
    }
    create(builder.build());
    int mine = routers > 1 ? 2 : bridges.size();
    UUID second = null;
    for (int network = 0; network < mine; network++) {
      second = leg(router, network, 1, gatewayMac(network));
    }
    if (routers > 1 && second != null) {
      route(router, IpPrefix.of(address(2, 0)).address() + "/24", second, address(1, 2));
      route(router, address6(2, 0) + "/64", second, address6(1, 2));
    }
    if (hasUplink) {
      uplink(router, uplink);
    }
  }

  /** The router between the second and the third network. */
  private void second() {
    UUID router = id();
    create(RouterBuilder.builder().id(router).adminStateUp(true).asNumber(-1).build());
    UUID up = leg(router, 1, 2, new Mac(0x0200_0000_0201L));
    leg(router, 2, 1, gatewayMac(2));
    route(router, "0.0.0.0/0", up, address(1, 1));
    route(router, "::/0", up, address6(1, 1));
  }

  /** An interface on a network; returns the router's port. */
  private UUID leg(UUID router, int network, int last, Mac mac) {
    UUID below = id();
    UUID port = id();
    create(
        PortBuilder.builder().id(below).adminStateUp(true).bridgeId(bridges.get(network)).build());
    IpPrefix prefix = new IpPrefix(address(network, last), 24);
    IpPrefix prefix6 = new IpPrefix(address6(network, last), 64);
    create(
        PortBuilder.builder()
            .id(port)
            .adminStateUp(true)
            .routerId(router)
            .peerId(below)
            .portMac(mac)
            .portAddress(address(network, last))
            .portSubnets(List.of(prefix, prefix6))
            .build());
    operations.add(
        new Operation.AddEntry<>(
            StateTable.arps(bridges.get(network)), address(network, last), mac));
    route(router, prefix.toString(), port, null);
    route(router, prefix6.toString(), port, null);
    return port;
  }

  private void route(UUID router, String to, UUID port, @Nullable IpAddress gateway) {
    IpPrefix destination = IpPrefix.parse(to);
    create(
        RouteBuilder.builder()
            .id(id())
            .routerId(router)
            .src(destination.address().version() == 4 ? IpPrefix.IPV4_ALL : IpPrefix.IPV6_ALL)
            .dst(destination)
            .nextHop(NextHop.NORMAL)
            .nextHopPortId(port)
            .nextHopGateway(gateway)
            .weight(100)
            .build());
  }

  private void uplink(UUID router, UUID port) {
    int number = machines.size();
    Mac mac = gatewayMac(0xff);
    create(
        exterior(port, number)
            .routerId(router)
            .portMac(mac)
            .portAddress(UPLINK)
            .portSubnets(List.of(new IpPrefix(UPLINK, 24), new IpPrefix(address6(0xff, 1), 64)))
            .build());
    route(router, "203.0.113.0/24", port, null);
    route(router, address6(0xff, 0) + "/64", port, null);
    route(router, "0.0.0.0/0", port, WORLD);
    route(router, "::/0", port, address6(0xff, 9));
    Machine world = new Machine(port, -1, WORLD_MAC, WORLD, address6(0xff, 9), mac, mtu(), 0, null);
    machines.add(world);
    text.add("cable " + number + ": " + world);
  }

  @Override
  public String toString() {
    return String.join("\n", text);
  }
}
