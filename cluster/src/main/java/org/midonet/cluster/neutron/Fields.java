package org.midonet.cluster.neutron;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;

/**
 * A JSON object read by the names and types of its fields; immutable. Fields that nobody asks for
 * are ignored, null counts as absent. Every method throws {@link MalformedException} for a value of
 * another type.
 */
final class Fields {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Dialect dialect;
  private final Map<String, @Nullable Object> values;

  Fields(Map<String, @Nullable Object> document, Dialect dialect) {
    this.dialect = dialect;
    this.values = dialect.normalise(document);
  }

  Dialect dialect() {
    return dialect;
  }

  private @Nullable Object value(String field) {
    return values.get(dialect.key(field));
  }

  /** A scalar as text. */
  @Nullable String text(String field) {
    return switch (value(field)) {
      case null -> null;
      case String text -> text;
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case Object other -> throw MalformedException.of(field, "a text", other);
    };
  }

  /** A text of some form; the empty text counts as absent. */
  private <T> @Nullable T parsed(
      String field, String expected, Function<String, Optional<T>> parser) {
    String text = text(field);
    if (text == null || text.isEmpty()) {
      return null;
    }
    return parser.apply(text).orElseThrow(() -> MalformedException.of(field, expected, text));
  }

  @Nullable UUID uuid(String field) {
    return parsed(field, "a UUID", Fields::parseUuid);
  }

  /** A UUID without which the object cannot be. */
  UUID requiredUuid(String field) {
    return required(field, uuid(field));
  }

  @Nullable IpAddress address(String field) {
    return parsed(field, "an IP address", IpAddress::tryParse);
  }

  @Nullable Cidr cidr(String field) {
    return parsed(field, "an IP prefix", Cidr::tryParse);
  }

  @Nullable Mac mac(String field) {
    return parsed(field, "a MAC address", Mac::tryParse);
  }

  /** A truth value, as clients of many languages write it. */
  boolean flag(String field, boolean absent) {
    return switch (value(field)) {
      case null -> absent;
      case Boolean flag -> flag;
      case Number number -> number.longValue() != 0;
      case String text when text.equalsIgnoreCase("true") -> true;
      case String text when text.equalsIgnoreCase("false") -> false;
      case Object other -> throw MalformedException.of(field, "true or false", other);
    };
  }

  @Nullable Integer integer(String field) {
    return parsed(field, "a whole number", Fields::parseInteger);
  }

  /** A value of an enumeration by its lower-case name; null for names that are not listed. */
  <E> @Nullable E choice(String field, Map<String, E> choices) {
    String text = text(field);
    return text == null ? null : choices.get(dialect.choice(text));
  }

  @Nullable Fields object(String field) {
    Object value = value(field);
    return value == null ? null : object(field, value);
  }

  <T> List<T> objects(String field, Function<Fields, T> reader) {
    return elements(field, element -> reader.apply(object(field, element)));
  }

  List<UUID> uuids(String field) {
    return elements(field, element -> element(field, element, "UUIDs", Fields::parseUuid));
  }

  List<IpAddress> addresses(String field) {
    return elements(field, element -> element(field, element, "IP addresses", IpAddress::tryParse));
  }

  static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new MalformedException("The field " + field + " is required.");
    }
    return value;
  }

  private <T> List<T> elements(String field, Function<Object, T> reader) {
    Object value = value(field);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw MalformedException.of(field, "a list", value);
    }
    List<T> elements = new ArrayList<>(list.size());
    for (Object element : list) {
      elements.add(reader.apply(required(field, element)));
    }
    return elements;
  }

  private static <T> T element(
      String field, Object element, String expected, Function<String, Optional<T>> parser) {
    return parser
        .apply(element.toString())
        .orElseThrow(() -> MalformedException.of(field, "a list of " + expected, element));
  }

  private Fields object(String field, Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw MalformedException.of(field, "an object", value);
    }
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    map.forEach((name, item) -> document.put(String.valueOf(name), item));
    return new Fields(document, dialect);
  }

  private static Optional<UUID> parseUuid(String text) {
    return UUID_TEXT.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  private static Optional<Integer> parseInteger(String text) {
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
