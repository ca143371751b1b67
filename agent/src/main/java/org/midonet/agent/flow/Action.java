package org.midonet.agent.flow;

import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/** One thing done to a packet. Immutable, safe to share. */
public sealed interface Action {

  /** Whether this sends the packet, as it is at this place of the list. */
  default boolean isOutput() {
    return this instanceof Output || this instanceof Tunnel;
  }

  /** Sets both Ethernet addresses. */
  record SetEther(Mac source, Mac destination) implements Action {}

  /** Sets the id of the outer 802.1Q tag, adding a tag where there is none. */
  record SetVlan(int id) implements Action {
    public SetVlan {
      if (id < 0 || id > 4095) {
        throw new IllegalArgumentException(id + " is no VLAN id");
      }
    }
  }

  /** Takes the outer tag off, if there is one. */
  record PopVlan() implements Action {}

  /** Sets both IP addresses, of the version that the packet has. */
  record SetIp(IpAddress source, IpAddress destination) implements Action {
    public SetIp {
      if (source.version() != destination.version()) {
        throw new IllegalArgumentException(source + " and " + destination + " differ in version");
      }
    }
  }

  /** Sets both ports of TCP, UDP, UDP-Lite or DCCP. Leaves fragments without ports alone. */
  record SetPorts(int source, int destination) implements Action {
    public SetPorts {
      require16Bits(source);
      require16Bits(destination);
    }
  }

  /** Sets the identifier of ICMP or ICMPv6 echo. */
  record SetIcmpId(int id) implements Action {
    public SetIcmpId {
      require16Bits(id);
    }
  }

  /** Sets the differentiated services code point of IP (RFC 2474), and leaves ECN alone. */
  record SetDscp(int dscp) implements Action {
    public SetDscp {
      if (dscp < 0 || dscp > 63) {
        throw new IllegalArgumentException(dscp + " is no DSCP, 0 to 63");
      }
    }
  }

  /**
   * Takes from the TTL or hop limit. A packet of which nothing would be left comes up instead, with
   * reason {@code TTL} and as it came in.
   */
  record DecrementTtl(int by) implements Action {
    public DecrementTtl {
      if (by < 1 || by > 255) {
        throw new IllegalArgumentException("cannot take " + by + " from a TTL");
      }
    }
  }

  /**
   * Lets IP packets pass up to a size. A larger one, or one that would be cut into larger segments,
   * comes up instead, with reason {@code MTU} and as it came in.
   *
   * @param mtu octets of IP header and payload
   */
  record CheckMtu(int mtu) implements Action {
    public CheckMtu {
      require16Bits(mtu);
    }
  }

  /**
   * Sends to a device of this host.
   *
   * @param port the datapath's number for it; a number that is not attached sends nowhere
   */
  record Output(int port) implements Action {}

  /** Sends to a peer host, VXLAN-encapsulated. */
  record Tunnel(Ipv4Address remote, int key) implements Action {}

  private static void require16Bits(int value) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException(value + " does not fit in 16 bits");
    }
  }
}
