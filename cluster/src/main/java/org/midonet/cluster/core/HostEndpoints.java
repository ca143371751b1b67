package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Answers;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.api.Violation;
import org.midonet.neutron.http.Response;
import org.midonet.nsdb.Operation;
import org.midonet.topology.Host;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.References;

/** Hosts, their interfaces, and the ports that are bound to those; stateless. */
final class HostEndpoints {
  private static final String ID = "id";
  private static final String PORT_ID = "portId";
  private static final String INTERFACE_NAME = "interfaceName";
  private static final List<String> BINDING = Media.orJson(Media.item("HostInterfacePort", 1));
  private static final List<String> BINDINGS = Media.orJson(Media.list("HostInterfacePort", 1));

  private HostEndpoints() {}

  static List<Endpoint> of(Store store) {
    List<Endpoint> all =
        new ArrayList<>(
            new Crud<>(store, Hosts.RESOURCE)
                .collection(null, Crud.plainly())
                .item()
                .put(Crud.replacing(), 200)
                .delete(HostEndpoints::remove, 200)
                .endpoints());
    all.add(
        Endpoint.core("/hosts/{id}/interfaces")
            .get(
                Media.orJson(Media.list("Interface", 1)),
                call -> {
                  View view = store.view(call.links());
                  return HostState.interfaces(need(view, call).id(), view);
                }));
    all.add(
        Endpoint.core("/hosts/{id}/interfaces/{name}")
            .get(
                Media.orJson(Media.item("Interface", 1)),
                call -> oneInterface(store.view(call.links()), call)));
    all.add(
        Endpoint.core("/hosts/{id}/ports")
            .get(BINDINGS, call -> bindings(store.view(call.links()), call))
            .post(BINDING, call -> bind(store, call)));
    all.add(
        Endpoint.core("/hosts/{id}/ports/{portId}")
            .get(BINDING, call -> binding(store.view(call.links()), call))
            .delete(call -> unbind(store, call)));
    return all;
  }

  private static Host need(View view, Call call) {
    return view.need(ObjectType.HOST, call.id(ID, ObjectType.HOST.name()));
  }

  private static List<Operation> remove(View view, UUID id) {
    view.need(ObjectType.HOST, id);
    if (view.isAlive(id)) {
      throw new ApiException(403, "Host " + id + " cannot be deleted: its agent is running.");
    }
    if (!view.linked(References.HOST_PORTS, id, ObjectType.PORT).isEmpty()) {
      throw new ApiException(
          403, "Host " + id + " cannot be deleted: ports are bound to its interfaces.");
    }
    return List.of(new Operation.Delete(ObjectType.HOST, id));
  }

  private static Map<String, @Nullable Object> oneInterface(View view, Call call) {
    return HostState.interfaces(need(view, call).id(), view).stream()
        .filter(one -> call.path("name").equals(one.get("name")))
        .findFirst()
        .orElseThrow(() ->
            new ApiException(
                404, "Host " + call.path(ID) + " has no interface " + call.path("name") + "."));
  }

  private static List<Map<String, @Nullable Object>> bindings(View view, Call call) {
    Host host = need(view, call);
    return view.linked(References.HOST_PORTS, host.id(), ObjectType.PORT).stream()
        .map(port -> show(host.id(), port, view))
        .toList();
  }

  private static Map<String, @Nullable Object> binding(View view, Call call) {
    Host host = need(view, call);
    Port port = view.need(ObjectType.PORT, call.id(PORT_ID, "Port"));
    if (!host.id().equals(port.hostId())) {
      throw new ApiException(404, "Port " + port.id() + " is not bound to host " + host.id() + ".");
    }
    return show(host.id(), port, view);
  }

  private static Map<String, @Nullable Object> show(UUID hostId, Port port, View view) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put(PORT_ID, port.id().toString());
    json.put("hostId", hostId.toString());
    json.put(INTERFACE_NAME, port.interfaceName());
    json.put("host", view.links().to("/hosts/" + hostId));
    json.put("port", view.links().to("/ports/" + port.id()));
    json.put("uri", view.links().to("/hosts/" + hostId + "/ports/" + port.id()));
    return json;
  }

  private static Response bind(Store store, Call call) {
    Map<String, @Nullable Object> json = call.object();
    List<Violation> violations = new ArrayList<>();
    for (String name : List.of(INTERFACE_NAME, PORT_ID)) {
      if (json.get(name) == null) {
        violations.add(new Violation(name, "may not be null"));
      }
    }
    if (!violations.isEmpty()) {
      throw ApiException.invalid(violations);
    }
    UUID portId = Kind.uuidOrNull(String.valueOf(json.get(PORT_ID)));
    if (portId == null) {
      throw ApiException.badRequest("Field portId: '" + json.get(PORT_ID) + "' is not a UUID.");
    }
    String name = String.valueOf(json.get(INTERFACE_NAME));
    UUID hostId = call.id(ID, ObjectType.HOST.name());
    store.write(call.links(), view -> binding(view, hostId, portId, name));
    return Answers.created(call.links().to("/hosts/" + hostId + "/ports/" + portId));
  }

  private static List<Operation> binding(View view, UUID hostId, UUID portId, String name) {
    view.need(ObjectType.HOST, hostId);
    Port port = view.need(ObjectType.PORT, portId);
    if (view.topology().references(References.HOST_TUNNEL_ZONES, hostId).isEmpty()) {
      throw ApiException.conflict("Host " + hostId + " is not in any tunnel zone.");
    }
    if (port.hostId() != null) {
      throw ApiException.conflict(
          "Port "
              + portId
              + " is already bound to interface "
              + port.interfaceName()
              + " of host "
              + port.hostId()
              + ".");
    }
    if (port.isInterior()) {
      throw ApiException.conflict("Port " + portId + " is linked to another port.");
    }
    for (Port other : view.linked(References.HOST_PORTS, hostId, ObjectType.PORT)) {
      if (name.equals(other.interfaceName())) {
        throw ApiException.conflict(
            "Interface "
                + name
                + " of host "
                + hostId
                + " is already bound to port "
                + other.id()
                + ".");
      }
    }
    return List.of(new Operation.Update(port.withHostId(hostId).withInterfaceName(name)));
  }

  private static Response unbind(Store store, Call call) {
    UUID hostId = call.id(ID, ObjectType.HOST.name());
    UUID portId = call.id(PORT_ID, "Port");
    store.write(
        call.links(),
        view -> {
          Port port = view.find(ObjectType.PORT, portId);
          return port == null || !hostId.equals(port.hostId())
              ? List.of()
              : List.of(new Operation.Update(port.withHostId(null).withInterfaceName(null)));
        });
    return Answers.noContent();
  }
}
