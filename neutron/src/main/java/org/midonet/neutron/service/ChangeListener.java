package org.midonet.neutron.service;

/**
 * Told of every change, in order. Implementations are shared between threads.
 *
 * <p>{@link #precommit} runs inside the transaction, at the moment of the change; {@link
 * #committing} when all of the request is done and the transaction is about to end. What they throw
 * refuses the request and nothing is stored. {@link #postcommit} runs after the commit; see there
 * for what a failure means.
 */
public interface ChangeListener {
  /** Runs inside the transaction; may write to it, may refuse. */
  default void precommit(Session session, Change change) {}

  /**
   * Runs as the last thing inside the transaction, when {@link Session#changes} are all that the
   * request changed; may write rows of its own, may refuse. Resources are not to be changed here.
   */
  default void committing(Session session, Change change) {}

  /**
   * Runs after the commit. If it throws for a CREATE or an ADD_INTERFACE the server removes what
   * the request created and takes back what it did besides ({@link Session#undoneBy}), and the
   * error is the request's; after any other operation the stored change stays and the error is the
   * request's.
   */
  default void postcommit(ChangeContext context, Change change) {}
}
