package org.midonet.neutron.store;

import org.jspecify.annotations.Nullable;

/**
 * The tables in the database are not those this program works with, or a migration failed;
 * immutable. The message says which version is there, which is wanted and what to run.
 */
public final class SchemaMismatch extends StoreException {

  private static final long serialVersionUID = 1L;

  SchemaMismatch(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
