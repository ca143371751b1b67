package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Answers;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Endpoint;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.core.Ports.Side;
import org.midonet.neutron.http.Response;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Sequence;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.NextHop;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.References;
import org.midonet.topology.Route;
import org.midonet.topology.RouteBuilder;

/** Ports of bridges and routers, and the wires between them; stateless. */
final class PortEndpoints {
  private static final String ID = "id";

  private PortEndpoints() {}

  static List<Endpoint> of(Store store) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        new Crud<>(store, Ports.RESOURCE)
            .list()
            .below(
                "/bridges/{id}/ports",
                ObjectType.BRIDGE,
                View::portsOfBridge,
                (builder, id) -> builder.bridgeId(id),
                PortEndpoints::newBridgePort)
            .below(
                "/routers/{id}/ports",
                ObjectType.ROUTER,
                View::portsOfRouter,
                (builder, id) -> builder.routerId(id),
                PortEndpoints::newRouterPort)
            .listBelow(
                "/bridges/{id}/peer_ports",
                ObjectType.BRIDGE,
                (view, id) -> peers(view, view.portsOfBridge(id)))
            .listBelow(
                "/routers/{id}/peer_ports",
                ObjectType.ROUTER,
                (view, id) -> peers(view, view.portsOfRouter(id)))
            .listBelow(
                "/bridges/{id}/vxlan_ports",
                ObjectType.BRIDGE,
                (view, id) ->
                    view.portsOfBridge(id).stream().filter(port -> port.vtepId() != null).toList())
            .item()
            .put(PortEndpoints::replace)
            .deleteKnown()
            .endpoints());
    all.add(
        Endpoint.core("/ports/{id}/link")
            .post(Media.orJson(Media.item("PortLink", 1)), call -> link(store, call))
            .delete(call -> unlink(store, call)));
    return all;
  }

  private static List<Port> peers(View view, List<Port> ports) {
    return ports.stream()
        .map(Port::peerId)
        .filter(Objects::nonNull)
        .map(peer -> view.find(ObjectType.PORT, peer))
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(Port::id))
        .toList();
  }

  private static List<Operation> newBridgePort(
      Port port, View view, Map<String, @Nullable Object> json) {
    if (Side.ofType(json.get("type")) != Side.BRIDGE) {
      throw wrongType(json, "Not a bridge port.");
    }
    return withTunnelKey(port, view);
  }

  private static List<Operation> newRouterPort(
      Port port, View view, Map<String, @Nullable Object> json) {
    if (Side.ofType(json.get("type")) != Side.ROUTER) {
      throw wrongType(json, "Not a router port.");
    }
    List<Operation> operations = new ArrayList<>(withTunnelKey(port, view));
    if (port.portAddress() != null) {
      operations.add(new Operation.Create(local(port, port.portAddress())));
    }
    return operations;
  }

  /** Every port can come to be the end of a tunnel. */
  private static List<Operation> withTunnelKey(Port port, View view) {
    long key = view.topology().last(Sequence.OVERLAY_TUNNEL_KEY) + 1;
    return List.of(
        new Operation.TakeKey(Sequence.OVERLAY_TUNNEL_KEY, key),
        new Operation.Create(port.withTunnelKey(key)));
  }

  private static ApiException wrongType(Map<String, @Nullable Object> json, String message) {
    Object type = json.get("type");
    return ApiException.badRequest(
        Side.ofType(type) == null
            ? "Could not resolve type id '"
                + type
                + "' into a subtype of Port: known type ids = [Bridge, Router, Vxlan]"
            : message);
  }

  /** The route by which the router takes what is meant for itself. */
  private static Route local(Port port, IpAddress address) {
    return RouteBuilder.builder()
        .id(UUID.randomUUID())
        .routerId(port.routerId())
        .src(IpPrefix.IPV4_ALL)
        .dst(IpPrefix.of(address))
        .nextHop(NextHop.LOCAL)
        .nextHopPortId(port.id())
        .build();
  }

  private static List<Operation> replace(
      Port before, Port after, View view, Map<String, @Nullable Object> json) {
    List<Operation> operations = new ArrayList<>();
    operations.add(new Operation.Update(after));
    if (after.routerId() != null && !Objects.equals(before.portAddress(), after.portAddress())) {
      for (Route route : view.linked(References.PORT_ROUTES, after.id(), ObjectType.ROUTE)) {
        if (isLocal(route, before)) {
          operations.add(new Operation.Delete(ObjectType.ROUTE, route.id()));
        }
      }
      if (after.portAddress() != null) {
        operations.add(new Operation.Create(local(after, after.portAddress())));
      }
    }
    return operations;
  }

  private static boolean isLocal(Route route, Port port) {
    return route.nextHop() == NextHop.LOCAL && route.dst().address().equals(port.portAddress());
  }

  private static Response link(Store store, Call call) {
    UUID id = call.id(ID, "Port");
    Object raw = call.object().get("peerId");
    if (raw == null) {
      throw ApiException.invalid("peerId may not be null");
    }
    UUID peerId = Kind.ID.read(raw);
    if (peerId == null) {
      throw ApiException.badRequest("Field peerId: '" + raw + "' is not a UUID.");
    }
    store.write(call.links(), view -> linking(view, id, peerId));
    return Answers.created(call.links().to("/ports/" + id + "/link"));
  }

  private static List<Operation> linking(View view, UUID id, UUID peerId) {
    Port port = view.need(ObjectType.PORT, id);
    Port peer = view.need(ObjectType.PORT, peerId);
    if (port.bridgeId() != null && port.bridgeId().equals(peer.bridgeId())) {
      throw ApiException.badRequest("Ports of one bridge cannot be linked to each other.");
    }
    for (Port end : List.of(port, peer)) {
      if (end.peerId() != null) {
        throw ApiException.conflict("Port " + end.id() + " is already linked.");
      }
      if (end.isExterior()) {
        throw ApiException.conflict("Port " + end.id() + " is bound to an interface of a host.");
      }
    }
    return List.of(new Operation.Update(port.withPeerId(peerId)));
  }

  private static Response unlink(Store store, Call call) {
    UUID id = call.id(ID, "Port");
    store.write(
        call.links(),
        view -> {
          Port port = view.need(ObjectType.PORT, id);
          return port.peerId() == null
              ? List.of()
              : List.of(new Operation.Update(port.withPeerId(null)));
        });
    return Answers.noContent();
  }
}
