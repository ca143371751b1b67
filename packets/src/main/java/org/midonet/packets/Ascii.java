package org.midonet.packets;

/**
 * Digits as address formats define them: ASCII only, where {@link Character#digit} would also take
 * the digits of other scripts. Stateless.
 */
final class Ascii {
  static final char[] HEX = "0123456789abcdef".toCharArray();

  private Ascii() {}

  /** The value of a hexadecimal digit in either case, or -1. */
  static int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
      return c - 'A' + 10;
    }
    return -1;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /**
   * An unsigned decimal without sign, space or leading zero, at most {@code max} (below 2^27); -1
   * for anything else.
   */
  static int parseUnsigned(String text, int max) {
    int length = text.length();
    if (length == 0 || length > 8 || (length > 1 && text.charAt(0) == '0')) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (!isDigit(c)) {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value > max ? -1 : value;
  }

  /** Appends the low {@code digits} hexadecimal digits of {@code value}, most significant first. */
  static void appendHex(StringBuilder out, long value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      out.append(HEX[(int) (value >>> shift) & 0xf]);
    }
  }
}
