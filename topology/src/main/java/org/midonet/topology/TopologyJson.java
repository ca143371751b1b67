package org.midonet.topology;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.midonet.packets.Cidr;
import org.midonet.packets.EtherType;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpPrefix;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.MutableConfigOverride;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The mapper for stored objects: values of {@code packets} as text, nothing written for what is
 * null, empty, false or zero, unknown fields passed over so that an older program reads what a
 * newer one wrote. Safe to share.
 */
final class TopologyJson {
  static final JsonMapper MAPPER = mapper();

  /** For documents, which keep every field. */
  static final JsonMapper DOCUMENTS =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();

  private TopologyJson() {}

  private static JsonMapper mapper() {
    SimpleModule values = new SimpleModule("packets");
    text(values, Mac.class, Mac::parse);
    text(values, IpAddress.class, IpAddress::parse);
    text(values, Ipv4Address.class, Ipv4Address::parse);
    text(values, Cidr.class, Cidr::parse);
    text(values, IpPrefix.class, IpPrefix::parse);
    values.addSerializer(EtherType.class, new EtherTypeWriter());
    values.addDeserializer(EtherType.class, new EtherTypeReader());
    return JsonMapper.builder()
        .addModule(values)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .withConfigOverride(List.class, TopologyJson::omitEmpty)
        .withConfigOverride(boolean.class, TopologyJson::omitDefault)
        .withConfigOverride(int.class, TopologyJson::omitDefault)
        .withConfigOverride(long.class, TopologyJson::omitDefault)
        .changeDefaultVisibility(visibility ->
            visibility.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE)) // isExterior()
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
  }

  private static void omitEmpty(MutableConfigOverride config) {
    config.setInclude(JsonInclude.Value.empty().withValueInclusion(JsonInclude.Include.NON_EMPTY));
  }

  private static void omitDefault(MutableConfigOverride config) {
    config.setInclude(
        JsonInclude.Value.empty().withValueInclusion(JsonInclude.Include.NON_DEFAULT));
  }

  private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module.addSerializer(type, new TextWriter<>(type));
    module.addDeserializer(type, new TextReader<>(type, parse));
  }

  private static final class TextWriter<T> extends StdSerializer<T> {
    TextWriter(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializationContext context) {
      out.writeString(value.toString());
    }
  }

  private static final class TextReader<T> extends StdDeserializer<T> {
    private final Function<String, T> parse;

    TextReader(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) {
      return parse.apply(in.getString());
    }
  }

  private static final class EtherTypeWriter extends StdSerializer<EtherType> {
    EtherTypeWriter() {
      super(EtherType.class);
    }

    @Override
    public void serialize(EtherType value, JsonGenerator out, SerializationContext context) {
      out.writeNumber(value.value());
    }
  }

  private static final class EtherTypeReader extends StdDeserializer<EtherType> {
    EtherTypeReader() {
      super(EtherType.class);
    }

    @Override
    public EtherType deserialize(JsonParser in, DeserializationContext context) {
      return new EtherType(in.getIntValue());
    }
  }
}
