package org.midonet.agent.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Ipv6Address;

/**
 * The network devices of the namespace in which this was opened, by rtnetlink(7). Safe to share
 * between threads. What the kernel refuses is a {@link LinuxException}.
 */
public final class Links implements AutoCloseable {
  static final int RTM_NEWLINK = 16;
  static final int RTM_DELLINK = 17;
  private static final int RTM_GETLINK = 18;
  private static final int RTM_NEWADDR = 20;
  private static final int REQUEST = Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK;
  private static final int CREATE = REQUEST | Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL;

  private static final int IFF_UP = 1;
  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_NET_NS_FD = 28;
  private static final int IFLA_INFO_KIND = 1;
  private static final int IFLA_INFO_DATA = 2;
  private static final int VETH_INFO_PEER = 1;
  private static final int IFLA_VXLAN_LEARNING = 7;
  private static final int IFLA_VXLAN_PORT = 15;
  private static final int IFLA_VXLAN_UDP_ZERO_CSUM6_RX = 20;
  private static final int IFLA_VXLAN_COLLECT_METADATA = 25;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  private final Netlink netlink;

  public Links() {
    netlink = new Netlink(0);
  }

  /** All devices. */
  public synchronized List<Link> list() {
    List<Link> links = new ArrayList<>();
    NetlinkMessage message =
        new NetlinkMessage(RTM_GETLINK, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP).link(0, 0, 0);
    netlink.request(
        "list links",
        message,
        (type, content) -> {
          if (type == RTM_NEWLINK) {
            links.add(LinkParser.parse(content));
          }
        });
    return links;
  }

  /** The device of a name. */
  public synchronized Optional<Link> find(String name) {
    List<Link> found = new ArrayList<>(1);
    NetlinkMessage message =
        new NetlinkMessage(RTM_GETLINK, REQUEST).link(0, 0, 0).attribute(IFLA_IFNAME, name);
    try {
      netlink.request(
          "get link " + name, message, (type, content) -> found.add(LinkParser.parse(content)));
    } catch (LinuxException e) {
      if (e.errno() == LinuxException.ENODEV) {
        return Optional.empty();
      }
      throw e;
    }
    return found.stream().findFirst();
  }

  /** The device of a name, which must be there. */
  public Link get(String name) {
    return find(name)
        .orElseThrow(() -> new LinuxException("get link " + name, LinuxException.ENODEV));
  }

  /** Makes a pair of devices that are each other's cable. Both are down. */
  public void createVeth(String name, String peer) {
    create(
        new NetlinkMessage(RTM_NEWLINK, CREATE)
            .link(0, 0, 0)
            .attribute(IFLA_IFNAME, name)
            .nested(
                IFLA_LINKINFO,
                info ->
                    info.attribute(IFLA_INFO_KIND, "veth")
                        .nested(
                            IFLA_INFO_DATA,
                            data ->
                                data.nested(
                                    VETH_INFO_PEER,
                                    end -> end.link(0, 0, 0).attribute(IFLA_IFNAME, peer)))),
        name);
  }

  /** Makes a VXLAN device that takes the peer and the key from each packet's metadata. */
  public void createVxlan(String name, int udpPort) {
    byte[] port = {(byte) (udpPort >>> 8), (byte) udpPort};
    create(
        new NetlinkMessage(RTM_NEWLINK, CREATE)
            .link(0, 0, 0)
            .attribute(IFLA_IFNAME, name)
            .nested(
                IFLA_LINKINFO,
                info ->
                    info.attribute(IFLA_INFO_KIND, "vxlan")
                        .nested(
                            IFLA_INFO_DATA,
                            data ->
                                data.attribute(IFLA_VXLAN_COLLECT_METADATA, (byte) 1)
                                    .attribute(IFLA_VXLAN_LEARNING, (byte) 0)
                                    .attribute(IFLA_VXLAN_UDP_ZERO_CSUM6_RX, (byte) 1)
                                    .attribute(IFLA_VXLAN_PORT, port))),
        name);
  }

  private synchronized void create(NetlinkMessage message, String name) {
    netlink.request("create link " + name, message, null);
  }

  /** Takes a device away; of a veth pair both ends. */
  public synchronized void delete(int index) {
    NetlinkMessage message = new NetlinkMessage(RTM_DELLINK, REQUEST).link(index, 0, 0);
    netlink.request("delete link " + index, message, null);
  }

  public synchronized void setUp(int index) {
    NetlinkMessage message = new NetlinkMessage(RTM_NEWLINK, REQUEST).link(index, IFF_UP, IFF_UP);
    netlink.request("set link " + index + " up", message, null);
  }

  public synchronized void setMtu(int index, int mtu) {
    change("set mtu " + mtu + " of link " + index, index, IFLA_MTU, mtu);
  }

  /** Moves a device to another namespace, where it is down. */
  public synchronized void move(int index, NetworkNamespace to) {
    change("move link " + index, index, IFLA_NET_NS_FD, to.fd());
  }

  /** Sets the Ethernet address of a device. */
  public synchronized void setMac(int index, org.midonet.packets.Mac mac) {
    byte[] octets = new byte[6];
    for (int i = 0; i < 6; i++) {
      octets[i] = (byte) mac.octet(i);
    }
    NetlinkMessage message =
        new NetlinkMessage(RTM_NEWLINK, REQUEST).link(index, 0, 0).attribute(IFLA_ADDRESS, octets);
    netlink.request("set address of link " + index, message, null);
  }

  private void change(String what, int index, int attribute, int value) {
    NetlinkMessage message =
        new NetlinkMessage(RTM_NEWLINK, REQUEST).link(index, 0, 0).attribute(attribute, value);
    netlink.request(what, message, null);
  }

  /** Gives a device an address of its own, in a network of the prefix length. */
  public synchronized void addAddress(int index, IpAddress address, int prefixLength) {
    byte[] octets = octets(address);
    int family = address.version() == 4 ? AF_INET : AF_INET6;
    NetlinkMessage message =
        new NetlinkMessage(RTM_NEWADDR, CREATE)
            .address(family, prefixLength, index)
            .attribute(IFA_LOCAL, octets)
            .attribute(IFA_ADDRESS, octets);
    netlink.request("add address " + address + " to link " + index, message, null);
  }

  private static byte[] octets(IpAddress address) {
    return switch (address) {
      case Ipv4Address v4 -> ByteBuffer.allocate(4).putInt(v4.bits()).array();
      case Ipv6Address v6 ->
          ByteBuffer.allocate(16)
              .order(ByteOrder.BIG_ENDIAN)
              .putLong(v6.high())
              .putLong(v6.low())
              .array();
    };
  }

  @Override
  public synchronized void close() {
    netlink.close();
  }
}
