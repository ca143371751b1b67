package org.midonet.cluster.translation;

/**
 * What an operator may choose. Immutable, safe to share.
 *
 * @param natPortStart lowest port of dynamic source NAT
 * @param natPortEnd highest port of dynamic source NAT
 */
public record TranslationSettings(int natPortStart, int natPortEnd) {
  public static final TranslationSettings DEFAULT = new TranslationSettings(1024, 65535);

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
