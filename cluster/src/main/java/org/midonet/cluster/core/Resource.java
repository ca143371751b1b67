package org.midonet.cluster.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Media;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TopologyObject;

/**
 * A class of objects as the REST API shows it; immutable and safe to share.
 *
 * @param type how it is stored
 * @param path where the objects are, such as {@code /bridges}
 * @param itemTypes media types of one object, the preferred one first
 * @param listTypes media types of a list
 * @param shape its JSON fields, without id and uri
 * @param builders how to make one
 * @param <T> the stored object
 * @param <B> its builder
 */
record Resource<T extends TopologyObject, B>(
    ObjectType<T> type,
    String path,
    List<String> itemTypes,
    List<String> listTypes,
    Shape<T, B> shape,
    Builders<T, B> builders) {

  /**
   * How to make objects of a class.
   *
   * @param fresh a builder with nothing set
   * @param from a builder with everything of an object set
   */
  record Builders<T, B>(
      Supplier<B> fresh, Function<T, B> from, BiConsumer<B, UUID> id, Function<B, T> build) {}

  /** A resource of one version, which is also spoken as plain JSON. */
  static <T extends TopologyObject, B> Resource<T, B> of(
      ObjectType<T> type,
      String path,
      String mediaName,
      int version,
      Shape<T, B> shape,
      Builders<T, B> builders) {
    return new Resource<>(
        type,
        path,
        Media.orJson(Media.item(mediaName, version)),
        Media.orJson(Media.list(mediaName, version)),
        shape,
        builders);
  }

  /** Shows an object. */
  Map<String, @Nullable Object> show(T object, View view) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.putAll(shape.show(object, view));
    json.put("uri", view.links().to(path(object.id())));
    return json;
  }

  /**
   * Makes an object of what a client sent. The id is the client's choice, or random.
   *
   * @param preset sets what the path says, before the rest
   * @throws ApiException 400 when the body is wrong
   */
  T create(Map<String, @Nullable Object> json, Consumer<B> preset) {
    B builder = builders.fresh().get();
    preset.accept(builder);
    shape.fill(json, builder);
    Object id = json.get("id");
    builders.id().accept(builder, id == null ? UUID.randomUUID() : uuid(id));
    return builders.build().apply(builder);
  }

  /** The object with everything replaced that clients may set. */
  T update(T current, Map<String, @Nullable Object> json) {
    B builder = builders.from().apply(current);
    shape.fill(json, builder);
    return builders.build().apply(builder);
  }

  /** The path of an object below the root. */
  String path(UUID id) {
    return path + "/" + id;
  }

  private static UUID uuid(Object raw) {
    UUID id = Kind.ID.read(raw);
    if (id == null) {
      throw ApiException.badRequest("Field id: '" + raw + "' is not a UUID.");
    }
    return id;
  }
}
