package org.midonet.packets;

import java.util.Optional;

/**
 * TCP, UDP or SCTP ports from a first to a last one, both included. Immutable, safe to share.
 * Ranges order by first port, then by last.
 */
public record PortRange(int first, int last) implements Comparable<PortRange> {
  public static final int MAX_PORT = 65535;
  public static final PortRange ALL = new PortRange(0, MAX_PORT);

  /**
   * @throws IllegalArgumentException if a port is not from 0 to 65535 or the first lies after the
   *     last
   */
  public PortRange {
    if (first < 0 || last > MAX_PORT || first > last) {
      throw new IllegalArgumentException(
          first + "-" + last + " is not a range of ports from 0 to " + MAX_PORT);
    }
  }

  /** The range of one port. */
  public static PortRange of(int port) {
    return new PortRange(port, port);
  }

  /**
   * Reads {@code 80}, {@code 80:90} or {@code 80-90}.
   *
   * @throws IllegalArgumentException if the text is no range of ports
   */
  public static PortRange parse(String text) {
    return tryParse(text)
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a range of ports"));
  }

  /** Like {@link #parse}, but empty where that throws. */
  public static Optional<PortRange> tryParse(String text) {
    int separator = Math.max(text.indexOf(':'), text.indexOf('-'));
    int first = Ascii.parseUnsigned(separator < 0 ? text : text.substring(0, separator), MAX_PORT);
    int last = separator < 0 ? first : Ascii.parseUnsigned(text.substring(separator + 1), MAX_PORT);
    return first >= 0 && first <= last ? Optional.of(new PortRange(first, last)) : Optional.empty();
  }

  public boolean contains(int port) {
    return first <= port && port <= last;
  }

  public boolean contains(PortRange other) {
    return first <= other.first && other.last <= last;
  }

  public boolean overlaps(PortRange other) {
    return first <= other.last && other.first <= last;
  }

  /** The number of ports. */
  public int size() {
    return last - first + 1;
  }

  @Override
  public int compareTo(PortRange other) {
    int byFirst = Integer.compare(first, other.first);
    return byFirst != 0 ? byFirst : Integer.compare(last, other.last);
  }

  /** As {@code 80} or {@code 80:90}. */
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + ":" + last;
  }
}
