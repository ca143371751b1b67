package org.midonet.neutron.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The work of one transaction. It may run several times, so outside the database it changes nothing
 * except through {@link Transaction#afterCommit}.
 */
@FunctionalInterface
public interface TransactionBody<T extends @Nullable Object> {

  /** Does the work; whatever it throws rolls the transaction back. */
  T run(Transaction transaction) throws SQLException;
}
