package org.midonet.neutron.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.QueryString;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.resource.Resource;

/** The links to the next and the previous page; stateless. */
final class Links {
  private Links() {}

  static List<Map<String, String>> of(Request request, Query query, List<Resource> page) {
    List<Map<String, String>> links = new ArrayList<>();
    boolean shortPage = page.size() < query.limit();
    if (!shortPage || query.reverse()) {
      links.add(link("next", request, page.isEmpty() ? null : page.getLast(), false));
    }
    if (!shortPage || !query.reverse()) {
      links.add(link("previous", request, page.isEmpty() ? null : page.getFirst(), true));
    }
    return links;
  }

  private static Map<String, String> link(
      String rel, Request request, @Nullable Resource marker, boolean reverse) {
    List<Map.Entry<String, String>> parameters = new ArrayList<>(request.query());
    parameters.removeIf(p -> p.getKey().equals("marker") || p.getKey().equals("page_reverse"));
    if (marker != null) {
      parameters.add(Map.entry("marker", marker.id()));
    }
    if (reverse) {
      parameters.add(Map.entry("page_reverse", "True"));
    }
    Map<String, String> link = new LinkedHashMap<>();
    link.put("rel", rel);
    link.put("href", request.base() + request.path() + "?" + QueryString.format(parameters));
    return link;
  }
}
