package org.midonet.neutron.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row would repeat a primary or unique key; immutable.
 *
 * <p>SQLite names table and columns, PostgreSQL all three, MariaDB the constraint, from which its
 * columns are looked up. Ask {@link #isOn} to tell keys apart in a way that works on all of them.
 */
public final class DuplicateKey extends StoreException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String table;
  private final @Nullable String constraint;
  private final List<String> columns;

  DuplicateKey(
      @Nullable String table, @Nullable String constraint, List<String> columns, Throwable cause) {
    super(
        "duplicate key"
            + (table == null ? "" : " in table " + table)
            + (constraint == null ? "" : ", constraint " + constraint)
            + (columns.isEmpty() ? "" : ", columns " + String.join(", ", columns)),
        cause);
    this.table = table;
    this.constraint = constraint;
    this.columns = List.copyOf(columns);
  }

  /** The table, where the database tells. */
  public @Nullable String table() {
    return table;
  }

  /** The constraint or index name, where the database tells. */
  public @Nullable String constraint() {
    return constraint;
  }

  /** The columns of the key, in its order; empty where unknown. */
  public List<String> columns() {
    return columns;
  }

  /** Whether the key repeated has this column. */
  public boolean isOn(String column) {
    return columns.contains(column);
  }
}
