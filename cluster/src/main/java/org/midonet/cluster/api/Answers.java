package org.midonet.cluster.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.Response;

/** Answers as MidoNet words them; stateless. */
public final class Answers {
  static final String ERROR = Media.item("Error", 1);

  private Answers() {}

  /** An answer with a JSON body. */
  public static Response entity(int status, String type, @Nullable Object json) {
    return new Response(status, Map.of("Content-Type", type), Json.write(json));
  }

  /** A 201 without a body, naming the new object. */
  public static Response created(String location) {
    return Response.empty(201).with("Location", location);
  }

  /** A 201 that names and shows the new object. */
  public static Response created(String location, String type, @Nullable Object json) {
    return entity(201, type, json).with("Location", location);
  }

  /** A 204. */
  public static Response noContent() {
    return Response.empty(204);
  }

  static Response error(ApiException e) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("message", e.text());
    body.put("code", e.status());
    if (!e.violations().isEmpty()) {
      body.put("violations", e.violations().stream().map(Answers::violation).toList());
    }
    return entity(e.status(), ERROR, body);
  }

  static Response error(int status, String message) {
    return error(new ApiException(status, message));
  }

  private static Map<String, Object> violation(Violation violation) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("property", violation.property());
    json.put("message", violation.message());
    return json;
  }

  /** A 405; MidoNet names the other methods only where it does not know this one at all. */
  static Response notAllowed(List<String> allowed) {
    Response answer = Response.empty(405);
    return allowed.isEmpty() ? answer : answer.with("Allow", String.join(",", allowed));
  }
}
