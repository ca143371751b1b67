package org.midonet.neutron.resource;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.packets.Mac;

/** Conversions of attribute values, as Neutron makes them; stateless. */
public final class Converters {
  private Converters() {}

  /** True or false of a Boolean, 0, 1 or their texts. */
  public static @Nullable Object toBoolean(@Nullable Object value) {
    return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw NeutronException.invalidInput("'" + value + "' cannot be converted to boolean");
    };
  }

  /** A whole number. */
  public static @Nullable Object toInt(@Nullable Object value) {
    return value == null ? null : Long.valueOf(value.toString());
  }

  /** Lower case. */
  public static @Nullable Object toLowerCase(@Nullable Object value) {
    return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
  }

  /** A link-layer address in canonical form. */
  public static @Nullable Object toMac(@Nullable Object value) {
    return value instanceof String text ? Mac.parse(text).toString() : value;
  }

  /** No value is an empty list. */
  public static Object noneToEmptyList(@Nullable Object value) {
    return value == null ? List.of() : value;
  }
}
