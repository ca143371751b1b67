package org.midonet.topology;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Neutron object as the cluster was told it: its JSON document, kept whole. Immutable, safe to
 * share.
 *
 * @param document JSON values by the names on the wire: text, {@code Long}, {@code Double}, {@code
 *     Boolean}, lists, maps and null; integers of other types become {@code Long}
 */
public record NeutronObject(
    ObjectType<NeutronObject> type, UUID id, Map<String, @Nullable Object> document)
    implements TopologyObject {

  public NeutronObject {
    document = Document.of(document);
  }

  /** The value of a field, null when it is null or absent. */
  public @Nullable Object get(String field) {
    return document.get(field);
  }

  /** The text of a field, null when it is no text. */
  public @Nullable String text(String field) {
    return document.get(field) instanceof String text ? text : null;
  }

  /** The id in a field, null when there is none. */
  public @Nullable UUID uuid(String field) {
    return Values.uuid(document.get(field));
  }

  /** The ids in a list, without what is none. */
  public List<UUID> uuids(String field) {
    return Values.uuids(document.get(field));
  }

  /** The same object with another value in one field. */
  public NeutronObject with(String field, @Nullable Object value) {
    return new NeutronObject(type, id, Document.of(document).with(field, value));
  }
}
