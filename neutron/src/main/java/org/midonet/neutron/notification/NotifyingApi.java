package org.midonet.neutron.notification;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.extension.Catalog;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.resource.ResourceDefinition;
import org.midonet.neutron.resource.ResourceType;

/**
 * Tells what requests are about to change and have changed; safe to share between threads.
 *
 * <p>Names and payloads are those of Neutron's Zed release: a body as it came before, the answer
 * after; the resource that was there after a delete. A request that is refused is told of only by
 * its {@code .start}.
 */
public final class NotifyingApi {
  private static final int COLLECTION = 3;
  private static final int ITEM = 4;
  private static final int MEMBERS = 5;
  private static final int MEMBER = 6;
  private static final byte[] NOTHING = new byte[0];

  private final Notifier notifier;
  private final Map<String, ResourceType> types;
  private final BiFunction<Request, RequestContext, Response> inner;

  /** Puts notifications around the API. */
  public NotifyingApi(
      Notifier notifier, Catalog catalog, BiFunction<Request, RequestContext, Response> inner) {
    this.notifier = notifier;
    this.inner = inner;
    this.types =
        catalog.definitions().stream()
            .map(ResourceDefinition::type)
            .filter(type -> !type.path().isEmpty())
            .collect(Collectors.toMap(type -> plain(type.path()), type -> type));
  }

  /** Answers a request as the API does. */
  public Response handle(Request request, RequestContext context) {
    Event event = event(request, context);
    if (event == null) {
      return inner.apply(request, context);
    }
    if (event.start() != null) {
      notifier.info(context, event.service(), event.startName(), event.start());
    }
    Response answer = inner.apply(request, context);
    if (answer.status() < 300) {
      notifier.info(context, event.service(), event.endName(), event.end().apply(answer));
    }
    return answer;
  }

  /** What to tell of a request; null for nothing. */
  private @Nullable Event event(Request request, RequestContext context) {
    if (request.method().equals("GET") || !request.path().startsWith("/v2.0/")) {
      return null;
    }
    String[] path = request.path().replaceFirst("\\.json$", "").split("/", -1);
    ResourceType type = path.length < COLLECTION ? null : types.get(plain(path[2]));
    if (type == null) {
      return null;
    }
    return switch (path.length) {
      case COLLECTION -> request.method().equals("POST") ? created(type, request) : null;
      case ITEM ->
          switch (request.method()) {
            case "PUT" -> updated(type, path[3], request);
            case "DELETE" -> deleted(type, path[3], request, context);
            default -> null;
          };
      case MEMBERS, MEMBER -> ofMember(type, path, request);
      default -> null;
    };
  }

  private static @Nullable Event created(ResourceType type, Request request) {
    Map<String, @Nullable Object> body = object(request.body());
    return body.isEmpty()
        ? null
        : new Event("network", type.name() + ".create", body, NotifyingApi::shown);
  }

  private static @Nullable Event updated(ResourceType type, String id, Request request) {
    Map<String, @Nullable Object> body = object(request.body());
    if (body.isEmpty()) {
      return null;
    }
    body.put("id", id);
    return new Event("network", type.name() + ".update", body, NotifyingApi::shown);
  }

  private Event deleted(ResourceType type, String id, Request request, RequestContext context) {
    Map<String, @Nullable Object> end = last(request, context);
    end.put(type.name() + "_id", id);
    return new Event("network", type.name() + ".delete", Map.of(type.name() + "_id", id), _ -> end);
  }

  /** The resource as the caller sees it for the last time. */
  private Map<String, @Nullable Object> last(Request request, RequestContext context) {
    Request show =
        new Request("GET", request.path(), "", Map.of(), NOTHING, request.base(), request.peer());
    try {
      return shown(inner.apply(show, context));
    } catch (NeutronException e) {
      return new LinkedHashMap<>();
    }
  }

  private static @Nullable Event ofMember(ResourceType type, String[] path, Request request) {
    String id = path[3];
    String member = path.length == MEMBER ? path[5] : null;
    return switch (path[4]) {
      case "tags" -> tags(type, id, member, request);
      case "add_router_interface" -> interfaceOf(request, "router.interface.create");
      case "remove_router_interface" -> interfaceOf(request, "router.interface.delete");
      case "dhcp-networks" ->
          scheduled(request, "network", "dhcp_agent.network", id, "network_id", member);
      case "l3-routers" -> scheduled(request, "router", "l3_agent.router", id, "router_id", member);
      default -> null;
    };
  }

  private static @Nullable Event tags(
      ResourceType type, String id, @Nullable String tag, Request request) {
    Object tags = tag == null ? object(request.body()).get("tags") : List.of(tag);
    String action =
        switch (request.method()) {
          case "PUT" -> tag == null ? "update" : "create";
          case "DELETE" -> tag == null ? "delete_all" : "delete";
          default -> null;
        };
    if (action == null) {
      return null;
    }
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("parent_resource", type.collection());
    payload.put("parent_resource_id", id);
    if (tags != null) {
      payload.put("tags", tags);
    }
    return new Event("network", "tag." + action, payload, _ -> payload);
  }

  private static @Nullable Event interfaceOf(Request request, String name) {
    Function<Response, Map<String, ? extends @Nullable Object>> end =
        answer -> Map.of("router_interface", shown(answer));
    return request.method().equals("PUT") ? new Event("network", name, null, end) : null;
  }

  private static @Nullable Event scheduled(
      Request request,
      String service,
      String name,
      String agent,
      String key,
      @Nullable String member) {
    boolean adding = request.method().equals("POST");
    Object resource = adding ? object(request.body()).get(key) : member;
    if (resource == null) {
      return null;
    }
    Map<String, Object> payload = Map.of("agent", Map.of("id", agent, key, resource));
    return new Event(service, name + (adding ? ".add" : ".remove"), null, _ -> payload);
  }

  private static Map<String, @Nullable Object> shown(Response answer) {
    return object(answer.body());
  }

  /** A JSON object; an empty one for anything else, which the API refuses or nobody sent. */
  @SuppressWarnings("unchecked") // the keys of a JSON object are strings
  private static Map<String, @Nullable Object> object(byte[] json) {
    try {
      return json.length > 0 && Json.read(json) instanceof Map<?, ?> map
          ? new LinkedHashMap<>((Map<String, @Nullable Object>) map)
          : new LinkedHashMap<>();
    } catch (RuntimeException e) {
      return new LinkedHashMap<>();
    }
  }

  private static String plain(String path) {
    return path.replace('-', '_');
  }
}
