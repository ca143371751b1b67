package org.midonet.neutron.service;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;

/**
 * The rules of one resource. Called inside a transaction, after validation and policy;
 * implementations are stateless and shared between threads. What is not overridden is refused as
 * Neutron refuses it, or read from the resource's table.
 */
public interface ResourceService {
  /** The resource. */
  ResourceType type();

  /**
   * Makes one.
   *
   * @param input converted values of the request, defaults filled in; unset where there is neither
   * @return what was stored
   */
  default Resource create(Session session, Resource input) {
    throw notAllowed();
  }

  /** Checks all that one request is about to make, before the first is made. */
  default void precreate(Session session, List<Resource> inputs) {}

  /**
   * Changes one.
   *
   * @param current as it is, computed attributes included
   * @param changes the converted values that the request gave; unset for all others
   * @return what is stored now
   */
  default Resource update(Session session, Resource current, Resource changes) {
    throw notAllowed();
  }

  /** Removes one. */
  default void delete(Session session, Resource current) {
    throw notAllowed();
  }

  /** Finds one the context may see. */
  default Optional<Resource> find(Session session, String id) {
    return session.tables().find(type(), id).filter(row -> visible(session, row));
  }

  /**
   * Whether a list would lack what must be made first; {@link #supply} makes it in a session that
   * writes.
   */
  default boolean lacks(Session session, ListQuery query) {
    return false;
  }

  /** Makes what {@link #lacks} found missing. */
  default void supply(Session session, ListQuery query) {}

  /**
   * Lists what the context may see, computed attributes not yet filled in.
   *
   * @param parts takes the list part by part, in order, so that nobody need hold all of a long one
   */
  default void list(Session session, ListQuery query, Consumer<List<Resource>> parts) {
    session.tables().list(type(), query, visibility(session.context()), parts);
  }

  /** Who may see rows of others: a condition beside ownership; false by default. */
  default Condition sharing(RequestContext context) {
    return DSL.falseCondition();
  }

  /** The condition under which the context may see rows of the table. */
  default Condition visibility(RequestContext context) {
    if (context.isAdmin() || context.isAdvsvc()) {
      return DSL.noCondition();
    }
    return Tables.ownedBy(context).or(sharing(context));
  }

  /** Whether the context may see a row it knows the id of. */
  default boolean visible(Session session, Resource row) {
    RequestContext context = session.context();
    return context.isAdmin()
        || context.isAdvsvc()
        || row.projectId().equals(context.projectId())
        || session.tables().exists(type(), Tables.id(row.id()).and(sharing(context)));
  }

  /** Fills in computed attributes of rows just read. */
  default void derive(Session session, List<Resource.Builder> rows) {}

  /** A refusal of an operation the resource does not have. */
  static NeutronException notAllowed() {
    return new NeutronException(
        405,
        "HTTPMethodNotAllowed",
        "The server could not comply with the request since it is either malformed or otherwise"
            + " incorrect.");
  }
}
