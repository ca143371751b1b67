package org.midonet.neutron.resource;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

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
          .addModule(new SimpleModule().addDeserializer(Number.class, new Numbers()))
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Whole numbers as Long where they fit, else as BigInteger; all others as Double. */
  private static final class Numbers extends ValueDeserializer<Number> {
    @Override
    public Number deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        return parser.getDoubleValue();
      }
      return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? (Number) parser.getBigIntegerValue()
          : (Number) parser.getLongValue();
    }
  }

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
