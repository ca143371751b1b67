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
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.Vtep;
import org.midonet.topology.VtepBinding;

/** Hardware VTEPs and their bindings; they are stored, but nothing connects to them. Stateless. */
final class VtepEndpoints {
  private static final String PORT_NAME = "portName";
  private static final List<String> BINDING = Media.orJson(Media.item("VTEPBinding", 2));
  private static final List<String> BINDINGS = Media.orJson(Media.list("VTEPBinding", 2));

  private VtepEndpoints() {}

  static List<Endpoint> of(Store store) {
    List<Endpoint> all =
        new ArrayList<>(
            new Crud<>(store, Vteps.RESOURCE)
                .collection(null, VtepEndpoints::create)
                .item()
                .deleteKnown()
                .neverReplaced());
    all.add(
        Endpoint.core("/vteps/{id}/bindings")
            .get(
                BINDINGS,
                call -> {
                  View view = store.view(call.links());
                  Vtep vtep = need(view, call);
                  return vtep.bindings().stream().map(one -> show(vtep, one, view)).toList();
                })
            .post(BINDING, call -> bind(store, call)));
    all.add(
        Endpoint.core("/vteps/{id}/bindings/{portName}/{vlanId}")
            .get(
                BINDING,
                call -> {
                  View view = store.view(call.links());
                  Vtep vtep = need(view, call);
                  return show(vtep, needBinding(vtep, call), view);
                })
            .delete(call -> unbind(store, call)));
    all.add(
        Endpoint.core("/ports/{id}/vtep_bindings")
            .get(BINDINGS, call -> ofPort(store.view(call.links()), call)));
    all.add(
        Endpoint.core("/vteps/{id}/ports")
            .get(
                Media.orJson(Media.list("VTEPPort", 1)),
                call -> {
                  need(store.view(call.links()), call);
                  return List.of();
                }));
    return all;
  }

  private static List<Operation> create(Vtep vtep, View view, Map<String, @Nullable Object> json) {
    for (Vtep other : view.all(ObjectType.VTEP)) {
      if (other.managementIp().equals(vtep.managementIp())) {
        throw ApiException.conflict(
            "A VTEP with management IP " + vtep.managementIp() + " already exists.");
      }
    }
    if (vtep.tunnelZoneId() != null) {
      view.need(ObjectType.TUNNEL_ZONE, vtep.tunnelZoneId());
    }
    return List.of(new Operation.Create(vtep));
  }

  private static Vtep need(View view, Call call) {
    return view.need(ObjectType.VTEP, call.id("id", "Vtep"));
  }

  /** The bindings that a port of a hardware VTEP stands for; none for any other port. */
  private static List<Map<String, @Nullable Object>> ofPort(View view, Call call) {
    Port port = view.need(ObjectType.PORT, call.id("id", ObjectType.PORT.name()));
    Vtep vtep = port.vtepId() == null ? null : view.find(ObjectType.VTEP, port.vtepId());
    return vtep == null
        ? List.of()
        : vtep.bindings().stream()
            .filter(one -> one.bridgeId().equals(port.bridgeId()))
            .map(one -> show(vtep, one, view))
            .toList();
  }

  private static VtepBinding needBinding(Vtep vtep, Call call) {
    return vtep.bindings().stream()
        .filter(one -> one.portName().equals(call.path(PORT_NAME)))
        .filter(one -> String.valueOf(one.vlanId()).equals(call.path("vlanId")))
        .findFirst()
        .orElseThrow(() ->
            new ApiException(
                404,
                "VTEP "
                    + vtep.id()
                    + " has no binding for port "
                    + call.path(PORT_NAME)
                    + " and VLAN "
                    + call.path("vlanId")
                    + "."));
  }

  private static Map<String, @Nullable Object> show(Vtep vtep, VtepBinding binding, View view) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("vtepId", vtep.id().toString());
    json.put(PORT_NAME, binding.portName());
    json.put("vlanId", binding.vlanId());
    json.put("networkId", binding.bridgeId().toString());
    // The client of MidoNet reads it, though it was left out of the later versions of the type.
    json.put("mgmtIp", vtep.managementIp().toString());
    json.put("vtep", view.links().to("/vteps/" + vtep.id()));
    json.put("network", view.links().to("/bridges/" + binding.bridgeId()));
    json.put("uri", view.links().to(path(vtep, binding)));
    return json;
  }

  private static String path(Vtep vtep, VtepBinding binding) {
    return "/vteps/" + vtep.id() + "/bindings/" + binding.portName() + "/" + binding.vlanId();
  }

  private static Response bind(Store store, Call call) {
    VtepBinding binding = binding(call.object());
    store.write(
        call.links(),
        view -> {
          Vtep vtep = need(view, call);
          view.need(ObjectType.BRIDGE, binding.bridgeId());
          for (VtepBinding other : vtep.bindings()) {
            if (other.portName().equals(binding.portName()) && other.vlanId() == binding.vlanId()) {
              throw ApiException.conflict(
                  "Port " + other.portName() + " already has a binding for VLAN " + other.vlanId());
            }
          }
          List<VtepBinding> bindings = new ArrayList<>(vtep.bindings());
          bindings.add(binding);
          return List.of(new Operation.Update(vtep.withBindings(bindings)));
        });
    return Answers.created(call.links().to(path(need(store.view(call.links()), call), binding)));
  }

  private static VtepBinding binding(Map<String, @Nullable Object> json) {
    List<Violation> violations = new ArrayList<>();
    for (String name : List.of("networkId", PORT_NAME)) {
      if (json.get(name) == null) {
        violations.add(new Violation(name, "may not be null"));
      }
    }
    Object vlan = json.get("vlanId");
    for (Check check : List.of(Check.min(0), Check.max(4095))) {
      String complaint = check.complaint(vlan);
      if (complaint != null) {
        violations.add(new Violation("vlanId", complaint));
      }
    }
    if (!violations.isEmpty()) {
      throw ApiException.invalid(violations);
    }
    UUID network = Kind.uuidOrNull(String.valueOf(json.get("networkId")));
    if (network == null) {
      throw ApiException.badRequest(
          "Field networkId: '" + json.get("networkId") + "' is not a UUID.");
    }
    return new VtepBinding(String.valueOf(json.get(PORT_NAME)), Kind.intOrZero(vlan), network);
  }

  private static Response unbind(Store store, Call call) {
    store.write(
        call.links(),
        view -> {
          Vtep vtep = need(view, call);
          List<VtepBinding> bindings = new ArrayList<>(vtep.bindings());
          bindings.remove(needBinding(vtep, call));
          return List.of(new Operation.Update(vtep.withBindings(bindings)));
        });
    return Answers.noContent();
  }
}
