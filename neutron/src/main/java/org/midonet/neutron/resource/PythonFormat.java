package org.midonet.neutron.resource;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON values as Python prints them, which is how they stand in Neutron's messages. Stateless, safe
 * to share.
 *
 * <p>Clients compare these messages, so {@code None}, {@code True} and {@code ['a', 'b']} are part
 * of the API.
 */
public final class PythonFormat {
  private PythonFormat() {}

  /** What {@code str(value)} gives: a string bare, everything else as {@link #repr}. */
  public static String str(@Nullable Object value) {
    return value instanceof String s ? s : repr(value);
  }

  /** What {@code repr(value)} gives: strings quoted and escaped. */
  public static String repr(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    appendRepr(out, value);
    return out.toString();
  }

  /** A set of strings, in the order of the collection. */
  public static String set(Collection<?> values) {
    return values.isEmpty()
        ? "set()"
        : values.stream().map(PythonFormat::repr).collect(Collectors.joining(", ", "{", "}"));
  }

  private static void appendRepr(StringBuilder out, @Nullable Object value) {
    switch (value) {
      case null -> out.append("None");
      case String s -> appendQuoted(out, s);
      case Boolean b -> out.append(b ? "True" : "False");
      case Double d -> out.append(number(d));
      case List<?> list -> appendList(out, list);
      case Map<?, ?> map -> appendMap(out, map);
      default -> out.append(value);
    }
  }

  private static void appendList(StringBuilder out, List<?> list) {
    String separator = "[";
    for (Object item : list) {
      out.append(separator);
      appendRepr(out, item);
      separator = ", ";
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }

  private static void appendMap(StringBuilder out, Map<?, ?> map) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      appendRepr(out, entry.getKey());
      out.append(": ");
      appendRepr(out, entry.getValue());
      separator = ", ";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  /**
   * The shortest digits that read back, in fixed notation from 1e-4 up to 1e16 and with an exponent
   * beyond.
   */
  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    String sign = Math.copySign(1, value) < 0 ? "-" : "";
    if (Double.isInfinite(value)) {
      return sign + "inf";
    }
    if (value == 0) {
      return sign + "0.0";
    }
    BigDecimal digits = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = digits.toPlainString();
      return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }
    String mantissa = digits.unscaledValue().toString();
    String fraction = mantissa.length() > 1 ? "." + mantissa.substring(1) : "";
    String power = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    return sign + mantissa.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + power;
  }

  private static void appendQuoted(StringBuilder out, String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    text.codePoints().forEach(c -> appendEscaped(out, c, quote));
    out.append(quote);
  }

  private static void appendEscaped(StringBuilder out, int c, char quote) {
    switch (c) {
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (c == quote) {
          out.append('\\').append(quote);
        } else if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else if (c < 0x100) {
          out.append(String.format("\\x%02x", c));
        } else {
          out.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
