package org.midonet.plugin.loadbalancer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.loadbalancer.Balancing;
import org.midonet.neutron.loadbalancer.HealthMonitors;
import org.midonet.neutron.loadbalancer.Members;
import org.midonet.neutron.loadbalancer.Outcomes;
import org.midonet.neutron.loadbalancer.Pools;
import org.midonet.neutron.loadbalancer.Vips;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.Operation;
import org.midonet.neutron.service.Session;
import org.midonet.plugin.client.MidonetCall;

/**
 * One call that a change becomes, and what is noted when MidoNet has followed or refused it.
 * Immutable, safe to share between threads.
 *
 * @param failed takes MidoNet's words
 */
record Step(MidonetCall call, Consumer<Session> done, BiConsumer<Session, String> failed) {

  /** The steps of a change in their order; none for what MidoNet is not told. */
  static List<Step> of(Session session, Change change) {
    ResourceType type = change.type();
    if (type.equals(Vips.TYPE) || type.equals(Members.TYPE)) {
      return own(change);
    }
    if (type.equals(Pools.TYPE)) {
      return pool(session, change);
    }
    boolean watching =
        type.equals(HealthMonitors.TYPE)
            && change.operation() == Operation.UPDATE
            && !BalancingCalls.pools(change.resource()).isEmpty();
    return watching ? List.of(monitor(change.resource())) : List.of();
  }

  private static List<Step> own(Change change) {
    Resource resource = change.resource();
    ResourceType type = change.type();
    String id = resource.id();
    return switch (change.operation()) {
      case CREATE -> List.of(toDo(BalancingCalls.create(resource), type, id));
      case UPDATE ->
          Balancing.isPending(resource)
              ? List.of(toDo(BalancingCalls.update(resource), type, id))
              : List.of();
      case DELETE ->
          List.of(
              new Step(
                  BalancingCalls.delete(resource),
                  session -> Outcomes.gone(session, type, id),
                  (session, why) -> Outcomes.failed(session, type, id, why)));
      case ADD_INTERFACE, REMOVE_INTERFACE -> List.of();
    };
  }

  private static Step toDo(MidonetCall call, ResourceType type, String id) {
    return new Step(
        call,
        session -> Outcomes.done(session, type, id),
        (session, why) -> Outcomes.failed(session, type, id, why));
  }

  /** Monitors leave before their pool does, and join when it is there. */
  private static List<Step> pool(Session session, Change change) {
    List<String> before = monitors(change.before());
    List<String> after = monitors(change.after());
    String pool = change.resource().id();
    List<Step> steps = new ArrayList<>();
    before.stream()
        .filter(id -> !after.contains(id))
        .forEach(id -> steps.add(unwatch(session, pool, id)));
    steps.addAll(own(change));
    after.stream()
        .filter(id -> !before.contains(id))
        .forEach(id -> steps.add(watch(session, pool, id)));
    return steps;
  }

  private static List<String> monitors(@Nullable Resource pool) {
    return pool == null ? List.of() : pool.get(Pools.HEALTH_MONITORS, List.of());
  }

  private static Step watch(Session session, String pool, String monitor) {
    return new Step(
        BalancingCalls.watch(find(session, monitor), pool),
        later -> Outcomes.watched(later, pool, monitor),
        (later, why) -> Outcomes.unwatched(later, pool, monitor));
  }

  private static Step unwatch(Session session, String pool, String monitor) {
    return new Step(
        BalancingCalls.unwatch(find(session, monitor), pool),
        later -> Outcomes.unwatched(later, pool, monitor),
        (later, why) -> Outcomes.stillWatched(later, pool, monitor, why));
  }

  private static Resource find(Session session, String monitor) {
    return session.elevated().get(HealthMonitors.TYPE, monitor);
  }

  private static Step monitor(Resource monitor) {
    String id = monitor.id();
    return new Step(
        BalancingCalls.update(monitor),
        session -> Outcomes.monitorChanged(session, id),
        (session, why) -> Outcomes.monitorFailed(session, id, why));
  }
}
