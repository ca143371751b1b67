package org.midonet.neutron.store;

import org.jspecify.annotations.Nullable;

/**
 * A foreign key would point to nothing: the row referred to is not there, or the row removed is
 * still referred to; immutable.
 */
public final class ReferenceViolation extends StoreException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String table;
  private final @Nullable String constraint;

  ReferenceViolation(@Nullable String table, @Nullable String constraint, Throwable cause) {
    super(
        "foreign key violated"
            + (table == null ? "" : " in table " + table)
            + (constraint == null ? "" : ", constraint " + constraint),
        cause);
    this.table = table;
    this.constraint = constraint;
  }

  /** The table that holds the foreign key; SQLite does not tell. */
  public @Nullable String table() {
    return table;
  }

  /** The name of the foreign key; SQLite does not tell. */
  public @Nullable String constraint() {
    return constraint;
  }
}
