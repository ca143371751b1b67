package org.midonet.cluster.translation;

/**
 * What an operator may choose. Immutable, safe to share.
 *
 * @param natPortStart lowest port of dynamic source NAT
 * @param natPortEnd highest port of dynamic source NAT
 * @param firewallsOfIpv6 whether firewalls may have rules for IPv6, and their other rules hold for
 *     IPv4 alone; MidoNet, whose routers know only IPv4, tells them not apart
 */
public record TranslationSettings(int natPortStart, int natPortEnd, boolean firewallsOfIpv6) {
  /** As MidoNet has it. */
  public static final TranslationSettings DEFAULT = new TranslationSettings(1024, 65535, false);

  /** For our own agents, whose routers know IPv6. */
  public static final TranslationSettings BUILT_IN = new TranslationSettings(1024, 65535, true);

  /**
   * @throws IllegalArgumentException if the range is no range of ports
   */
  public TranslationSettings {
    if (natPortStart < 1 || natPortEnd > 65535 || natPortStart > natPortEnd) {
      throw new IllegalArgumentException(
          "NAT ports are from 1 to 65535, not " + natPortStart + " to " + natPortEnd);
    }
  }
}
