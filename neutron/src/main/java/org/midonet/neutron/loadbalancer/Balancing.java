package org.midonet.neutron.loadbalancer;

import java.util.function.Consumer;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.service.Session;

/** What the resources of load balancing share: attributes and states. Stateless. */
public final class Balancing {
  /** In force; of a member: it gets connections. */
  public static final String ACTIVE = "ACTIVE";

  /** Of a member: its health monitor found it dead. */
  public static final String INACTIVE = "INACTIVE";

  /** The backend did not follow; {@link #STATUS_DESCRIPTION} says why. */
  public static final String ERROR = "ERROR";

  static final String PENDING_CREATE = "PENDING_CREATE";
  static final String PENDING_UPDATE = "PENDING_UPDATE";
  static final String PENDING_DELETE = "PENDING_DELETE";

  /** Why it is in {@link #ERROR}, null otherwise. */
  public static final Attribute<String> STATUS_DESCRIPTION =
      Attribute.string("status_description").queryable().build();

  /** TCP, HTTP or HTTPS. */
  public static final Attribute<String> PROTOCOL =
      Attribute.string("protocol")
          .requiredOnCreate()
          .validate(Validators.values("TCP", "HTTP", "HTTPS"))
          .queryable()
          .build();

  /** A TCP port from 1 to 65535. */
  public static final Attribute<Long> PROTOCOL_PORT =
      Attribute.integer("protocol_port")
          .requiredOnCreate()
          .convert(Converters::toInt)
          .validate(Validators.range(1L, 65535L))
          .queryable()
          .build();

  private Balancing() {}

  /** Whether a backend has yet to follow. */
  public static boolean isPending(Resource resource) {
    return status(resource).startsWith("PENDING_");
  }

  /** Whether a backend never said that it has it. */
  public static boolean isCreating(Resource resource) {
    return status(resource).equals(PENDING_CREATE);
  }

  /** Whether it is about to go. */
  public static boolean isGoing(Resource resource) {
    return status(resource).equals(PENDING_DELETE);
  }

  /** Whether the backend did not follow, or cannot. */
  public static boolean isFailed(Resource resource) {
    return status(resource).equals(ERROR);
  }

  static String status(Resource resource) {
    return resource.get(Standard.STATUS, "");
  }

  /** What is about to go is not to be changed. */
  static void refuseGoing(Resource resource) {
    if (isGoing(resource)) {
      throw BalancingErrors.state(resource.id(), PENDING_DELETE);
    }
  }

  /** The changes with the status that says that a backend is to follow, unless they have one. */
  static Resource pending(Resource changes) {
    return changes.has(Standard.STATUS)
        ? changes
        : changes.toBuilder()
            .set(Standard.STATUS, PENDING_UPDATE)
            .set(STATUS_DESCRIPTION, null)
            .build();
  }

  /**
   * Deletes what a backend never said it had at once, and anything else when the backend let go.
   */
  static void delete(Session session, Resource current, Consumer<Resource> remove) {
    if (isCreating(current)) {
      remove.accept(current);
      return;
    }
    session.store(
        current,
        session.changes(current.definition().type()).set(Standard.STATUS, PENDING_DELETE).build());
  }
}
