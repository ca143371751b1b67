package org.midonet.neutron.api;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths of the API: a tree of segments, a variable where any segment fits; a literal segment
 * wins. Filled before the server starts, then immutable and safe to share.
 */
public final class Routes {
  /** Where a path names the collection, as in {@code /v2.0/security-groups}. */
  private static final int COLLECTION = 1;

  /** Where a path led: the endpoints by method, and the path's variables. */
  public record Match(Map<String, Endpoint> methods, Map<String, String> variables) {}

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final Map<String, Endpoint> methods = new LinkedHashMap<>();
    @Nullable Node variable;
    String variableName = "";
  }

  private final Node root = new Node();

  /**
   * Adds an endpoint; a later one for the same method and path replaces it.
   *
   * @param method GET, POST, PUT, DELETE
   * @param path as in {@code /v2.0/routers/{id}/add_router_interface}
   */
  public Routes add(String method, String path, Endpoint endpoint) {
    Node node = root;
    for (String segment : segments(path)) {
      if (segment.startsWith("{")) {
        Node next = node.variable;
        if (next == null) {
          next = new Node();
          next.variableName = segment.substring(1, segment.length() - 1);
          node.variable = next;
        }
        node = next;
      } else {
        node = node.literals.computeIfAbsent(segment, s -> new Node());
      }
    }
    node.methods.put(method, endpoint);
    return this;
  }

  /** Where the path leads, null if nowhere. */
  public @Nullable Match match(String path) {
    Map<String, String> variables = new LinkedHashMap<>();
    Node node = match(root, segments(path), 0, variables);
    return node == null || node.methods.isEmpty() ? null : new Match(node.methods, variables);
  }

  private static @Nullable Node match(
      Node node, List<String> segments, int depth, Map<String, String> variables) {
    if (depth == segments.size()) {
      return node;
    }
    String segment = segments.get(depth);
    Node literal = literal(node, segment, depth);
    if (literal != null) {
      Node found = match(literal, segments, depth + 1, variables);
      if (found != null && !found.methods.isEmpty()) {
        return found;
      }
    }
    Node variable = node.variable;
    if (variable == null) {
      return null;
    }
    variables.put(variable.variableName, segment);
    return match(variable, segments, depth + 1, variables);
  }

  /** Collections go by dashes or underscores, whichever the client prefers. */
  private static @Nullable Node literal(Node node, String segment, int depth) {
    Node literal = node.literals.get(segment);
    if (literal == null && depth == COLLECTION) {
      literal = node.literals.get(segment.replace('_', '-'));
      if (literal == null) {
        literal = node.literals.get(segment.replace('-', '_'));
      }
    }
    return literal;
  }

  private static List<String> segments(String path) {
    String trimmed = path.startsWith("/") ? path.substring(1) : path;
    return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("/", -1));
  }
}
