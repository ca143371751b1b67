package org.midonet.plugin.client;

import org.midonet.neutron.agent.AgentSource;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Sessions;

/**
 * A way of telling MidoNet what changed. Implementations are safe to share between threads.
 *
 * <p>Every call is announced twice, in the order of the request's changes: {@link #precommit} at
 * the end of the database transaction that makes them, where a client may still refuse, and {@link
 * #postcommit} when they are committed. A client does its work in one of the two (spec section
 * 2.0.2). Errors of {@code postcommit} are {@link MidonetException}.
 */
public interface MidonetClient extends AutoCloseable {

  /** Called once, before the first change: tells MidoNet that a server has started. */
  void initialize(Sessions sessions);

  /**
   * The change is about to be committed by the session; an exception, or a row that the client adds
   * to the transaction, shares its fate.
   */
  void precommit(Session session, MidonetCall call);

  /** The change is committed; an exception undoes a create and leaves any other change in place. */
  void postcommit(MidonetCall call);

  /**
   * Whether what is committed is sure to reach MidoNet, though the server dies the moment after.
   */
  default boolean isToldByCommit() {
    return false;
  }

  /** The hosts of MidoNet as Neutron's agents, where the client knows of them. */
  default AgentSource agents() {
    return AgentSource.NONE;
  }

  /** Lets go of connections; the core plugin does so when the server stops. */
  @Override
  default void close() {}

  /** One line that tells an operator where changes go, for the start-up log. */
  String describe();
}
