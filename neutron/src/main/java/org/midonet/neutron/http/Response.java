package org.midonet.neutron.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.resource.Json;

/**
 * An HTTP answer; immutable.
 *
 * @param status the status code
 * @param headers by name, Content-Type included
 * @param content the body, empty for none
 */
public record Response(int status, Map<String, String> headers, Body content) {
  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  /** An answer with a body in one array, which must not change. */
  public Response(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, Body.of(body));
  }

  /** An answer without a body. */
  public static Response empty(int status) {
    return new Response(status, Map.of(), Body.EMPTY);
  }

  /** An answer with a JSON body. */
  public static Response json(int status, @Nullable Object raw) {
    return json(status, Body.of(Json.writeBytes(raw)));
  }

  /** An answer with a JSON body already written. */
  public static Response json(int status, Body text) {
    return new Response(status, JSON, text);
  }

  /** A Neutron error body. */
  public static Response error(NeutronException e) {
    return error(e.status(), e.type(), e.text());
  }

  /** A Neutron error body. */
  public static Response error(int status, String type, String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("type", type);
    error.put("message", message);
    error.put("detail", "");
    return json(status, Map.of("NeutronError", error));
  }

  /** The answer to what should not have happened: it tells the user nothing, the log everything. */
  public static Response internalError() {
    return error(
        500,
        "HTTPInternalServerError",
        "Request Failed: internal server error while processing your request.");
  }

  /** The same with one more header. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, content);
  }

  /** The bytes of the body, which must not be changed. */
  public byte[] body() {
    return content.toBytes();
  }

  /** The body as text. */
  public String text() {
    return new String(body(), StandardCharsets.UTF_8);
  }
}
