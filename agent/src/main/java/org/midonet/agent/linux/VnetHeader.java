package org.midonet.agent.linux;

/**
 * What a packet leaves to whoever sends it: a checksum to fill in, and cutting into segments.
 * Immutable, safe to share. As struct virtio_net_hdr.
 *
 * @param checksumStart where the checksum begins to count, -1 if there is none to fill in
 * @param checksumOffset where it goes, from there
 * @param segmentSize octets of payload in each segment, 0 if the packet is not to be cut
 * @param segmentType one of the TYPE constants
 * @param headerLength octets that each segment begins with
 */
public record VnetHeader(
    int checksumStart, int checksumOffset, int segmentSize, int segmentType, int headerLength) {
  public static final VnetHeader NONE = new VnetHeader(-1, 0, 0, 0, 0);
  public static final int TYPE_TCP4 = 1;
  public static final int TYPE_TCP6 = 4;
  public static final int TYPE_UDP = 5;

  /** Or-ed to a TCP type if the CWR flag is set: only the first segment keeps it. */
  public static final int TYPE_ECN = 0x80;
}
