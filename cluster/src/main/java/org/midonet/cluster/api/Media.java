package org.midonet.cluster.api;

import java.util.List;

/** MidoNet's media types; stateless. The version of a resource is part of its type. */
public final class Media {
  public static final String JSON = "application/json";

  private static final String VENDOR = "application/vnd.org.midonet.";

  private Media() {}

  /** The type of one object: {@code item("Bridge", 5)}. */
  public static String item(String name, int version) {
    return VENDOR + name + "-v" + version + "+json";
  }

  /** The type of a list of objects. */
  public static String list(String name, int version) {
    return item("collection." + name, version);
  }

  /** The type of an object of the Neutron endpoints, or of a list by its plural name. */
  public static String neutron(String name) {
    return item("neutron." + name, 1);
  }

  /** One type, taken and given as plain JSON too. */
  public static List<String> orJson(String type) {
    return List.of(type, JSON);
  }
}
