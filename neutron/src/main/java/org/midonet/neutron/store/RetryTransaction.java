package org.midonet.neutron.store;

/**
 * Thrown by a transaction's body to have it rolled back and run again, because it lost a race (an
 * address taken meanwhile, a revision that moved on); immutable.
 *
 * <p>It holds what {@link Database#write} throws when the attempts are used up.
 */
public final class RetryTransaction extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final RuntimeException giveUp;

  public RetryTransaction(RuntimeException giveUp) {
    super(giveUp.getMessage(), giveUp, false, false);
    this.giveUp = giveUp;
  }

  RuntimeException giveUp() {
    return giveUp;
  }
}
