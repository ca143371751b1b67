package org.midonet.neutron.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.midonet.neutron.extension.Catalog;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.http.Response;

/** GET /v2.0/extensions and /v2.0/extensions/{alias}; safe to share. */
final class ExtensionsEndpoints {
  private final Catalog catalog;

  ExtensionsEndpoints(Catalog catalog) {
    this.catalog = catalog;
  }

  void register(Routes routes) {
    routes.add(
        "GET",
        "/v2.0/extensions",
        call ->
            Response.json(
                200,
                Map.of(
                    "extensions",
                    catalog.extensions().stream().map(ExtensionsEndpoints::view).toList())));
    routes.add("GET", "/v2.0/extensions/{alias}", this::show);
  }

  private Response show(Call call) {
    String alias = call.variable("alias");
    Extension extension = catalog.extension(alias);
    if (extension != null) {
      return Response.json(200, Map.of("extension", view(extension)));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "message",
        "The resource could not be found.<br /><br />\nExtension with alias "
            + alias
            + " does not exist\n\n");
    body.put("code", "404 Not Found");
    body.put("title", "Not Found");
    return Response.json(404, body);
  }

  private static Map<String, Object> view(Extension extension) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("name", extension.name());
    view.put("alias", extension.alias());
    view.put("description", extension.description());
    view.put("updated", extension.updated());
    view.put("links", List.of());
    return view;
  }
}
