package org.midonet.packets.frame;

/**
 * A VLAN tag (IEEE 802.1Q). Immutable, safe to share.
 *
 * @param protocol the EtherType that announces it, 0x8100 or 0x88a8
 * @param control priority, drop eligibility and VLAN id, 16 bits
 */
public record VlanTag(int protocol, int control) {
  public static final int CUSTOMER = 0x8100;
  public static final int SERVICE = 0x88a8;

  /** The tag of a VLAN id with priority 0. */
  public static VlanTag of(int id) {
    return new VlanTag(CUSTOMER, id & 0xfff);
  }

  /** From 0 (priority only) to 4095. */
  public int id() {
    return control & 0xfff;
  }

  static boolean announces(int etherType) {
    return etherType == CUSTOMER || etherType == SERVICE;
  }
}
