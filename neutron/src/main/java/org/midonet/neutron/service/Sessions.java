package org.midonet.neutron.service;

import java.util.List;
import java.util.function.Function;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.extension.Catalog;
import org.midonet.neutron.store.Database;
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
   * create undoes the request's creates; its error is thrown either way.
   */
  public <T> T write(RequestContext context, Function<Session, T> body) {
    Session[] last = new Session[1];
    T result =
        database.write(
            transaction -> {
              Session session = new Session(transaction, context, catalog, services, listeners);
              last[0] = session;
              T done = body.apply(session);
              if (!session.usage().isEmpty()) {
                ledger.settle(session, session.usage());
              }
              return done;
            });
    tell(context, last[0]);
    return result;
  }

  private void tell(RequestContext context, Session session) {
    ChangeContext after = new ChangeContext(context, this, session.changes());
    for (Change change : after.changes()) {
      for (ChangeListener listener : listeners) {
        try {
          listener.postcommit(after, change);
        } catch (RuntimeException e) {
          if (change.operation() == Operation.CREATE) {
            undo(context, session.topLevelCreates(), change);
          }
          throw e;
        }
      }
    }
  }

  /**
   * Removes what a request created, and the part of it that failed if that has a life of its own.
   */
  private void undo(RequestContext context, List<Change> topLevelCreates, Change failed) {
    topLevelCreates.reversed().forEach(created -> remove(context, created));
    if (!topLevelCreates.isEmpty() && !topLevelCreates.contains(failed)) {
      remove(context, failed);
    }
  }

  private void remove(RequestContext context, Change created) {
    try {
      write(
          context.elevated(),
          s -> {
            s.find(created.type(), created.resource().id()).ifPresent(s::delete);
            return null;
          });
    } catch (RuntimeException e) {
      LOG.warn(
          "{} {} could not be removed after its creation failed: {}",
          created.type().name(),
          created.resource().id(),
          e.toString());
    }
  }
}
