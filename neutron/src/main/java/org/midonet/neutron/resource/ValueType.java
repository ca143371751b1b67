package org.midonet.neutron.resource;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;

/**
 * How an attribute's raw value (what JSON and SQL carry) becomes a typed one; immutable.
 *
 * @param <T> the typed value
 */
public final class ValueType<T> {
  /** The kinds of raw value, and of SQL column. */
  public enum Kind {
    /** A {@link String} of bounded length. */
    STRING,
    /** A {@link Long}. */
    INTEGER,
    /** A {@link Boolean}. */
    BOOLEAN,
    /** A {@link List} or {@link Map} of raw values, stored as JSON text. */
    JSON
  }

  /** Text. */
  public static final ValueType<String> STRING = new ValueType<>(Kind.STRING, o -> (String) o);

  /** A whole number. */
  public static final ValueType<Long> INTEGER = new ValueType<>(Kind.INTEGER, o -> (Long) o);

  /** True or false. */
  public static final ValueType<Boolean> BOOLEAN = new ValueType<>(Kind.BOOLEAN, o -> (Boolean) o);

  /** A link-layer address in canonical text. */
  public static final ValueType<Mac> MAC = new ValueType<>(Kind.STRING, o -> Mac.parse((String) o));

  /** An address in canonical text. */
  public static final ValueType<IpAddress> IP =
      new ValueType<>(Kind.STRING, o -> IpAddress.parse((String) o));

  /** A prefix in canonical text. */
  public static final ValueType<Cidr> CIDR =
      new ValueType<>(Kind.STRING, o -> Cidr.parse((String) o));

  /** A list of strings. */
  @SuppressWarnings("unchecked") // the attribute's validator admits strings only
  public static final ValueType<List<String>> STRINGS =
      new ValueType<>(Kind.JSON, o -> (List<String>) o);

  /** A list of objects. */
  @SuppressWarnings("unchecked") // the attribute's validator admits objects only
  public static final ValueType<List<Map<String, Object>>> OBJECTS =
      new ValueType<>(Kind.JSON, o -> (List<Map<String, Object>>) o);

  /** One object. */
  @SuppressWarnings("unchecked") // the attribute's validator admits an object only
  public static final ValueType<Map<String, Object>> OBJECT =
      new ValueType<>(Kind.JSON, o -> (Map<String, Object>) o);

  private final Kind kind;
  private final Function<Object, T> decoder;

  private ValueType(Kind kind, Function<Object, T> decoder) {
    this.kind = kind;
    this.decoder = decoder;
  }

  /**
   * A type read from JSON.
   *
   * @param decoder makes the typed value of a raw list or map
   */
  public static <T> ValueType<T> json(Function<Object, T> decoder) {
    return new ValueType<>(Kind.JSON, decoder);
  }

  /** The kind of raw value. */
  public Kind kind() {
    return kind;
  }

  /** The typed value of a raw one. */
  public T decode(Object raw) {
    return decoder.apply(raw);
  }

  /** A fresh random identifier. */
  public static String newId() {
    return UUID.randomUUID().toString();
  }
}
