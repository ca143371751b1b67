package org.midonet.plugin.client.api;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.plugin.client.MidonetException;

/**
 * The links of one document of MidoNet: collections by name, items by template. Immutable, safe to
 * share between threads.
 *
 * @param document address of the document, against which relative links are read
 * @param members members of the document
 */
record Links(URI document, Map<String, @Nullable Object> members) {

  /** Whether the document gives an address for a name. */
  boolean has(String name) {
    return members.get(name) instanceof String text && !text.isBlank();
  }

  /** The address that the document gives for a name. */
  URI link(String name) {
    return resolve(document, text(name));
  }

  /** The address that the document's template gives for an id. */
  URI item(String name, String id) {
    String template = text(name);
    if (!template.contains("{id}")) {
      throw MidonetException.unusable(
          "MidoNet's document %s has no {id} in its %s, which is %s"
              .formatted(document, name, template),
          null);
    }
    return resolve(document, template.replace("{id}", id));
  }

  /** The links that the document gives in a document of their own. */
  Links part(String name) {
    Map<String, @Nullable Object> inner = new LinkedHashMap<>();
    if (members.get(name) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> inner.put(String.valueOf(key), value));
    }
    return new Links(document, inner);
  }

  private String text(String name) {
    if (members.get(name) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw MidonetException.unusable(
        "MidoNet's document %s offers no %s. Is this the API of a MidoNet, v2015.03 or later?"
            .formatted(document, name),
        null);
  }

  /** An absolute http address from a link that may be relative. */
  static URI resolve(URI document, String link) {
    URI target;
    try {
      target = document.resolve(new URI(link));
    } catch (URISyntaxException e) {
      throw MidonetException.unusable(
          "MidoNet's document %s has a link that is no URL: %s".formatted(document, link), e);
    }
    String scheme = String.valueOf(target.getScheme());
    if (target.getHost() == null
        || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
      throw MidonetException.unusable(
          "MidoNet's document %s has a link that is no http URL: %s".formatted(document, link),
          null);
    }
    return target;
  }
}
