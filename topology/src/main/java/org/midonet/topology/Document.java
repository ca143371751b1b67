package org.midonet.topology;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with its fields in order. Immutable, safe to share.
 *
 * <p>Documents of one kind share the names of their fields, so that one takes a tenth of what a
 * {@code LinkedHashMap} does beside its values. Fields are few and found one after the other.
 */
final class Document extends AbstractMap<String, @Nullable Object> {
  private static final Recent<List<String>> NAMES = new Recent<>(256);

  private final List<String> names;
  private final @Nullable Object[] values;

  private Document(List<String> names, @Nullable Object[] values) {
    this.names = names;
    this.values = values;
  }

  /**
   * The values by their names.
   *
   * @throws IllegalArgumentException if one is no JSON value
   */
  static Document of(Map<?, ?> map) {
    if (map instanceof Document document) {
      return document;
    }
    String[] names = new String[map.size()];
    @Nullable Object[] values = new Object[names.length];
    int count = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      names[count] = String.valueOf(entry.getKey());
      values[count++] = value(entry.getValue());
    }
    return new Document(NAMES.shared(List.of(names)), values);
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> of(map);
      case List<?> list -> list(list);
      case Integer number -> number.longValue();
      case Short number -> number.longValue();
      case UUID id -> id.toString();
      case String text -> text;
      case Long number -> number;
      case Double number -> number;
      case Boolean flag -> flag;
      default ->
          throw new IllegalArgumentException(
              "a " + value.getClass().getSimpleName() + " is no JSON value");
    };
  }

  private static List<@Nullable Object> list(List<?> list) {
    List<@Nullable Object> values = new ArrayList<>(list.size());
    list.forEach(element -> values.add(value(element)));
    return values.contains(null) ? Collections.unmodifiableList(values) : List.copyOf(values);
  }

  @Override
  public int size() {
    return values.length;
  }

  @Override
  public boolean containsKey(Object name) {
    return names.indexOf(name) >= 0;
  }

  @Override
  public @Nullable Object get(Object name) {
    int at = names.indexOf(name);
    return at < 0 ? null : values[at];
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
    for (int i = 0; i < values.length; i++) {
      action.accept(names.get(i), values[i]);
    }
  }

  /** The same fields with another value in one, which is the last if it is new. */
  Document with(String name, @Nullable Object value) {
    int at = names.indexOf(name);
    if (at >= 0) {
      @Nullable Object[] changed = values.clone();
      changed[at] = value(value);
      return new Document(names, changed);
    }
    List<String> more = new ArrayList<>(names);
    more.add(name);
    @Nullable Object[] longer = Arrays.copyOf(values, values.length + 1);
    longer[values.length] = value(value);
    return new Document(NAMES.shared(List.copyOf(more)), longer);
  }

  @Override
  public Set<Map.Entry<String, @Nullable Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return values.length;
      }

      @Override
      public Iterator<Map.Entry<String, @Nullable Object>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Map.Entry<String, @Nullable Object>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < values.length;
    }

    @Override
    public Map.Entry<String, @Nullable Object> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Map.Entry<String, @Nullable Object> entry =
          new SimpleImmutableEntry<>(names.get(next), values[next]);
      next++;
      return entry;
    }
  }
}
