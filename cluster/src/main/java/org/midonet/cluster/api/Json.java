package org.midonet.cluster.api;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON from and to maps, lists and scalars; safe to share between threads. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(32).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * Reads the body of a request.
   *
   * @throws ApiException 400 when there is none, or it is not JSON
   */
  static @Nullable Object read(byte[] body) {
    if (body.length == 0) {
      throw ApiException.badRequest("The request has no body; a JSON document is expected.");
    }
    try {
      return MAPPER.readValue(body, Object.class);
    } catch (JacksonException e) {
      throw ApiException.badRequest("The body is not valid JSON: " + e.getOriginalMessage());
    }
  }

  static byte[] write(@Nullable Object value) {
    return MAPPER.writeValueAsBytes(value);
  }
}
