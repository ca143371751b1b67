package org.midonet.agent.datapath;

import org.jspecify.annotations.Nullable;
import org.midonet.packets.frame.Checksum;
import org.midonet.packets.frame.Ethernet;
import org.midonet.packets.frame.Ipv4Packet;
import org.midonet.packets.frame.Ipv6Packet;
import org.midonet.packets.frame.Payload;
import org.midonet.packets.frame.TcpSegment;
import org.midonet.packets.frame.UdpDatagram;

/** Checksums of TCP and UDP that are yet to be filled in. Stateless. */
final class OpenChecksums {
  private OpenChecksums() {}

  /**
   * Where the checksum of a frame is, and where what it covers begins; null if it has none.
   *
   * @param open what stands there until it is filled in: the sum of the pseudo-header
   */
  record Place(int start, int at, int open) {}

  static @Nullable Place of(Ethernet frame) {
    int l3 = 14 + 4 * frame.tags().size();
    return switch (frame.payload()) {
      case Ipv4Packet it when !it.isFragment() ->
          place(
              it.payload(),
              l3 + 20 + it.options().length(),
              Checksum.pseudo(it.source(), it.destination(), it.protocol(), it.payload().length()));
      case Ipv6Packet it when it.extensions().isEmpty() ->
          place(
              it.payload(),
              l3 + 40,
              Checksum.pseudo(it.source(), it.destination(), it.protocol(), it.payload().length()));
      default -> null;
    };
  }

  private static @Nullable Place place(Payload payload, int l4, long pseudo) {
    int open = ~Checksum.fold(pseudo) & 0xffff;
    return switch (payload) {
      case TcpSegment tcp -> new Place(l4, l4 + 16, open);
      case UdpDatagram udp -> new Place(l4, l4 + 6, open);
      default -> null;
    };
  }

  /** The frame with its checksum filled in, if that is open; any other as it is. */
  static byte[] filledIn(byte[] frame) {
    Ethernet parsed = Ethernet.parse(frame);
    Place place = parsed == null ? null : of(parsed);
    if (parsed == null || place == null || frame.length < place.at + 2) {
      return frame;
    }
    int there = (frame[place.at] & 0xff) << 8 | (frame[place.at + 1] & 0xff);
    return there == place.open ? parsed.toBytes() : frame;
  }

  /** The same with the checksum open. */
  static byte[] opened(byte[] frame, Place place) {
    byte[] open = frame.clone();
    open[place.at] = (byte) (place.open >>> 8);
    open[place.at + 1] = (byte) place.open;
    return open;
  }
}
