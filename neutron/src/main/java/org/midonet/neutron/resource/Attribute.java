package org.midonet.neutron.resource;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a resource, and the typed key to its value; immutable. It says everything that
 * the API, the policy engine, the queries and the SQL tables need to know: type, default,
 * validation, who may set it, whether it filters and sorts. Terms are those of Neutron's attribute
 * maps (API reference, "attributes").
 *
 * @param <T> the typed value
 */
public final class Attribute<T> {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Where the value is kept. */
  enum Storage {
    /** In a column of the resource's own table. */
    COLUMN,
    /** Nowhere: computed when the resource is read. */
    DERIVED,
    /** Nowhere: read from the request only, never shown. */
    INPUT
  }

  private final int ordinal = COUNT.getAndIncrement();
  private final Builder<T> spec;

  private Attribute(Builder<T> spec) {
    this.spec = spec;
  }

  /** Begins an attribute kept in a column. */
  public static <T> Builder<T> of(String name, ValueType<T> type) {
    return new Builder<>(name, type, Storage.COLUMN);
  }

  /** Begins a text attribute kept in a column. */
  public static Builder<String> string(String name) {
    return of(name, ValueType.STRING);
  }

  /** Begins a Boolean attribute kept in a column. */
  public static Builder<Boolean> bool(String name) {
    return of(name, ValueType.BOOLEAN).convert(Converters::toBoolean);
  }

  /** Begins a whole-number attribute kept in a column. */
  public static Builder<Long> integer(String name) {
    return of(name, ValueType.INTEGER);
  }

  /** Begins an attribute computed on reading. */
  public static <T> Builder<T> derived(String name, ValueType<T> type) {
    return new Builder<>(name, type, Storage.DERIVED);
  }

  /** Begins an attribute that is read from requests and never shown. */
  public static <T> Builder<T> input(String name, ValueType<T> type) {
    return new Builder<>(name, type, Storage.INPUT).hidden();
  }

  /** The name in JSON and, for the stored ones, of the column (colons become underscores). */
  public String name() {
    return spec.name;
  }

  /** The column's name. */
  public String column() {
    return spec.column;
  }

  /** The value's type. */
  public ValueType<T> type() {
    return spec.type;
  }

  /** Whether a column holds the value. */
  public boolean stored() {
    return spec.storage == Storage.COLUMN;
  }

  /** Whether POST may set it. */
  public boolean onCreate() {
    return spec.post;
  }

  /** Whether PUT may set it. */
  public boolean onUpdate() {
    return spec.put;
  }

  /** Whether answers show it. */
  public boolean visible() {
    return spec.visible;
  }

  /** Whether POST must give it. */
  public boolean required() {
    return spec.post && !spec.hasDefault;
  }

  /** The raw value taken when POST does not give one; {@link Resource#UNSET} for none. */
  public @Nullable Object defaultValue() {
    return spec.defaultValue;
  }

  /** The raw value of rows that were written before the attribute was served; null for none. */
  public @Nullable Object unwritten() {
    return spec.unwritten;
  }

  /** Whether an explicit null in POST means the default. */
  public boolean defaultOverridesNull() {
    return spec.defaultOverridesNull;
  }

  /** Checks a converted value from a request; null when there is nothing to check. */
  public @Nullable Validator validator() {
    return spec.validator;
  }

  /** Converts a raw value, before the check; null when it stays as it is. */
  public @Nullable Converter converter() {
    return spec.converter;
  }

  /** Whether a policy rule of its own guards it in requests. */
  public boolean enforcePolicy() {
    return spec.enforcePolicy;
  }

  /** Whether policy rules need its value though the user did not ask for it. */
  public boolean requiredByPolicy() {
    return spec.requiredByPolicy;
  }

  /** Whether lists can be filtered by it. */
  public boolean filterable() {
    return spec.filterable;
  }

  /** Whether lists can be sorted by it. */
  public boolean sortable() {
    return spec.sortable;
  }

  /** How a filter on it becomes SQL; null for comparison with the column. */
  public @Nullable Filter filter() {
    return spec.filter;
  }

  /** The keys of an object value that have policy rules of their own. */
  public List<String> subAttributes() {
    return spec.subAttributes;
  }

  int ordinal() {
    return ordinal;
  }

  @Override
  public String toString() {
    return spec.name;
  }

  /**
   * Collects what an attribute is; not to be shared. Without {@link #onCreate} and {@link
   * #onUpdate} it is read-only.
   *
   * @param <T> the typed value
   */
  public static final class Builder<T> {
    private final String name;
    private String column;
    private final ValueType<T> type;
    private final Storage storage;
    private boolean post;
    private boolean put;
    private boolean visible = true;
    private boolean hasDefault;
    private @Nullable Object defaultValue = Resource.UNSET;
    private @Nullable Object unwritten;
    private boolean defaultOverridesNull;
    private @Nullable Validator validator;
    private @Nullable Converter converter;
    private boolean enforcePolicy;
    private boolean requiredByPolicy;
    private boolean filterable;
    private boolean sortable;
    private @Nullable Filter filter;
    private List<String> subAttributes = List.of();

    private Builder(String name, ValueType<T> type, Storage storage) {
      this.name = name;
      this.column = name.replace(':', '_');
      this.type = type;
      this.storage = storage;
    }

    /** POST must give it. */
    public Builder<T> requiredOnCreate() {
      post = true;
      return this;
    }

    /** POST may give it; {@code value} is taken otherwise ({@link Resource#UNSET} for none). */
    public Builder<T> onCreate(@Nullable Object value) {
      post = true;
      hasDefault = true;
      defaultValue = value;
      return this;
    }

    /** Rows that were written while the attribute was not served have this value. */
    public Builder<T> unwritten(Object value) {
      unwritten = value;
      return this;
    }

    /** PUT may give it. */
    public Builder<T> onUpdate() {
      put = true;
      return this;
    }

    /** An explicit null in POST means the default. */
    public Builder<T> defaultOverridesNull() {
      defaultOverridesNull = true;
      return this;
    }

    /** Answers do not show it. */
    public Builder<T> hidden() {
      visible = false;
      return this;
    }

    /** Requests' values are checked by this. */
    public Builder<T> validate(Validator check) {
      validator = check;
      return this;
    }

    /** Requests' values are converted by this, before the check. */
    public Builder<T> convert(Converter conversion) {
      converter = conversion;
      return this;
    }

    /** A policy rule of its own guards it. */
    public Builder<T> enforcePolicy() {
      enforcePolicy = true;
      return this;
    }

    /** A policy rule of its own guards it, and each of these keys of its object value. */
    public Builder<T> enforcePolicy(String... keys) {
      subAttributes = List.of(keys);
      return enforcePolicy();
    }

    /** Policy rules need its value. */
    public Builder<T> requiredByPolicy() {
      requiredByPolicy = true;
      return this;
    }

    /** The column has another name: SQL keeps the attribute's for itself. */
    public Builder<T> column(String name) {
      column = name;
      return this;
    }

    /** Lists filter by comparing the column. */
    public Builder<T> filterable() {
      filterable = true;
      return this;
    }

    /** Lists filter by this. */
    public Builder<T> filterable(Filter how) {
      filterable = true;
      filter = how;
      return this;
    }

    /** Lists sort by the column. */
    public Builder<T> sortable() {
      sortable = true;
      return this;
    }

    /** Lists filter and sort by the column. */
    public Builder<T> queryable() {
      return filterable().sortable();
    }

    /** The attribute. */
    public Attribute<T> build() {
      return new Attribute<>(this);
    }
  }
}
