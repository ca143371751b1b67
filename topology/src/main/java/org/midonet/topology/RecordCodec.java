package org.midonet.topology;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;

/**
 * A record as a JSON object of its components. Safe to share.
 *
 * <p>Reader and writer are made at first use: there are dozens of kinds, and a start needs few.
 */
final class RecordCodec<T extends TopologyObject> implements ObjectType.Codec<T> {
  private final Class<T> type;
  private volatile @Nullable ObjectWriter writer;
  private volatile @Nullable ObjectReader reader;

  RecordCodec(Class<T> type) {
    this.type = type;
  }

  @Override
  public byte[] encode(T object) {
    ObjectWriter present = writer;
    if (present == null) {
      present = TopologyJson.MAPPER.writerFor(type);
      writer = present;
    }
    return present.writeValueAsBytes(object);
  }

  @Override
  public T decode(UUID id, byte[] json) {
    ObjectReader present = reader;
    if (present == null) {
      present = TopologyJson.MAPPER.readerFor(type);
      reader = present;
    }
    try {
      return present.readValue(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
