package org.midonet.packets.frame;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Mac;

/**
 * An Ethernet frame without its check sequence. Immutable, safe to share.
 *
 * @param tags VLAN tags, the outer one first
 * @param etherType of the payload, or its length in frames of IEEE 802.3
 */
public record Ethernet(
    Mac destination, Mac source, List<VlanTag> tags, int etherType, Payload payload) {
  public static final int IPV4 = 0x0800;
  public static final int ARP = 0x0806;
  public static final int IPV6 = 0x86dd;

  private static final int ADDRESSES = 12;
  private static final int TYPE = 2;
  private static final int TAG = 4;

  public Ethernet {
    tags = List.copyOf(tags);
  }

  /** A frame without tags. */
  public static Ethernet of(Mac destination, Mac source, Arp arp) {
    return new Ethernet(destination, source, List.of(), ARP, arp);
  }

  /** A frame without tags. */
  public static Ethernet of(Mac destination, Mac source, Ipv4Packet packet) {
    return new Ethernet(destination, source, List.of(), IPV4, packet);
  }

  /** A frame without tags. */
  public static Ethernet of(Mac destination, Mac source, Ipv6Packet packet) {
    return new Ethernet(destination, source, List.of(), IPV6, packet);
  }

  /** Reads a frame; null when there are less than fourteen octets or the tags are cut short. */
  public static @Nullable Ethernet parse(byte[] octets) {
    return parse(Octets.of(octets));
  }

  /** Like {@link #parse(byte[])}, without copying. */
  public static @Nullable Ethernet parse(Octets octets) {
    if (!octets.has(0, ADDRESSES + TYPE)) {
      return null;
    }
    List<VlanTag> tags = List.of();
    int at = ADDRESSES;
    int type = octets.u16(at);
    while (VlanTag.announces(type)) {
      if (!octets.has(at, TAG + TYPE)) {
        return null;
      }
      if (tags.isEmpty()) {
        tags = new ArrayList<>(2);
      }
      tags.add(new VlanTag(type, octets.u16(at + TYPE)));
      at += TAG;
      type = octets.u16(at);
    }
    Payload payload = payload(type, octets.from(at + TYPE));
    return new Ethernet(octets.mac(0), octets.mac(6), tags, type, payload);
  }

  private static Payload payload(int etherType, Octets octets) {
    return switch (etherType) {
      case ARP -> Arp.parse(octets);
      case IPV4 -> Ipv4Packet.parse(octets);
      case IPV6 -> Ipv6Packet.parse(octets);
      default -> octets;
    };
  }

  /** The octets on the wire, without padding to the shortest frame. */
  public byte[] toBytes() {
    int header = ADDRESSES + TAG * tags.size() + TYPE;
    byte[] out = new byte[header + payload.length()];
    Wire.mac(out, 0, destination);
    Wire.mac(out, 6, source);
    int at = ADDRESSES;
    for (VlanTag tag : tags) {
      Wire.u16(out, at, tag.protocol());
      Wire.u16(out, at + TYPE, tag.control());
      at += TAG;
    }
    Wire.u16(out, at, etherType);
    payload.write(out, header);
    return out;
  }

  public Ethernet withPayload(Payload other) {
    return new Ethernet(destination, source, tags, etherType, other);
  }

  public Ethernet withTags(List<VlanTag> other) {
    return new Ethernet(destination, source, other, etherType, payload);
  }

  public Ethernet withAddresses(Mac to, Mac from) {
    return new Ethernet(to, from, tags, etherType, payload);
  }
}
