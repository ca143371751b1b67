package org.midonet.cluster.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a path; immutable and safe to share between threads. */
final class Routes {
  private static final String ROOT = "";

  /** An endpoint with the variable parts of the path that led to it. */
  record Found(Endpoint endpoint, Map<String, String> path) {}

  private final Map<String, List<Endpoint>> byFirst = new HashMap<>();

  Routes(List<Endpoint> endpoints) {
    for (Endpoint endpoint : endpoints) {
      byFirst.computeIfAbsent(first(endpoint.segments()), key -> new ArrayList<>()).add(endpoint);
    }
  }

  /**
   * The endpoint of a path.
   *
   * @throws ApiException 404 when there is none
   */
  Found find(String path) {
    List<String> segments = Endpoint.split(path);
    String first = first(segments);
    List<Endpoint> candidates = byFirst.get(first);
    if (candidates == null) {
      throw new ApiException(404, "Root resource " + first + " not found");
    }
    for (Endpoint endpoint : candidates) {
      Map<String, String> variables = match(endpoint.segments(), segments);
      if (variables != null) {
        return new Found(endpoint, variables);
      }
    }
    throw new ApiException(404, "Resource " + path + " not found");
  }

  private static String first(List<String> segments) {
    return segments.isEmpty() ? ROOT : segments.getFirst();
  }

  private static @Nullable Map<String, String> match(List<String> template, List<String> path) {
    if (template.size() != path.size()) {
      return null;
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String wanted = template.get(i);
      if (wanted.startsWith("{")) {
        variables.put(wanted.substring(1, wanted.length() - 1), path.get(i));
      } else if (!wanted.equals(path.get(i))) {
        return null;
      }
    }
    return variables;
  }
}
