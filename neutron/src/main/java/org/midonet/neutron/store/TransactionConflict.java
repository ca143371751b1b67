package org.midonet.neutron.store;

/**
 * A transaction met a deadlock, a serialisation failure or a lock at each of its attempts;
 * immutable.
 */
public final class TransactionConflict extends StoreException {

  private static final long serialVersionUID = 1L;

  TransactionConflict(String message, Throwable cause) {
    super(message, cause);
  }
}
