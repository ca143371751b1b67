package org.midonet.neutron.resource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON values as Python reads them: what is a number, what is equal, what is true. Stateless, safe
 * to share.
 *
 * <p>Neutron's rules are written in these terms: {@code True} is 1, {@code "7"} is an integer and
 * {@code 4.0} is in {@code [4, 6]}.
 */
final class PythonValues {
  /**
   * Longer decimal text is refused, as Python does since 3.11, for the time its conversion takes.
   */
  private static final int MAX_DIGITS = 4300;

  private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  private PythonValues() {}

  /**
   * What {@code int(value)} gives, or null where that is an error: null, lists, maps, infinities
   * and text that is no integer.
   */
  static @Nullable BigInteger toInteger(@Nullable Object value) {
    return switch (value) {
      case Boolean b -> b ? BigInteger.ONE : BigInteger.ZERO;
      case Long n -> BigInteger.valueOf(n);
      case Integer n -> BigInteger.valueOf(n);
      case BigInteger n -> n;
      case Double d -> d.isNaN() || d.isInfinite() ? null : new BigDecimal(d).toBigInteger();
      case String s -> parseInteger(s);
      case null, default -> null;
    };
  }

  /** An integer in the type that JSON values use: Long where it fits. */
  static Object json(BigInteger value) {
    return value.compareTo(MIN_LONG) < 0 || value.compareTo(MAX_LONG) > 0
        ? value
        : (Object) value.longValue();
  }

  /**
   * Decimal digits of any script, single underscores between them, a sign, and white space around.
   */
  private static @Nullable BigInteger parseInteger(String text) {
    String trimmed = strip(text);
    boolean signed = trimmed.startsWith("-") || trimmed.startsWith("+");
    StringBuilder digits = new StringBuilder(trimmed.length());
    boolean afterDigit = false;
    for (int i = signed ? 1 : 0; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      int digit = Character.digit(c, 10);
      if (digit >= 0) {
        digits.append((char) ('0' + digit));
      } else if (c != '_' || !afterDigit) {
        return null;
      }
      afterDigit = digit >= 0;
    }
    if (!afterDigit || digits.length() > MAX_DIGITS) {
      return null;
    }
    BigInteger value = new BigInteger(digits.toString());
    return trimmed.startsWith("-") ? value.negate() : value;
  }

  /** Whether an integer is the number that its nearest double is, and has one. */
  static boolean isExactDouble(BigInteger value) {
    double nearest = value.doubleValue();
    return !Double.isInfinite(nearest)
        && new BigDecimal(nearest).compareTo(new BigDecimal(value)) == 0;
  }

  /** What {@code a == b} gives: numbers and booleans by value, containers by their items. */
  static boolean equal(@Nullable Object a, @Nullable Object b) {
    return normal(a).equals(normal(b));
  }

  static boolean isIn(@Nullable Object value, Collection<?> values) {
    return values.stream().anyMatch(each -> equal(each, value));
  }

  private enum None {
    NONE
  }

  /** A value whose {@code equals} is Python's equality. */
  static Object normal(@Nullable Object value) {
    return switch (value) {
      case null -> None.NONE;
      case Boolean b -> b ? BigDecimal.ONE : BigDecimal.ZERO;
      case Double d -> d.isNaN() || d.isInfinite() ? (Object) d : decimal(new BigDecimal(d));
      case Long n -> decimal(BigDecimal.valueOf(n));
      case Integer n -> decimal(BigDecimal.valueOf(n));
      case BigInteger n -> decimal(new BigDecimal(n));
      case List<?> list -> list.stream().map(PythonValues::normal).toList();
      case Map<?, ?> map -> {
        Map<Object, Object> normal = HashMap.newHashMap(map.size());
        map.forEach((key, item) -> normal.put(normal(key), normal(item)));
        yield normal;
      }
      default -> value;
    };
  }

  private static BigDecimal decimal(BigDecimal value) {
    return value.stripTrailingZeros();
  }

  /** What {@code bool(value)} gives. */
  static boolean isTrue(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean b -> b;
      case String s -> !s.isEmpty();
      case List<?> list -> !list.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      case Double d -> d != 0;
      case Number n -> n.longValue() != 0 || n instanceof BigInteger;
      default -> true;
    };
  }

  /** Characters, not UTF-16 units. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** What {@code str.strip()} gives. */
  static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  static boolean hasSpace(String text) {
    return text.chars().anyMatch(PythonValues::isSpace);
  }

  /** What {@code str.isspace()} and the pattern {@code \s} call white space. */
  private static boolean isSpace(int c) {
    return (c >= 0x09 && c <= 0x0d)
        || (c >= 0x1c && c <= 0x20)
        || c == 0x85
        || c == 0x2028
        || c == 0x2029
        || Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  /**
   * Whether {@code str.splitlines()} gives more than one line; a line break at the very end starts
   * none.
   */
  static boolean isMultiline(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 0x0a && c <= 0x0d)
          || (c >= 0x1c && c <= 0x1e)
          || c == 0x85
          || c == 0x2028
          || c == 0x2029) {
        boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
        return i + (pair ? 2 : 1) < text.length();
      }
    }
    return false;
  }
}
