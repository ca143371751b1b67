package org.midonet.plugin.tell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.service.Session;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetPayload;
import org.midonet.plugin.client.MidonetResource;

/**
 * All that an empty MidoNet must be told to know what the database knows. Pure functions, safe to
 * share between threads.
 */
public final class Inventory {

  private static final String ROUTES = "routes";

  private Inventory() {}

  /**
   * The calls in an order in which nothing refers to what comes later: a router's extra routes, for
   * one, follow its interfaces.
   *
   * @param session of an administrator
   */
  public static List<MidonetCall> of(Session session) {
    List<MidonetCall> calls = new ArrayList<>();
    creates(session, "agent_membership", calls);
    creates(session, "security_group", calls);
    creates(session, "network", calls);
    creates(session, "subnet", calls);
    creates(session, "port", calls);
    List<Map<String, @Nullable Object>> routers = bodies(session, "router").toList();
    routers.forEach(router ->
        calls.add(new MidonetCall.Create(MidonetResource.ROUTER, without(ROUTES, router))));
    rows(session, "port")
        .filter(port -> "network:router_interface".equals(port.find(Ports.DEVICE_OWNER)))
        .map(Inventory::attached)
        .forEach(calls::add);
    routers.stream()
        .filter(router -> router.get(ROUTES) instanceof List<?> routes && !routes.isEmpty())
        .forEach(router -> calls.add(new MidonetCall.Update(MidonetResource.ROUTER, router)));
    creates(session, "floatingip", calls);
    return calls;
  }

  private static void creates(Session session, String type, List<MidonetCall> calls) {
    MidonetResource resource = Calls.resource(type).orElseThrow();
    bodies(session, type).forEach(body -> calls.add(new MidonetCall.Create(resource, body)));
  }

  private static Stream<Map<String, @Nullable Object>> bodies(Session session, String type) {
    MidonetResource resource = Calls.resource(type).orElseThrow();
    return rows(session, type).map(row -> Calls.body(resource, row));
  }

  private static Stream<Resource> rows(Session session, String type) {
    return session
        .catalog()
        .find(type)
        .map(ResourceDefinition::type)
        .map(known -> session.list(known, DSL.noCondition()).stream())
        .orElseGet(Stream::of);
  }

  private static Map<String, @Nullable Object> without(
      String name, Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(body);
    rest.computeIfPresent(name, (key, value) -> List.of());
    return rest;
  }

  private static MidonetCall attached(Resource port) {
    List<String> subnets =
        port.get(Ports.FIXED_IPS, List.of()).stream()
            .map(address -> String.valueOf(address.get("subnet_id")))
            .distinct()
            .toList();
    return new MidonetCall.AddRouterInterface(
        MidonetPayload.routerInterface(
            port.get(Ports.DEVICE_ID, ""), port.projectId(), port.id(), subnets));
  }
}
