package org.midonet.neutron.port;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.api.Bodies;
import org.midonet.neutron.api.Call;
import org.midonet.neutron.api.Core;
import org.midonet.neutron.api.Routes;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;

/**
 * The bindings of a port below {@code /v2.0/ports/{port_id}/bindings} (alias binding-extended);
 * safe to share.
 */
final class BindingEndpoints {
  private static final Set<String> SETTABLE =
      Set.of("host", "vnic_type", "profile", "project_id", "tenant_id");

  private final Core core;
  private final PortBindings bindings;

  BindingEndpoints(Core core, PortBindings bindings) {
    this.core = core;
    this.bindings = bindings;
  }

  void register(Routes routes) {
    String collection = "/v2.0/ports/{id}/bindings";
    routes
        .add("GET", collection, this::list)
        .add("POST", collection, this::create)
        .add("GET", collection + "/{host}", this::show)
        .add("PUT", collection + "/{host}", this::update)
        .add("DELETE", collection + "/{host}", this::delete)
        .add("PUT", collection + "/{host}/activate", this::activate);
  }

  private Response list(Call call) {
    return core.sessions()
        .read(
            call.context(),
            session -> {
              Resource port = port(session, call, "get_port_binding");
              List<Map<String, Object>> views = new ArrayList<>();
              all(session, port).forEach(binding -> views.add(binding.view()));
              List<Map.Entry<String, String>> wanted = call.request().query();
              views.removeIf(view -> !matches(view, wanted));
              return Response.json(200, Map.of("bindings", views));
            });
  }

  private static boolean matches(Map<String, Object> view, List<Map.Entry<String, String>> wanted) {
    return wanted.stream()
        .filter(w -> view.containsKey(w.getKey()))
        .allMatch(w ->
            wanted.stream()
                .anyMatch(o ->
                    o.getKey().equals(w.getKey()) && o.getValue().equals(view.get(w.getKey()))));
  }

  private Response show(Call call) {
    return core.sessions()
        .read(
            call.context(),
            session -> {
              Resource port = port(session, call, "get_port_binding");
              return answer(200, existing(session, port, call.variable("host")));
            });
  }

  private Response create(Call call) {
    Map<String, @Nullable Object> body = body(call);
    String host = text(body, "host", "");
    if (host.isEmpty()) {
      throw NeutronException.badRequest(
          "Failed to parse request. Required attribute 'host' not specified");
    }
    return core.sessions()
        .write(
            call.context(),
            session -> {
              Resource port = port(session, call, "create_port_binding");
              if (all(session, port).stream().anyMatch(b -> b.host().equals(host))) {
                throw NeutronException.conflict(
                    "PortBindingAlreadyExists",
                    "Binding for port " + port.id() + " on host " + host + " already exists.");
              }
              boolean first = port.get(PortBindings.HOST_ID, "").isEmpty();
              return answer(201, put(session, port, host, "normal", Map.of(), body, first));
            });
  }

  private Response update(Call call) {
    Map<String, @Nullable Object> body = body(call);
    return core.sessions()
        .write(
            call.context(),
            session -> {
              Resource port = port(session, call, "update_port_binding");
              Binding present = existing(session, port, call.variable("host"));
              String host = text(body, "host", present.host());
              if (!present.active() && !host.equals(present.host())) {
                ExtraBindings.remove(session, port.id(), present.host());
              }
              return answer(
                  200,
                  put(
                      session,
                      port,
                      host,
                      present.vnicType(),
                      present.profile(),
                      body,
                      present.active()));
            });
  }

  private Response delete(Call call) {
    return core.sessions()
        .write(
            call.context(),
            session -> {
              Resource port = port(session, call, "delete_port_binding");
              String host = call.variable("host");
              if (existing(session, port, host).active()) {
                session.elevated().update(port, unbound(session));
              } else {
                ExtraBindings.remove(session, port.id(), host);
              }
              return Response.empty(204);
            });
  }

  private static Resource unbound(Session session) {
    return session.changes(Ports.TYPE).set(PortBindings.HOST_ID, "").build();
  }

  private Response activate(Call call) {
    return core.sessions()
        .write(
            call.context(),
            session -> {
              Resource port = port(session, call, "update_port_binding");
              String host = call.variable("host");
              Binding active = Binding.activeOf(port);
              if (active.host().equals(host)) {
                throw NeutronException.conflict(
                    "PortBindingAlreadyActive",
                    "Binding for port " + port.id() + " on host " + host + " is already active.");
              }
              Binding next = existing(session, port, host);
              ExtraBindings.remove(session, port.id(), host);
              if (!active.host().isEmpty()) {
                ExtraBindings.put(
                    session,
                    port.id(),
                    new Binding(
                        active.host(),
                        active.vnicType(),
                        active.profile(),
                        PortBinder.UNBOUND,
                        false));
              }
              return answer(200, bind(session, port, next));
            });
  }

  private Binding put(
      Session session,
      Resource port,
      String host,
      String vnicType,
      Map<String, Object> profile,
      Map<String, @Nullable Object> body,
      boolean active) {
    String wantedType = text(body, "vnic_type", vnicType);
    Map<String, Object> wantedProfile =
        PortBindings.limited(body.containsKey("profile") ? object(body.get("profile")) : profile);
    Binding binding =
        new Binding(host, wantedType, wantedProfile, bindings.vif(port, host, wantedType), active);
    if (active) {
      return requirePlugged(port, bind(session, port, binding));
    }
    // What cannot be plugged on one host for the type of its network cannot be on another.
    requirePlugged(port, new Binding(host, wantedType, wantedProfile, vif(port), false));
    ExtraBindings.put(session, port.id(), binding);
    return binding;
  }

  private static PortBinder.Vif vif(Resource port) {
    return Binding.activeOf(port).vif();
  }

  private static Binding requirePlugged(Resource port, Binding binding) {
    if (binding.vif().type().equals(PortBinder.FAILED)) {
      throw new NeutronException(
          500,
          "PortBindingError",
          "Binding for port %s on host %s could not be created or updated."
              .formatted(port.id(), binding.host()));
    }
    return binding;
  }

  /** Makes a binding the port's active one. */
  private static Binding bind(Session session, Resource port, Binding binding) {
    Resource changes =
        session
            .changes(Ports.TYPE)
            .set(PortBindings.HOST_ID, binding.host())
            .set(PortBindings.VNIC_TYPE, binding.vnicType())
            .set(PortBindings.PROFILE, binding.profile())
            .build();
    return Binding.activeOf(session.elevated().update(port, changes));
  }

  private Resource port(Session session, Call call, String action) {
    Resource port = session.get(Ports.TYPE, call.variable("id"));
    core.authorizer().enforce(session, action, port);
    if (!port.get(Ports.DEVICE_OWNER, "").startsWith("compute:")) {
      throw NeutronException.badResourceRequest(
          "port", "Invalid port " + port.id() + ". Operation only valid on compute ports");
    }
    return port;
  }

  private static List<Binding> all(Session session, Resource port) {
    List<Binding> all = new ArrayList<>();
    Binding active = Binding.activeOf(port);
    if (!active.host().isEmpty()) {
      all.add(active);
    }
    all.addAll(ExtraBindings.of(session, port.id()));
    return all;
  }

  private static Binding existing(Session session, Resource port, String host) {
    return all(session, port).stream()
        .filter(b -> b.host().equals(host))
        .findFirst()
        .orElseThrow(() ->
            new NeutronException(
                404,
                "PortBindingNotFound",
                "Binding for port " + port.id() + " for host " + host + " could not be found."));
  }

  private static Map<String, @Nullable Object> body(Call call) {
    Map<String, @Nullable Object> body = Bodies.object(call.request().body());
    Map<String, @Nullable Object> binding = Bodies.wrapped("binding", body);
    List<String> unknown =
        binding.keySet().stream().filter(k -> !SETTABLE.contains(k)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw NeutronException.badRequest(
          "Unrecognized attribute(s) '" + String.join(", ", unknown) + "'");
    }
    Object type = binding.getOrDefault("vnic_type", "normal");
    if (type != null && !PortBindings.VNIC_TYPES.contains(type)) {
      throw NeutronException.badRequest(
          "Invalid input for vnic_type. Reason: " + type + " is not in valid_values.");
    }
    Object profile = binding.get("profile");
    if (profile != null && !(profile instanceof Map)) {
      throw NeutronException.badRequest(
          "Invalid input for profile. Reason: '" + profile + "' is not a dictionary.");
    }
    return binding;
  }

  private static String text(Map<String, @Nullable Object> body, String key, String otherwise) {
    return body.get(key) instanceof String text && !text.isEmpty() ? text : otherwise;
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, Object> object(@Nullable Object raw) {
    return raw instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static Response answer(int status, Binding binding) {
    return Response.json(status, Map.of("binding", binding.view()));
  }
}
