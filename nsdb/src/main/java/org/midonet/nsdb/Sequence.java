package org.midonet.nsdb;

import java.util.Locale;

/** A counter that the whole system shares. */
public enum Sequence {
  OVERLAY_TUNNEL_KEY(1),
  VXLAN_TUNNEL_KEY(10_000),
  FIP64_TUNNEL_KEY(1);

  private final long seed;

  Sequence(long seed) {
    this.seed = seed;
  }

  /** What counts as used in a fresh system; the first key given out is the one after. */
  public long seed() {
    return seed;
  }

  /** The name of its znode, as {@code overlay_tunnel_key}. */
  public String znode() {
    return name().toLowerCase(Locale.ROOT);
  }
}
