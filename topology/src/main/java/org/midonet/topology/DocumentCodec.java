package org.midonet.topology;

import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;

/** A Neutron object as its document. Safe to share. */
final class DocumentCodec implements ObjectType.Codec<NeutronObject> {
  private final ObjectType<NeutronObject> type;

  DocumentCodec(ObjectType<NeutronObject> type) {
    this.type = type;
  }

  @Override
  public byte[] encode(NeutronObject object) {
    return TopologyJson.DOCUMENTS.writeValueAsBytes(object.document());
  }

  @Override
  public NeutronObject decode(UUID id, byte[] json) {
    try {
      Map<String, Object> document =
          TopologyJson.DOCUMENTS.readerForMapOf(Object.class).readValue(json);
      return new NeutronObject(type, id, document);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
