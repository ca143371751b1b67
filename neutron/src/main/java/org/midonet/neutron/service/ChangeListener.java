package org.midonet.neutron.service;

/**
 * Told of every change, in order. Implementations are shared between threads.
 *
 * <p>{@link #precommit} runs inside the transaction, at the moment of the change; what it throws
 * refuses the request and nothing is stored. {@link #postcommit} runs after the commit; see there
 * for what a failure means.
 */
public interface ChangeListener {
  /** Runs inside the transaction; may write to it, may refuse. */
  default void precommit(Session session, Change change) {}

  /**
   * Runs after the commit. If it throws for a CREATE or an ADD_INTERFACE the server removes what
   * the request created and takes back what it did besides ({@link Session#undoneBy}), and the
   * error is the request's; after any other operation the stored change stays and the error is the
   * request's.
   */
  default void postcommit(ChangeContext context, Change change) {}
}
