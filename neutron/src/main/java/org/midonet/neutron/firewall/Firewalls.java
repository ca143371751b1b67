package org.midonet.neutron.firewall;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.ListValidators;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.resource.ValueType;
import org.midonet.neutron.service.Session;

/**
 * The firewall, a policy on routers (plugin specification C.5), and its states; stateless.
 *
 * <p>A firewall with routers waits for its backend: it is PENDING_CREATE, PENDING_UPDATE or
 * PENDING_DELETE until the backend says {@link #done}, {@link #failed} or {@link #gone}.
 */
public final class Firewalls {
  /** In force. */
  static final String ACTIVE = "ACTIVE";

  /** On no router. */
  static final String INACTIVE = "INACTIVE";

  /** The backend did not follow. */
  static final String ERROR = "ERROR";

  /** Made here, not yet there. */
  static final String PENDING_CREATE = "PENDING_CREATE";

  static final String PENDING_UPDATE = "PENDING_UPDATE";
  static final String PENDING_DELETE = "PENDING_DELETE";

  private static final Set<String> AWAITING = Set.of(PENDING_CREATE, PENDING_UPDATE, ERROR);

  /** Kept for its policy rule; answers do not show it. */
  static final Attribute<Boolean> SHARED =
      Attribute.bool("shared")
          .onCreate(false)
          .onUpdate()
          .enforcePolicy()
          .requiredByPolicy()
          .hidden()
          .build();

  /** The policy; null is taken by POST and found nowhere. */
  public static final Attribute<String> POLICY_ID =
      Attribute.string("firewall_policy_id")
          .requiredOnCreate()
          .onUpdate()
          .validate(Validators.orNone(Validators::uuid))
          .queryable()
          .build();

  /** The routers that it is on (alias fwaasrouterinsertion). */
  public static final Attribute<List<String>> ROUTER_IDS =
      Attribute.derived("router_ids", ValueType.STRINGS)
          .onCreate(Resource.UNSET)
          .onUpdate()
          .validate(ListValidators::uuidList)
          .build();

  /**
   * The routers that it left and a backend may still have it on; requests neither give nor see it.
   */
  public static final Attribute<List<String>> LEFT_ROUTER_IDS =
      Attribute.derived("left_router_ids", ValueType.STRINGS).hidden().build();

  /** The rules of its policy in order, as a backend is told; requests neither give nor see it. */
  public static final Attribute<List<Map<String, Object>>> RULE_LIST =
      Attribute.derived("firewall_rule_list", ValueType.OBJECTS).hidden().build();

  /** The firewall. */
  public static final ResourceType TYPE =
      new ResourceType(
          "firewall",
          "firewalls",
          "fw/firewalls",
          "firewalls",
          "Firewall",
          "FirewallNotFound",
          List.of(
              Standard.ID,
              Standard.TENANT_ID,
              Standard.PROJECT_ID,
              Standard.NAME,
              FirewallRules.DESCRIPTION,
              Standard.ADMIN_STATE_UP,
              Standard.STATUS,
              SHARED,
              POLICY_ID,
              LEFT_ROUTER_IDS,
              RULE_LIST));

  private Firewalls() {}

  /** Whether a backend has yet to follow. */
  public static boolean isPending(Resource firewall) {
    return firewall.get(Standard.STATUS, "").startsWith("PENDING_");
  }

  /** Whether a backend may have it on a router. */
  public static boolean isOnRouters(Resource firewall) {
    return !firewall.get(ROUTER_IDS, List.of()).isEmpty()
        || !firewall.get(LEFT_ROUTER_IDS, List.of()).isEmpty();
  }

  /** Whether a backend never said that it has it. */
  public static boolean isCreating(Resource firewall) {
    return PENDING_CREATE.equals(firewall.get(Standard.STATUS, ""));
  }

  /**
   * The backend has followed a create or an update; also if somebody took the wait for a failure.
   */
  public static void done(Session session, String id) {
    session
        .tables()
        .find(TYPE, id)
        .filter(row -> AWAITING.contains(row.get(Standard.STATUS, "")))
        .ifPresent(row -> {
          FirewallRouters.forgetLeft(session, id);
          settle(session, row, FirewallRouters.of(session, id).isEmpty() ? INACTIVE : ACTIVE);
        });
  }

  /** The backend has not followed; an update or a delete tells it anew. */
  public static void failed(Session session, String id) {
    session
        .tables()
        .find(TYPE, id)
        .filter(Firewalls::isPending)
        .ifPresent(row -> settle(session, row, ERROR));
  }

  /** The backend has followed a delete. */
  public static void gone(Session session, String id) {
    session
        .tables()
        .find(TYPE, id)
        .filter(row -> PENDING_DELETE.equals(row.get(Standard.STATUS, "")))
        .ifPresent(session::remove);
  }

  private static void settle(Session session, Resource row, String status) {
    session.amend(row, session.changes(TYPE).set(Standard.STATUS, status).build());
  }
}
