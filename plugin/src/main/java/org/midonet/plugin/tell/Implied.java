package org.midonet.plugin.tell;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.Operation;

/**
 * Changes of which MidoNet learns by another change of the same request, and is therefore not told
 * (spec sections 2.2 to 2.4, 2.8). Pure functions, safe to share between threads.
 */
final class Implied {

  private Implied() {}

  /** Whether another of the request's changes says it all. */
  static boolean isImplied(Change change, List<Change> request) {
    return switch (change.type().name()) {
      case "security_group_rule" -> comesOrGoesWithItsGroup(change, request);
      case "floatingip" -> losesItsPort(change, request);
      case "port" -> isSweptAway(change, request);
      default -> false;
    };
  }

  /** A group is told with its rules, and takes them along. */
  private static boolean comesOrGoesWithItsGroup(Change change, List<Change> request) {
    Object group = value(change.resource(), "security_group_id");
    return has(request, change.operation(), "security_group", group);
  }

  /** MidoNet drops the addresses of a port that is deleted. */
  private static boolean losesItsPort(Change change, List<Change> request) {
    Resource before = change.before();
    return change.operation() == Operation.UPDATE
        && before != null
        && has(request, Operation.DELETE, "port", value(before, "port_id"));
  }

  /** The ports of DHCP agents go with their network or subnet. */
  private static boolean isSweptAway(Change change, List<Change> request) {
    Resource port = change.resource();
    return change.operation() == Operation.DELETE
        && "network:dhcp".equals(value(port, "device_owner"))
        && request.stream()
            .filter(other -> other.operation() == Operation.DELETE)
            .anyMatch(other -> isNetworkOf(port, other));
  }

  private static boolean isNetworkOf(Resource port, Change other) {
    Object network = value(port, "network_id");
    return switch (other.type().name()) {
      case "network" -> other.resource().id().equals(network);
      case "subnet" -> Objects.equals(value(other.resource(), "network_id"), network);
      default -> false;
    };
  }

  private static boolean has(
      List<Change> request, Operation operation, String type, @Nullable Object id) {
    return request.stream()
        .anyMatch(other ->
            other.operation() == operation
                && other.type().name().equals(type)
                && other.resource().id().equals(id));
  }

  private static @Nullable Object value(Resource resource, String name) {
    return resource.raw(name);
  }
}
