package org.midonet.neutron.resource;

import java.util.List;
import org.midonet.neutron.error.NeutronException;

/**
 * A kind of resource and the attributes it has before any extension adds to it; immutable.
 *
 * @param name singular, as in bodies ({@code security_group})
 * @param collection plural, as in bodies ({@code security_groups})
 * @param path the collection in URLs below /v2.0/ ({@code security-groups})
 * @param table the SQL table, empty for resources that are not rows
 * @param label how not-found messages begin ({@code Security group})
 * @param missing Neutron's type for a missing one ({@code SecurityGroupNotFound})
 * @param attributes those that need no extension
 */
public record ResourceType(
    String name,
    String collection,
    String path,
    String table,
    String label,
    String missing,
    List<Attribute<?>> attributes) {

  /** A resource whose URL, body and table names agree. */
  public static ResourceType of(
      String name, String collection, String label, List<Attribute<?>> attributes) {
    return new ResourceType(
        name,
        collection,
        collection.replace('_', '-'),
        collection,
        label,
        camel(name) + "NotFound",
        attributes);
  }

  /** The same at another path. */
  public ResourceType at(String newPath) {
    return new ResourceType(name, collection, newPath, table, label, missing, attributes);
  }

  /** The same with another not-found type. */
  public ResourceType missing(String type) {
    return new ResourceType(name, collection, path, table, label, type, attributes);
  }

  /** A 404 for one that is not there, or that the caller may not see. */
  public NeutronException notFound(String id) {
    String rest =
        switch (name) {
          case "security_group", "security_group_rule" -> id + " does not exist";
          case "metering_label", "metering_label_rule" -> "'" + id + "' does not exist.";
          case "router", "floatingip", "vip", "pool", "member", "health_monitor" ->
              id + " could not be found";
          default -> id + " could not be found.";
        };
    return new NeutronException(404, missing, label + " " + rest);
  }

  private static String camel(String name) {
    StringBuilder text = new StringBuilder();
    for (String word : name.split("_", -1)) {
      text.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return text.toString();
  }
}
