package org.midonet.neutron.router;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Bodies;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Validators;
import org.midonet.neutron.service.Session;

/** The actions on routers: interfaces come and go, extra routes too; safe to share. */
final class InterfaceEndpoints {
  private final Core core;

  InterfaceEndpoints(Core core) {
    this.core = core;
  }

  void register(Routes routes) {
    String router = "/v2.0/routers/{id}/";
    routes
        .add("PUT", router + "add_router_interface", call -> act(call, "add_router_interface"))
        .add(
            "PUT",
            router + "remove_router_interface",
            call -> act(call, "remove_router_interface"));
    if (core.catalog().has("extraroute-atomic")) {
      routes
          .add("PUT", router + "add_extraroutes", call -> edit(call, "add", ExtraRoutes::plus))
          .add(
              "PUT",
              router + "remove_extraroutes",
              call -> edit(call, "remove", ExtraRoutes::minus));
    }
  }

  private Response act(Call call, String action) {
    Map<String, @Nullable Object> body = Bodies.object(call.request().body());
    boolean adding = action.startsWith("add");
    String port = identifier(body, "port_id");
    String subnet = identifier(body, "subnet_id");
    if (port == null && subnet == null) {
      throw RouterErrors.bad("Either subnet_id or port_id must be specified");
    }
    if (adding && port != null && subnet != null) {
      throw RouterErrors.bad("Cannot specify both subnet-id and port-id");
    }
    return core.sessions()
        .write(
            call.context(),
            session -> {
              Resource router = session.get(Routers.TYPE, call.variable("id"));
              core.authorizer().enforce(session, action, router);
              Map<String, Object> answer =
                  session.composed(() ->
                      adding
                          ? RouterInterfaces.add(session, router, port, subnet)
                          : RouterInterfaces.remove(session, router, port, subnet));
              return Response.json(200, answer);
            });
  }

  private static @Nullable String identifier(Map<String, @Nullable Object> body, String key) {
    if (!body.containsKey(key)) {
      return null;
    }
    Object value = body.get(key);
    String problem = Validators.uuid(value);
    if (problem != null) {
      throw RouterErrors.bad(problem);
    }
    return String.valueOf(value);
  }

  private Response edit(
      Call call,
      String verb,
      BiFunction<List<Map<String, Object>>, List<Map<String, Object>>, List<Map<String, Object>>>
          change) {
    Map<String, @Nullable Object> item =
        Bodies.wrapped("router", Bodies.object(call.request().body()));
    return core.sessions()
        .write(
            call.context(),
            session -> {
              Resource router = session.get(Routers.TYPE, call.variable("id"));
              core.authorizer().enforce(session, verb + "_extraroutes", router);
              Resource asked = Bodies.update(router.definition(), item);
              List<Map<String, Object>> routes =
                  change.apply(
                      router.get(Routers.ROUTES, List.of()), asked.get(Routers.ROUTES, List.of()));
              return Response.json(200, Map.of("router", shown(session, router, routes)));
            });
  }

  private Map<String, @Nullable Object> shown(
      Session session, Resource router, List<Map<String, Object>> routes) {
    Resource changes = session.changes(Routers.TYPE).set(Routers.ROUTES, routes).build();
    return session.update(router, changes).toMap();
  }
}
