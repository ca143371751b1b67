package org.midonet.agent.flow;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;

/**
 * What packets of one flow have in common: all that a decision about them may depend on. Immutable,
 * safe to share.
 *
 * <p>Not in it: the TTL, the size of a packet (actions check both where they matter), TCP flags,
 * VLAN priority and ECN bits. What comes by a tunnel is known by its key alone, because the host it
 * came from has decided already; everything else is then zero.
 *
 * @param vlan 0 if untagged, else the id of the outer tag with {@link #TAGGED} or {@link
 *     #SERVICE_TAGGED} set
 * @param etherType after the outer tag; a length for IEEE 802.3 frames
 * @param ipSource null unless the packet is IPv4 or IPv6
 * @param ipDestination null with {@code ipSource}
 * @param protocol IP protocol, after IPv6 extension headers; 0 if not IP
 * @param trafficClass the IPv4 TOS or IPv6 traffic class with ECN bits zero
 * @param sourcePort the port of TCP, UDP, UDP-Lite, SCTP or DCCP; of ICMP, type times 256 and code;
 *     0 in later fragments
 * @param destinationPort likewise; of ICMP echo the identifier, of other ICMP 0
 */
public record FlowKey(
    Input input,
    Mac source,
    Mac destination,
    int vlan,
    int etherType,
    @Nullable IpAddress ipSource,
    @Nullable IpAddress ipDestination,
    int protocol,
    int trafficClass,
    Fragment fragment,
    int sourcePort,
    int destinationPort) {
  public static final int TAGGED = 0x1000;
  public static final int SERVICE_TAGGED = 0x2000;

  /** All that comes from peers with one tunnel key. */
  public static FlowKey tunnel(int key) {
    return new FlowKey(
        new Input.Tunnel(key), Mac.ZERO, Mac.ZERO, 0, 0, null, null, 0, 0, Fragment.NONE, 0, 0);
  }

  // Written out, as what the compiler makes of a record is slow until it is compiled, and each
  // first packet looks for several of these.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FlowKey it
        && sourcePort == it.sourcePort
        && destinationPort == it.destinationPort
        && vlan == it.vlan
        && etherType == it.etherType
        && protocol == it.protocol
        && trafficClass == it.trafficClass
        && fragment == it.fragment
        && input.equals(it.input)
        && source.equals(it.source)
        && destination.equals(it.destination)
        && Objects.equals(ipSource, it.ipSource)
        && Objects.equals(ipDestination, it.ipDestination);
  }

  @Override
  public int hashCode() {
    int hash = 31 * (31 * input.hashCode() + source.hashCode()) + destination.hashCode();
    hash = 31 * (31 * hash + Objects.hashCode(ipSource)) + Objects.hashCode(ipDestination);
    hash = 31 * (31 * hash + sourcePort) + destinationPort;
    hash = 31 * (31 * hash + protocol) + trafficClass;
    return 31 * (31 * hash + vlan) + etherType;
  }

  /** The VLAN id of the outer tag, 0 if there is none. */
  public int vlanId() {
    return vlan & 0xfff;
  }
}
