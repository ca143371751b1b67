package org.midonet.neutron.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.http.Response;
import org.midonet.neutron.service.ResourceService;

/** Leads an authenticated request below /v2.0 to its endpoint; safe to share. */
public final class ApiHandler {
  private static final Set<String> FIRST_RESOURCES =
      Set.of("network", "subnet", "subnetpool", "port");

  private final Routes routes = new Routes();
  private final Core core;

  /** Registers the paths of all loaded resources and features. */
  public ApiHandler(Core core, List<Feature> features) {
    this.core = core;
    core.catalog().definitions().stream()
        .filter(definition -> !definition.type().path().isEmpty())
        .forEach(definition -> new ResourceController(core, definition).register(routes));
    new ExtensionsEndpoints(core.catalog()).register(routes);
    routes.add("GET", "/v2.0/", this::index);
    features.forEach(feature -> feature.routes(routes, core));
  }

  /** Answers, or throws the refusal. */
  public Response handle(Request request, RequestContext context) {
    String accept = request.header("accept");
    if (accept != null && !accept.contains("json") && !accept.contains("*/*")) {
      throw new NeutronException(
          406,
          "HTTPNotAcceptable",
          "The server could not comply with the request since it is either malformed or otherwise"
              + " incorrect.");
    }
    String path = request.path();
    if (path.endsWith(".json")) {
      path = path.substring(0, path.length() - ".json".length());
    }
    Routes.Match match = routes.match(path);
    if (match == null) {
      throw NeutronException.notFound();
    }
    Endpoint endpoint = match.methods().get(method(request.method()));
    if (endpoint == null) {
      throw ResourceService.notAllowed();
    }
    return endpoint.answer(new Call(request, context, match.variables()));
  }

  /** OPTIONS answers as GET does and HEAD is refused, as the reference server has it. */
  private static String method(String method) {
    return method.equals("OPTIONS") ? "GET" : method;
  }

  /** Names the resources that were there before extensions, as the reference server does. */
  private Response index(Call call) {
    List<Map<String, Object>> resources =
        core.catalog().definitions().stream()
            .filter(d -> FIRST_RESOURCES.contains(d.name()))
            .map(d -> {
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("name", d.name());
              entry.put("collection", d.collection());
              Map<String, String> link = new LinkedHashMap<>();
              link.put("rel", "self");
              link.put("href", call.request().base() + "/v2.0/" + d.type().path());
              entry.put("links", List.of(link));
              return entry;
            })
            .toList();
    return Response.json(200, Map.of("resources", resources));
  }
}
