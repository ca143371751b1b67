package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/**
 * What a JSON value stands for; immutable.
 *
 * @param expected names it in messages
 * @param reader returns null for what is no such value
 * @param writer gives the JSON value
 * @param violation the message of MidoNet's validation for a wrong value, null where it does not
 *     come that far and refuses the body as a whole
 */
record Kind<V>(
    String expected,
    Function<Object, @Nullable V> reader,
    Function<V, Object> writer,
    @Nullable String violation) {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Of 64 bits at most. */
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

  static final Kind<String> TEXT =
      new Kind<>("text", raw -> raw instanceof String text ? text : scalar(raw), t -> t, null);
  static final Kind<Boolean> FLAG = new Kind<>("true or false", Kind::flagOrNull, f -> f, null);
  static final Kind<Integer> INT = new Kind<>("a whole number", Kind::intOrNull, i -> i, null);
  static final Kind<Long> LONG = new Kind<>("a whole number", Kind::longOrNull, l -> l, null);
  static final Kind<UUID> ID = text("a UUID", Kind::uuidOrNull, UUID::toString, null);
  static final Kind<IpAddress> IPV4 =
      text("an IPv4 address", Kind::ipv4OrNull, IpAddress::toString, "is an invalid IPv4 format");
  static final Kind<Ipv4Address> IPV4_ONLY =
      text("an IPv4 address", Kind::ipv4OrNull, Ipv4Address::toString, "is an invalid IPv4 format");
  static final Kind<IpAddress> IP =
      text(
          "an IP address",
          text -> IpAddress.tryParse(text).orElse(null),
          IpAddress::toString,
          "is an invalid IP address format");
  static final Kind<Mac> MAC =
      text(
          "a MAC address",
          text -> Mac.tryParse(text).orElse(null),
          Mac::toString,
          "is an invalid MAC address format");
  static final Kind<List<UUID>> IDS = list(ID);
  static final Kind<List<IpAddress>> IPS = list(IP);
  static final Kind<List<Ipv4Address>> IPV4S = list(IPV4_ONLY);

  /** A value that is written as text. */
  static <V> Kind<V> text(
      String expected,
      Function<String, @Nullable V> reader,
      Function<V, Object> writer,
      @Nullable String violation) {
    return new Kind<>(
        expected, raw -> raw instanceof String text ? reader.apply(text) : null, writer, violation);
  }

  /** A constant by its name in lower case or upper case, read without regard to case. */
  static <E extends Enum<E>> Kind<E> constant(Class<E> type, Function<E, String> name) {
    List<E> all = List.of(type.getEnumConstants());
    String expected = "one of " + all.stream().map(name).toList();
    return text(
        expected,
        text ->
            all.stream().filter(e -> name.apply(e).equalsIgnoreCase(text)).findFirst().orElse(null),
        name::apply,
        null);
  }

  /** The name of a constant in lower case. */
  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** An array of such values. */
  static <V> Kind<List<V>> list(Kind<V> item) {
    return new Kind<>(
        "a list whose items are " + item.expected,
        raw -> readList(raw, item),
        values -> values.stream().map(item.writer).toList(),
        item.violation);
  }

  /** Reads a value that is there; null when it is not of this kind. */
  @Nullable V read(Object raw) {
    return reader.apply(raw);
  }

  /** The JSON value; null for none. */
  @Nullable Object show(@Nullable V value) {
    return value == null ? null : writer.apply(value);
  }

  private static <V> @Nullable List<V> readList(Object raw, Kind<V> item) {
    if (!(raw instanceof List<?> values)) {
      return null;
    }
    List<V> read = new ArrayList<>();
    for (Object value : values) {
      V one = value == null ? null : item.read(value);
      if (one == null) {
        return null;
      }
      read.add(one);
    }
    return List.copyOf(read);
  }

  /** Clients write numbers where a text is meant; so did the original take them. */
  private static @Nullable String scalar(Object raw) {
    return raw instanceof Number || raw instanceof Boolean ? raw.toString() : null;
  }

  private static @Nullable Boolean flagOrNull(Object raw) {
    return switch (raw) {
      case Boolean flag -> flag;
      case String text when text.equals("true") -> true;
      case String text when text.equals("false") -> false;
      default -> null;
    };
  }

  /** A whole number of 32 bits; MidoNet's command line writes numbers as texts. */
  static @Nullable Integer intOrNull(@Nullable Object raw) {
    Long number = longOrNull(raw);
    return number == null || number != number.intValue() ? null : (Integer) number.intValue();
  }

  /** The same, zero for what is none. */
  static int intOrZero(@Nullable Object raw) {
    Integer number = intOrNull(raw);
    return number == null ? 0 : number;
  }

  /** A whole number of 64 bits, likewise. */
  static @Nullable Long longOrNull(@Nullable Object raw) {
    return switch (raw) {
      case Integer number -> number.longValue();
      case Long number -> number;
      case String text when NUMBER.matcher(text).matches() -> Long.valueOf(text);
      case null, default -> null;
    };
  }

  static @Nullable UUID uuidOrNull(String text) {
    return UUID_TEXT.matcher(text).matches() ? UUID.fromString(text) : null;
  }

  private static @Nullable Ipv4Address ipv4OrNull(String text) {
    return IpAddress.tryParse(text).orElse(null) instanceof Ipv4Address v4 ? v4 : null;
  }
}
