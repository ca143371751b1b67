package org.midonet.neutron.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.QueryString;
import org.midonet.neutron.http.Request;
import org.midonet.neutron.resource.Resource;

/**
 * The links from a page to the next and the previous one, when all of the page was counted; not to
 * be shared.
 */
final class Links {
  private int size;
  private @Nullable Resource first;
  private @Nullable Resource last;

  /** Counts one more resource of the page, in order. */
  void count(Resource resource) {
    size++;
    first = first == null ? resource : first;
    last = resource;
  }

  /** The links; none where the query does not ask for pages. */
  List<Map<String, String>> of(Request request, Query query) {
    List<Map<String, String>> links = new ArrayList<>();
    if (query.limit() == 0) {
      return links;
    }
    boolean shortPage = size < query.limit();
    if (!shortPage || query.reverse()) {
      links.add(link("next", request, last, false));
    }
    if (!shortPage || !query.reverse()) {
      links.add(link("previous", request, first, true));
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
