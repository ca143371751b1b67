package org.midonet.neutron.store;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong in the database, said alike for all of them; immutable.
 *
 * <p>The transaction it came out of is rolled back. The message never holds a password; it may hold
 * values of the statement that failed, so it is for the log and not for a client.
 */
public sealed class StoreException extends RuntimeException
    permits DuplicateKey,
        ReferenceViolation,
        StoreUnavailable,
        TransactionConflict,
        SchemaMismatch {

  private static final long serialVersionUID = 1L;

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
