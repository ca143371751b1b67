package org.midonet.neutron.resource;

import static org.midonet.neutron.resource.PythonFormat.str;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;

/**
 * The form of a dictionary value: its keys, which of them are required, and the rule for each.
 * Immutable, safe to share.
 *
 * <p>As a {@link Validator} it judges a value, each key converted first; {@link #converter} gives
 * the converted value. The two may run in either order. A form without keys accepts any dictionary.
 */
public final class DictSpec implements Validator {
  private static final Converter AS_IS = value -> value;

  private record Key(String name, boolean required, Converter converter, Validator validator) {}

  private final List<Key> keys;

  private DictSpec(List<Key> keys) {
    this.keys = keys;
  }

  /** The form without keys. */
  public static DictSpec any() {
    return new DictSpec(List.of());
  }

  /** This form with one more key, which must be there. */
  public DictSpec required(String name, Validator validator) {
    return with(new Key(name, true, AS_IS, validator));
  }

  /** This form with one more key, which may be left out. */
  public DictSpec optional(String name, Validator validator) {
    return with(new Key(name, false, AS_IS, validator));
  }

  /** This form with one more key, which may be left out and is converted before it is judged. */
  public DictSpec optional(String name, Converter converter, Validator validator) {
    return with(new Key(name, false, converter, validator));
  }

  private DictSpec with(Key key) {
    List<Key> more = new ArrayList<>(keys);
    more.add(key);
    return new DictSpec(List.copyOf(more));
  }

  @Override
  public @Nullable String validate(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return "'" + str(value) + "' is not a dictionary";
    }
    if (keys.isEmpty()) {
      return null;
    }
    List<String> required = keys.stream().filter(Key::required).map(Key::name).toList();
    if (!map.keySet().containsAll(required)) {
      return keysMessage(required, map);
    }
    List<String> names = keys.stream().map(Key::name).toList();
    List<String> unexpected =
        map.keySet().stream().map(String::valueOf).filter(key -> !names.contains(key)).toList();
    if (!unexpected.isEmpty()) {
      return "Unexpected keys supplied: " + String.join(", ", unexpected);
    }
    for (Key key : keys) {
      if (map.containsKey(key.name)) {
        String reason = key.validator.validate(key.converter.convert(map.get(key.name)));
        if (reason != null) {
          return reason;
        }
      }
    }
    return null;
  }

  /**
   * This rule for a value that may also be missing in some way: null, an empty dictionary, list or
   * string, false or zero.
   */
  public Validator orNoData() {
    return value -> PythonValues.isTrue(value) ? validate(value) : null;
  }

  /**
   * Converts the keys that have a converter. What does not have this form passes unchanged, for the
   * validator to refuse.
   */
  public Converter converter() {
    return value -> value instanceof Map<?, ?> map ? converted(map) : value;
  }

  /** Like {@link #converter}, for {@link #orNoData}: what stands for no data becomes null. */
  public Converter noDataConverter() {
    return value -> {
      if (value instanceof Map<?, ?> map) {
        return converted(map);
      }
      return PythonValues.isTrue(value) ? value : null;
    };
  }

  private Map<String, @Nullable Object> converted(Map<?, ?> map) {
    Map<String, @Nullable Object> converted = LinkedHashMap.newLinkedHashMap(map.size());
    map.forEach((name, item) -> converted.put(String.valueOf(name), item));
    for (Key key : keys) {
      if (converted.containsKey(key.name)) {
        converted.computeIfPresent(key.name, (name, item) -> convertOrKeep(key.converter, item));
      }
    }
    return converted;
  }

  private static @Nullable Object convertOrKeep(Converter converter, Object item) {
    try {
      return converter.convert(item);
    } catch (NeutronException refusedByTheValidatorToo) {
      return item;
    }
  }

  /** The reason why a value is not a dictionary of exactly these keys, or null. */
  static @Nullable String exactKeys(List<String> expected, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return "Invalid input. '" + str(value) + "' must be a dictionary with keys: " + str(expected);
    }
    boolean exact = map.size() == expected.size() && map.keySet().containsAll(expected);
    return exact ? null : keysMessage(expected, map);
  }

  private static String keysMessage(Collection<String> expected, Map<?, ?> provided) {
    return "Validation of dictionary's keys failed. Expected keys: "
        + PythonFormat.set(expected)
        + " Provided keys: "
        + PythonFormat.set(provided.keySet());
  }
}
