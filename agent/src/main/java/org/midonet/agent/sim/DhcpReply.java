package org.midonet.agent.sim;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.packets.frame.DhcpMessage;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Octets;
import org.midonet.packets.frame.UdpDatagram;
import org.midonet.topology.Dhcp;
import org.midonet.topology.DhcpHost;
import org.midonet.topology.DhcpOption;
import org.midonet.topology.DhcpRoute;

/**
 * Answers DHCP for a bridge's machines, each of which has its fixed address (spec/midonet.md 5.8,
 * RFC 2131). Stateless. No leases are kept: an address is the machine's while the topology says so.
 */
final class DhcpReply {
  /** The MAC of the server, which no device has. */
  static final Mac SERVER = Mac.parse("02:a8:9c:de:39:27");

  private static final int LEASE_SECONDS = 86400;

  private DhcpReply() {}

  /** The answer to a request, null when there is none to give. */
  static @Nullable Ethernet to(
      Mac client, DhcpMessage request, DhcpServers servers, SimulationSettings settings) {
    List<DhcpServers.Lease> leases = servers.ipv4().getOrDefault(client, List.of());
    DhcpServers.Lease lease = choose(leases, wanted(request));
    int type = lease == null ? 0 : replyType(request, lease.host());
    if (lease == null || type == 0) {
      return null;
    }
    IpAddress address = lease.host().address();
    Ipv4Address server = server(lease.subnet());
    boolean refused = type == DhcpMessage.NAK;
    Map<Integer, Octets> options =
        options(type, lease, server, mtu(lease.subnet(), servers, settings), settings);
    Octets next = options.remove(DhcpOptions.NEXT_SERVER);
    DhcpMessage reply =
        new DhcpMessage(
            2,
            request.transaction(),
            0,
            request.flags(),
            type == DhcpMessage.ACK ? request.client() : Ipv4Address.ANY,
            refused || !(address instanceof Ipv4Address own) ? Ipv4Address.ANY : own,
            next == null ? server : next.ipv4(0),
            request.relay(),
            request.hardware(),
            options);
    return Ethernet.of(
        client,
        SERVER,
        Ipv4Packet.of(
            server,
            Ipv4Address.BROADCAST,
            Headers.UDP,
            new UdpDatagram(DhcpMessage.SERVER_PORT, DhcpMessage.CLIENT_PORT, reply.toOctets())));
  }

  /** The address that the client has or wants. */
  private static @Nullable Ipv4Address wanted(DhcpMessage request) {
    return request.client().equals(Ipv4Address.ANY)
        ? request.address(DhcpMessage.OPTION_REQUESTED_ADDRESS)
        : request.client();
  }

  /** A machine with several addresses gets the one it asks for, else the lowest. */
  private static DhcpServers.@Nullable Lease choose(
      List<DhcpServers.Lease> leases, @Nullable Ipv4Address wanted) {
    DhcpServers.Lease first = null;
    for (DhcpServers.Lease lease : leases) {
      if (!lease.subnet().enabled()) {
        continue;
      }
      if (lease.host().address().equals(wanted)) {
        return lease;
      }
      first = first == null ? lease : first;
    }
    return first;
  }

  private static int replyType(DhcpMessage request, DhcpHost host) {
    if (request.operation() != 1) {
      return 0;
    }
    return switch (request.type()) {
      case DhcpMessage.DISCOVER -> DhcpMessage.OFFER;
      case DhcpMessage.REQUEST -> {
        Ipv4Address wanted = wanted(request);
        yield wanted == null || wanted.equals(host.address()) ? DhcpMessage.ACK : DhcpMessage.NAK;
      }
      default -> 0;
    };
  }

  /** A subnet without gateway and without DHCP port has nobody to renew at but everybody. */
  private static Ipv4Address server(Dhcp subnet) {
    return subnet.serverAddress() instanceof Ipv4Address it ? it : MetadataProxy.ADDRESS;
  }

  private static int mtu(Dhcp subnet, DhcpServers servers, SimulationSettings settings) {
    int wanted = settings.dhcpMtu();
    if (subnet.interfaceMtu() > 0) {
      wanted = subnet.interfaceMtu();
    } else if (servers.mtu() > 0) {
      wanted = servers.mtu();
    }
    return Math.min(wanted, settings.underlayMtu());
  }

  private static Map<Integer, Octets> options(
      int type, DhcpServers.Lease lease, Ipv4Address server, int mtu, SimulationSettings settings) {
    Dhcp subnet = lease.subnet();
    Cidr cidr = subnet.subnet();
    Map<Integer, Octets> options = new LinkedHashMap<>();
    options.put(DhcpMessage.OPTION_TYPE, DhcpOptions.u8(type));
    options.put(DhcpOptions.SERVER, DhcpOptions.addresses(List.of(server)));
    options.put(DhcpOptions.LEASE_TIME, DhcpOptions.u32(LEASE_SECONDS));
    Ipv4Address mask = Ipv4Address.BROADCAST.first(cidr.prefixLength());
    options.put(DhcpOptions.MASK, DhcpOptions.addresses(List.of(mask)));
    options.put(DhcpOptions.BROADCAST, DhcpOptions.addresses(List.of(cidr.last())));
    options.put(DhcpOptions.MTU, DhcpOptions.u16(mtu));
    IpAddress gateway = subnet.defaultGateway();
    if (gateway != null) {
      options.put(DhcpOptions.ROUTER, DhcpOptions.addresses(List.of(gateway)));
    }
    if (!subnet.dnsServers().isEmpty()) {
      options.put(DhcpOptions.DNS, DhcpOptions.addresses(subnet.dnsServers()));
    }
    options.put(DhcpOptions.HOST_NAME, Octets.ascii(hostName(lease.host())));
    if (!settings.domain().isEmpty()) {
      options.put(DhcpOptions.DOMAIN, Octets.ascii(settings.domain()));
    }
    if (!subnet.opt121Routes().isEmpty()) {
      options.put(DhcpOptions.ROUTES, routes(subnet.opt121Routes(), gateway));
    }
    for (DhcpOption option : lease.host().extraOptions()) {
      DhcpOptions.add(options, option);
    }
    return options;
  }

  /** As Neutron's own DHCP server names machines that have no name. */
  private static String hostName(DhcpHost host) {
    String name = host.name();
    return name == null || name.isEmpty()
        ? "host-" + host.address().toString().replace('.', '-')
        : name;
  }

  /** RFC 3442: who reads this ignores the router option, so the default route is repeated here. */
  private static Octets routes(List<DhcpRoute> routes, @Nullable IpAddress gateway) {
    List<DhcpRoute> all = new ArrayList<>(routes);
    if (gateway != null && routes.stream().noneMatch(it -> it.destination().prefixLength() == 0)) {
      all.add(new DhcpRoute(Cidr.IPV4_ALL, gateway));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (DhcpRoute route : all) {
      DhcpValue.writeRoute(
          out, route.destination(), Objects.requireNonNull(route.gateway()).toBytes());
    }
    return Octets.wrap(out.toByteArray());
  }
}
