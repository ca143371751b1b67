package org.midonet.plugin.client;

import org.midonet.neutron.service.Session;

/**
 * A way of telling MidoNet what changed. Implementations are safe to share between threads.
 *
 * <p>Every change is announced twice: {@link #precommit} inside the database transaction that makes
 * the change, where a client may still refuse it, and {@link #postcommit} when the change is
 * committed. A client does its work in one of the two (spec section 2.0.2). Errors are {@link
 * MidonetException}.
 */
public interface MidonetClient extends AutoCloseable {

  /** Called once, before the first change: tells MidoNet that a server has started. */
  void initialize();

  /** The change is about to be committed by the session; an exception rolls it back. */
  void precommit(Session session, MidonetCall call);

  /** The change is committed; an exception undoes a create and leaves any other change in place. */
  void postcommit(MidonetCall call);

  /** Lets go of connections; the core plugin does so when the server stops. */
  @Override
  default void close() {}

  /** One line that tells an operator where changes go, for the start-up log. */
  String describe();
}
