package org.midonet.plugin.client.api;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.plugin.client.MidonetException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads what MidoNet answered, documents and errors. Stateless, safe to share between threads. */
final class Answers {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  /** Enough of a foreign page to recognise it by. */
  private static final int MAX_QUOTE = 300;

  private Answers() {}

  static String json(Object body) {
    return JSON.writeValueAsString(body);
  }

  /** The members of a document that was asked for. */
  static Map<String, @Nullable Object> document(
      URI base, ApiRequest request, ApiResponse response) {
    if (!response.isSuccess()) {
      throw refusal(base, request, response, "");
    }
    Map<String, @Nullable Object> document = members(response.body());
    if (document == null) {
      throw MidonetException.unusable(
          "MidoNet at %s answered %s with %d and something that is no JSON object: %s"
              .formatted(base, request, response.status(), quote(response.body())),
          null);
    }
    return document;
  }

  /**
   * The error for an answer that is none of success; the advice, when there is any, ends the
   * message.
   */
  static MidonetException refusal(
      URI base, ApiRequest request, ApiResponse response, String advice) {
    String message =
        "MidoNet at %s answered %s with %d: %s"
            .formatted(base, request, response.status(), said(response));
    return MidonetException.refused(
        response.status(), advice.isEmpty() ? message : message + " " + advice);
  }

  /**
   * What MidoNet gave as its reason: the message of its error document, or the beginning of what it
   * sent instead.
   */
  private static String said(ApiResponse response) {
    if (response.isRedirect()) {
      return "a redirect to " + response.header("Location");
    }
    Map<String, @Nullable Object> error = members(response.body());
    if (error == null || !(error.get("message") instanceof String message)) {
      return response.body().isBlank() ? "(no reason given)" : quote(response.body());
    }
    Object violations = error.get("violations");
    return violations == null ? message : message + ": " + json(violations);
  }

  /** What an answer holds; null when it is no JSON. */
  static @Nullable Object value(ApiResponse response) {
    try {
      return response.body().isBlank() ? null : JSON.readValue(response.body(), Object.class);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static @Nullable Map<String, @Nullable Object> members(String body) {
    try {
      return JSON.readValue(body, OBJECT);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static String quote(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_QUOTE ? line : line.substring(0, MAX_QUOTE) + "...";
  }
}
