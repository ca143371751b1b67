package org.midonet.plugin.firewall;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.firewall.Firewalls;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Change;
import org.midonet.plugin.client.MidonetCall;
import org.midonet.plugin.client.MidonetPayload;
import org.midonet.plugin.client.MidonetResource;

/**
 * What MidoNet is told of a firewall: all of it, with its rules in order, the routers it is on and
 * those it left (plugin specification 3.3). Pure functions, safe to share between threads.
 */
public final class FirewallCalls {
  private FirewallCalls() {}

  /** The call for a change; empty for what is no firewall, and for one without routers. */
  static Optional<MidonetCall> of(Change change) {
    if (!change.type().equals(Firewalls.TYPE)) {
      return Optional.empty();
    }
    Resource firewall = change.resource();
    return switch (change.operation()) {
      case CREATE ->
          Firewalls.isPending(firewall) ? Optional.of(create(firewall)) : Optional.empty();
      case UPDATE -> Firewalls.isPending(firewall) ? Optional.of(update(change)) : Optional.empty();
      case DELETE ->
          Firewalls.isOnRouters(firewall)
              ? Optional.of(new MidonetCall.Delete(MidonetResource.FIREWALL, firewall.id()))
              : Optional.empty();
      case ADD_INTERFACE, REMOVE_INTERFACE -> Optional.empty();
    };
  }

  /** Whether MidoNet knows of it. */
  public static boolean isOnRouters(Resource firewall) {
    return !routers(firewall).isEmpty();
  }

  /** A firewall that is new to MidoNet. */
  public static MidonetCall create(Resource firewall) {
    return new MidonetCall.Create(
        MidonetResource.FIREWALL, body(firewall, routers(firewall), List.of()));
  }

  private static MidonetCall update(Change change) {
    Resource after = change.resource();
    List<String> left = after.get(Firewalls.LEFT_ROUTER_IDS, List.of());
    Map<String, @Nullable Object> body = body(after, routers(after), left);
    if (change.details().isEmpty() || routers(after).isEmpty()) {
      body.put("last-router", routers(after).isEmpty());
    }
    return new MidonetCall.Update(MidonetResource.FIREWALL, body);
  }

  private static Map<String, @Nullable Object> body(
      Resource firewall, List<String> added, List<String> left) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    firewall.forEach((attribute, value) -> dict.put(attribute.name(), value));
    Map<String, @Nullable Object> body = MidonetPayload.of(MidonetResource.FIREWALL, dict);
    body.put("add-router-ids", added);
    body.put("del-router-ids", List.copyOf(left));
    return body;
  }

  private static List<String> routers(Resource firewall) {
    return firewall.get(Firewalls.ROUTER_IDS, List.of());
  }
}
