package org.midonet.cluster.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.Request;

/**
 * A request that found its endpoint; immutable.
 *
 * @param request the request, its path below the root of the API
 * @param path the variable parts of the path, by name
 * @param links how to address resources in the answer
 */
public record Call(Request request, Map<String, String> path, Links links) {
  /** A variable part of the path. */
  public String path(String name) {
    return Objects.requireNonNull(path.get(name), name);
  }

  /**
   * A UUID in the path.
   *
   * @param type whose id it is, for the message
   * @throws ApiException 404 when it is no UUID, since there can be no such object
   */
  public UUID id(String name, String type) {
    UUID id = Values.uuidOrNull(path(name));
    if (id == null) {
      throw ApiException.notFound(type, path(name));
    }
    return id;
  }

  /** A parameter of the query. */
  public Optional<String> query(String name) {
    return request.query().stream()
        .filter(entry -> entry.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * The body as one JSON object.
   *
   * @throws ApiException 400 when it is missing or anything else
   */
  public Map<String, @Nullable Object> object() {
    return Values.object(Json.read(request.body()));
  }

  /**
   * The body as a JSON array of objects.
   *
   * @throws ApiException 400 when it is missing or anything else
   */
  public List<Map<String, @Nullable Object>> objects() {
    if (!(Json.read(request.body()) instanceof List<?> list)) {
      throw ApiException.badRequest("The body must be a JSON array.");
    }
    return list.stream().map(Values::object).toList();
  }

  /** Whether the body is of a media type, whatever its parameters. */
  public boolean isOfType(String mediaType) {
    return Negotiation.NEUTRON.understands(request.header("Content-Type"), List.of(mediaType));
  }
}
