package org.midonet.plugin.tell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Change;
import org.midonet.neutron.service.Operation;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetPayload;
import org.midonet.plugin.client.MidonetResource;

/**
 * What MidoNet is told of a change (spec sections 2.1 and 3.7). Pure functions, safe to share
 * between threads.
 */
final class Calls {

  private static final Map<String, MidonetResource> RESOURCES =
      Map.of(
          "network", MidonetResource.NETWORK,
          "subnet", MidonetResource.SUBNET,
          "port", MidonetResource.PORT,
          "router", MidonetResource.ROUTER,
          "floatingip", MidonetResource.FLOATING_IP,
          "security_group", MidonetResource.SECURITY_GROUP,
          "security_group_rule", MidonetResource.SECURITY_GROUP_RULE,
          "agent_membership", MidonetResource.AGENT_MEMBERSHIP);

  private static final String STATUS = "status";

  /** What differs when a status alone does. */
  private static final Set<String> OF_STATUS = Set.of(STATUS, "revision_number", "updated_at");

  private Calls() {}

  /** The kind of resource that a change is about; empty for what MidoNet does not know. */
  static Optional<MidonetResource> resource(Change change) {
    return resource(change.type().name());
  }

  static Optional<MidonetResource> resource(String type) {
    return Optional.ofNullable(RESOURCES.get(type));
  }

  private static Optional<MidonetCall> alone(MidonetResource resource, Change change) {
    return switch (change.operation()) {
      case CREATE -> Optional.of(new MidonetCall.Create(resource, body(resource, change)));
      case UPDATE -> update(resource, change);
      case DELETE -> Optional.of(new MidonetCall.Delete(resource, change.resource().id()));
      case ADD_INTERFACE -> Optional.of(new MidonetCall.AddRouterInterface(interfaceBody(change)));
      case REMOVE_INTERFACE ->
          Optional.of(new MidonetCall.RemoveRouterInterface(interfaceBody(change)));
    };
  }

  /**
   * The call for a change, given all changes of its request; empty when MidoNet is not told of it.
   * Rules made by one request go in one call, in the place of the first, and what another change
   * implies is not told.
   */
  static Optional<MidonetCall> of(MidonetResource resource, Change change, List<Change> request) {
    if (Implied.isImplied(change, request)) {
      return Optional.empty();
    }
    if (!isCreatedRule(change)) {
      return alone(resource, change);
    }
    // All are gathered for the first alone: a request may bring hundreds.
    if (createdRules(request).findFirst().filter(first -> !first.equals(change)).isPresent()) {
      return Optional.empty();
    }
    List<Change> rules = createdRules(request).toList();
    return rules.size() < 2 ? alone(resource, change) : Optional.of(all(resource, rules));
  }

  private static boolean isCreatedRule(Change change) {
    return change.operation() == Operation.CREATE
        && change.type().name().equals("security_group_rule");
  }

  private static Stream<Change> createdRules(List<Change> request) {
    return request.stream()
        .filter(Calls::isCreatedRule)
        .filter(change -> !Implied.isImplied(change, request));
  }

  private static MidonetCall all(MidonetResource resource, List<Change> creations) {
    return new MidonetCall.CreateAll(
        resource, creations.stream().map(change -> body(resource, change)).toList());
  }

  /** The body of the resource as it is after a change. */
  private static Map<String, @Nullable Object> body(MidonetResource resource, Change change) {
    return body(resource, change.resource());
  }

  static Map<String, @Nullable Object> body(MidonetResource resource, Resource present) {
    return MidonetPayload.of(resource, dict(present));
  }

  /**
   * A security group keeps name and description to itself: MidoNet has no PUT for it. A new status
   * comes from MidoNet, which need not hear it again.
   */
  private static Optional<MidonetCall> update(MidonetResource resource, Change change) {
    return resource == MidonetResource.SECURITY_GROUP || isOfStatusAlone(change)
        ? Optional.empty()
        : Optional.of(new MidonetCall.Update(resource, body(resource, change)));
  }

  private static boolean isOfStatusAlone(Change change) {
    Resource before = change.before();
    Resource after = change.resource();
    if (before == null
        || !change.type().name().equals("port")
        || Objects.equals(before.raw(STATUS), after.raw(STATUS))) {
      return false;
    }
    return before.definition().attributes().stream()
        .filter(attribute -> !OF_STATUS.contains(attribute.name()))
        .noneMatch(attribute -> before.differs(after, attribute));
  }

  private static Map<String, @Nullable Object> interfaceBody(Change change) {
    Map<String, Object> details = change.details();
    Object tenant = details.getOrDefault("tenant_id", change.resource().projectId());
    return MidonetPayload.routerInterface(
        change.resource().id(),
        (String) tenant,
        String.valueOf(details.get("port_id")),
        subnets(details));
  }

  private static List<String> subnets(Map<String, Object> details) {
    if (details.get("subnet_ids") instanceof List<?> ids) {
      return ids.stream().map(String::valueOf).toList();
    }
    return details.get("subnet_id") instanceof String id ? List.of(id) : List.of();
  }

  private static Map<String, @Nullable Object> dict(Resource resource) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    resource.forEach((attribute, value) -> dict.put(attribute.name(), value));
    return dict;
  }
}
