package org.midonet.neutron.service;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.extension.Catalog;
import org.midonet.neutron.store.Database;
import org.midonet.neutron.store.DuplicateKey;
import org.midonet.neutron.store.ReferenceViolation;
import org.midonet.neutron.store.RetryTransaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens sessions: one transaction each, and after it the listeners in order. Safe to share. */
public final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final Database database;
  private final Catalog catalog;
  private final Services services;
  private final List<ChangeListener> listeners;
  private final UsageLedger ledger;

  /** Opens sessions on a database. */
  public Sessions(
      Database database,
      Catalog catalog,
      Services services,
      List<ChangeListener> listeners,
      UsageLedger ledger) {
    this.database = database;
    this.catalog = catalog;
    this.services = services;
    this.listeners = List.copyOf(listeners);
    this.ledger = ledger;
  }

  /** Reads in one transaction. */
  public <T> T read(RequestContext context, Function<Session, T> body) {
    return database.read(
        transaction -> body.apply(new Session(transaction, context, catalog, services, listeners)));
  }

  /**
   * Writes in one transaction and tells the listeners. A listener that fails after the commit of a
   * create or of a new router interface undoes the request; its error is thrown either way.
   */
  public <T> T write(RequestContext context, Function<Session, T> body) {
    Session[] last = new Session[1];
    T result =
        database.write(transaction -> {
          Session session = new Session(transaction, context, catalog, services, listeners);
          last[0] = session;
          return run(session, body);
        });
    tell(context, last[0]);
    return result;
  }

  /**
   * A key or reference that fails although it was looked at before means that another server has
   * just made or removed something; begun anew, the request sees that and answers accordingly.
   */
  private <T> T run(Session session, Function<Session, T> body) {
    try {
      T done = body.apply(session);
      if (!session.usage().isEmpty()) {
        ledger.settle(session, session.usage());
      }
      for (Change change : List.copyOf(session.changes())) {
        listeners.forEach(listener -> listener.committing(session, change));
      }
      return done;
    } catch (IntegrityConstraintViolationException | DuplicateKey | ReferenceViolation e) {
      throw new RetryTransaction(e);
    }
  }

  private void tell(RequestContext context, Session session) {
    ChangeContext after = new ChangeContext(context, this, session.changes());
    for (Change change : after.changes()) {
      for (ChangeListener listener : listeners) {
        try {
          listener.postcommit(after, change);
        } catch (RuntimeException e) {
          if (adds(change)) {
            undo(context, session, change);
          }
          throw e;
        }
      }
    }
  }

  private static boolean adds(Change change) {
    return switch (change.operation()) {
      case CREATE, ADD_INTERFACE -> true;
      case UPDATE, DELETE, REMOVE_INTERFACE -> false;
    };
  }

  /**
   * Removes what a request created, and the part of it that failed if that has a life of its own;
   * takes back what it did besides.
   */
  private void undo(RequestContext context, Session session, Change failed) {
    session.undoings().reversed().forEach(undoing -> attempt(context, failed, undoing));
    List<Change> created = session.topLevelCreates();
    created.reversed().forEach(change -> attempt(context, change, removal(change)));
    if (!created.isEmpty() && !created.contains(failed)) {
      attempt(context, failed, removal(failed));
    }
  }

  private static Consumer<Session> removal(Change created) {
    return s -> s.find(created.type(), created.resource().id()).ifPresent(s::delete);
  }

  private void attempt(RequestContext context, Change change, Consumer<Session> undoing) {
    try {
      write(
          context.elevated(),
          s -> {
            undoing.accept(s);
            return null;
          });
    } catch (RuntimeException e) {
      LOG.warn(
          "{} {} could not be taken back after it was refused: {}",
          change.type().name(),
          change.resource().id(),
          e.toString());
    }
  }
}
