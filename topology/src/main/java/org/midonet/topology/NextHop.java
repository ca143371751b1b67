package org.midonet.topology;

/** Where a route leads. */
public enum NextHop {
  /** Out of a port. */
  NORMAL,
  /** Silently nowhere. */
  BLACKHOLE,
  /** Nowhere, and the sender is told. */
  REJECT,
  /** To the router itself. */
  LOCAL,
  /** To the translation of IPv6 floating IPs. */
  FIP64
}
