package org.midonet.packets;

/**
 * The EtherType field of an Ethernet frame. Immutable, safe to share.
 *
 * @param value from 0x0600 (below that the field is a length, IEEE 802.3) to 0xffff
 */
public record EtherType(int value) {
  public static final int MIN = 0x0600;
  public static final int MAX = 0xffff;

  public static final EtherType IPV4 = new EtherType(0x0800);
  public static final EtherType ARP = new EtherType(0x0806);
  public static final EtherType VLAN = new EtherType(0x8100);
  public static final EtherType IPV6 = new EtherType(0x86dd);

  /**
   * @throws IllegalArgumentException if the value is a length or wider than 16 bits
   */
  public EtherType {
    if (value < MIN || value > MAX) {
      throw new IllegalArgumentException(
          "0x" + Integer.toHexString(value) + " is not an EtherType");
    }
  }

  /** The EtherType of an IP version, 4 or 6. */
  public static EtherType ofIpVersion(int version) {
    return switch (version) {
      case 4 -> IPV4;
      case 6 -> IPV6;
      default -> throw new IllegalArgumentException("no IP version " + version);
    };
  }

  /** As {@code 0x0800}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(6).append("0x");
    Ascii.appendHex(out, value, 4);
    return out.toString();
  }
}
