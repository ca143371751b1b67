package org.midonet.neutron.loadbalancer;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.loadbalancer.PoolMonitors.Association;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;

/**
 * What a backend says became of a change; stateless. VIPs, pools and members are PENDING_CREATE,
 * PENDING_UPDATE or PENDING_DELETE until then, and so are the monitors of pools.
 */
public final class Outcomes {
  private static final Set<String> AWAITING =
      Set.of(Balancing.PENDING_CREATE, Balancing.PENDING_UPDATE, Balancing.ERROR);

  private static final Set<String> IN_FORCE = Set.of(Balancing.ACTIVE, Balancing.INACTIVE);

  private static final int DESCRIPTION_LENGTH = 255;

  private Outcomes() {}

  /** It has followed a create or an update; also if somebody took the wait for a failure. */
  public static void done(Session session, ResourceType type, String id) {
    find(session, type, id, row -> AWAITING.contains(Balancing.status(row)))
        .ifPresent(row -> settle(session, row, inForce(row), null));
  }

  private static String inForce(Resource row) {
    boolean dead = row.definition().type().equals(Members.TYPE) && !row.get(Members.ALIVE, true);
    return dead ? Balancing.INACTIVE : Balancing.ACTIVE;
  }

  /** It has not followed; an update or a delete tells it anew. */
  public static void failed(Session session, ResourceType type, String id, String why) {
    find(session, type, id, Balancing::isPending)
        .ifPresent(row -> settle(session, row, Balancing.ERROR, shortened(why)));
  }

  /** It has followed a delete. The port of a VIP goes too. */
  public static void gone(Session session, ResourceType type, String id) {
    find(session, type, id, Balancing::isGoing)
        .ifPresent(row -> {
          session.remove(row);
          if (type.equals(Vips.TYPE)) {
            VipPorts.delete(session, row);
          }
        });
  }

  /** The monitor watches the pool. */
  public static void watched(Session session, String pool, String monitor) {
    if (isThere(session, pool, monitor, one -> !one.isGoing())) {
      PoolMonitors.mark(session, PoolMonitors.of(pool, monitor), Balancing.ACTIVE, null);
    }
  }

  /** The monitor does not watch the pool, as it never did or does no more. */
  public static void unwatched(Session session, String pool, String monitor) {
    PoolMonitors.remove(session, pool, monitor);
  }

  /** The monitor should have left the pool, and did not. */
  public static void stillWatched(Session session, String pool, String monitor, String why) {
    if (isThere(session, pool, monitor, Association::isPending)) {
      PoolMonitors.mark(session, PoolMonitors.of(pool, monitor), Balancing.ERROR, shortened(why));
    }
  }

  /** The backend has followed a change of the monitor. */
  public static void monitorChanged(Session session, String monitor) {
    PoolMonitors.mark(
        session,
        PoolMonitors.ofMonitor(monitor).and(PoolMonitors.isGoing().not()),
        Balancing.ACTIVE,
        null);
  }

  /** The backend has not followed a change of the monitor. */
  public static void monitorFailed(Session session, String monitor, String why) {
    PoolMonitors.mark(
        session,
        PoolMonitors.ofMonitor(monitor).and(PoolMonitors.isGoing().not()),
        Balancing.ERROR,
        shortened(why));
  }

  /** The backend is sure to follow all changes of monitors that it was to be told. */
  public static void monitorsDone(Session session) {
    PoolMonitors.removeGoing(session);
    PoolMonitors.mark(session, PoolMonitors.isPending(), Balancing.ACTIVE, null);
  }

  /** Nobody knows whether the backend has followed changes of monitors that it was to be told. */
  public static void monitorsUnfinished(Session session, String why) {
    PoolMonitors.mark(session, PoolMonitors.isPending(), Balancing.ERROR, shortened(why));
  }

  /** Whether what monitors find of a member is not what is noted. */
  public static boolean isNews(Session session, String id, boolean alive) {
    return find(session, Members.TYPE, id, row -> row.get(Members.ALIVE, true) != alive)
        .isPresent();
  }

  /** Monitors find a member alive, or dead; it shows when a backend has it. */
  public static void member(Session session, String id, boolean alive) {
    find(session, Members.TYPE, id, row -> row.get(Members.ALIVE, true) != alive)
        .ifPresent(row -> {
          Resource noted =
              session.amend(row, session.changes(Members.TYPE).set(Members.ALIVE, alive).build());
          if (IN_FORCE.contains(Balancing.status(noted))) {
            settle(session, noted, inForce(noted), null);
          }
        });
  }

  private static boolean isThere(
      Session session, String pool, String monitor, Predicate<Association> as) {
    return PoolMonitors.ofPools(session, Set.of(pool)).stream()
        .filter(one -> one.monitor().equals(monitor))
        .anyMatch(as);
  }

  private static Optional<Resource> find(
      Session session, ResourceType type, String id, Predicate<Resource> as) {
    return session.tables().find(type, id).filter(as);
  }

  private static void settle(
      Session session, Resource row, String status, @Nullable String description) {
    session.amend(
        row,
        session
            .changes(row.definition().type())
            .set(Standard.STATUS, status)
            .set(Balancing.STATUS_DESCRIPTION, description)
            .build());
  }

  private static String shortened(String why) {
    return why.length() <= DESCRIPTION_LENGTH ? why : why.substring(0, DESCRIPTION_LENGTH);
  }
}
