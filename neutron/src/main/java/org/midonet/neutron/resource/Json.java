package org.midonet.neutron.resource;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON text from and to raw values (String, Long, BigInteger, Double, Boolean, List, Map, null).
 * Safe to share.
 */
public final class Json {
  private static final int MAX_DEPTH = 64;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(400)
                          .build())
                  .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /**
   * Reads one value.
   *
   * @throws JacksonException if the text is not one JSON value, or nests deeper than 64 levels
   */
  public static @Nullable Object read(String text) {
    return switch (text) {
      case "[]" -> List.of();
      case "{}" -> Map.of();
      default -> MAPPER.readValue(text, Object.class);
    };
  }

  /**
   * Reads one value of UTF-8 text.
   *
   * @throws JacksonException if the bytes are not one JSON value, or nest deeper than 64 levels
   */
  public static @Nullable Object read(byte[] text) {
    return MAPPER.readValue(text, Object.class);
  }

  /** Writes a value. */
  public static String write(@Nullable Object raw) {
    return raw instanceof List<?> list && list.isEmpty() ? "[]" : MAPPER.writeValueAsString(raw);
  }

  /** Writes a value as UTF-8. */
  public static byte[] writeBytes(@Nullable Object raw) {
    return MAPPER.writeValueAsBytes(raw);
  }

  /** A generator onto a stream. */
  public static JsonGenerator generator(java.io.OutputStream out) {
    return MAPPER.createGenerator(out);
  }
}
