package org.midonet.nsdb;

import org.midonet.packets.Mac;

/**
 * What a router knows of a neighbour. Immutable, safe to share.
 *
 * @param expiry when it is removed, in milliseconds since 1970
 * @param stale when it is asked for again
 * @param lastArpRequest when it was last asked for
 */
public record ArpEntry(Mac mac, long expiry, long stale, long lastArpRequest) {
  /**
   * Reads {@code mac;expiry;stale;lastArpRequest}.
   *
   * @throws IllegalArgumentException if the text is no entry
   */
  public static ArpEntry parse(String text) {
    String[] parts = text.split(";", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException("'" + text + "' is not an ARP entry");
    }
    return new ArpEntry(
        Mac.parse(parts[0]),
        Long.parseLong(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]));
  }

  @Override
  public String toString() {
    return mac + ";" + expiry + ";" + stale + ";" + lastArpRequest;
  }
}
