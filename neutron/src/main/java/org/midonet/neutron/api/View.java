package org.midonet.neutron.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.http.Body;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Json;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceDefinition;
import tools.jackson.core.JsonGenerator;

/**
 * Writes resources as answers show them: visible attributes that policy lets the caller see, in
 * order. Immutable.
 */
final class View {
  private final ResourceDefinition definition;
  private final Authorizer.Visibility visibility;
  private final List<Integer> shown = new ArrayList<>();

  View(ResourceDefinition definition, Set<String> fields, Authorizer.Visibility visibility) {
    this.definition = definition;
    this.visibility = visibility;
    List<Attribute<?>> attributes = definition.attributes();
    for (int i = 0; i < attributes.size(); i++) {
      Attribute<?> attribute = attributes.get(i);
      if (attribute.visible() && (fields.isEmpty() || fields.contains(attribute.name()))) {
        shown.add(i);
      }
    }
  }

  /** An object that holds one. */
  Body one(Resource resource) {
    Body.Writer out = new Body.Writer();
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeName(definition.name());
      write(json, resource);
      json.writeEndObject();
    }
    return out.body();
  }

  /** An object that holds these. */
  Body many(List<Resource> resources) {
    Listing listing = new Listing();
    resources.forEach(listing::add);
    return listing.end(List.of());
  }

  /** Begins an object that holds several. */
  Listing listing() {
    return new Listing();
  }

  /** Writes resources one after the other; not to be shared. */
  final class Listing {
    private final Body.Writer out = new Body.Writer();
    private final JsonGenerator json = Json.generator(out);

    private Listing() {
      json.writeStartObject();
      json.writeName(definition.collection());
      json.writeStartArray();
    }

    void add(Resource resource) {
      write(json, resource);
    }

    /** The object, with links to other pages if there are any. */
    Body end(List<Map<String, String>> links) {
      json.writeEndArray();
      if (!links.isEmpty()) {
        json.writeName(definition.collection() + "_links");
        write(json, links);
      }
      json.writeEndObject();
      json.close();
      return out.body();
    }
  }

  private void write(JsonGenerator json, Resource resource) {
    Set<String> hidden = visibility.hidden(resource);
    json.writeStartObject();
    for (int index : shown) {
      Object raw = resource.raw(index);
      String name = definition.attributes().get(index).name();
      if (Resource.isSet(raw) && !hidden.contains(name)) {
        json.writeName(name);
        write(json, raw);
      }
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, @Nullable Object raw) {
    switch (raw) {
      case null -> json.writeNull();
      case String s -> json.writeString(s);
      case Long n -> json.writeNumber(n);
      case Integer n -> json.writeNumber(n);
      case Boolean b -> json.writeBoolean(b);
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(item -> write(json, item));
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach((key, value) -> {
          json.writeName(String.valueOf(key));
          write(json, value);
        });
        json.writeEndObject();
      }
      default -> json.writePOJO(raw);
    }
  }
}
