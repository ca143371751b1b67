package org.midonet.plugin.tell;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Change;

/**
 * Which networks are MidoNet's where there are others too (spec section 4.1.1). Pure functions,
 * safe to share between threads.
 */
public final class MidonetNetworks {

  /** The types of MidoNet's networks. */
  public static final Set<String> TYPES = Set.of("midonet", "uplink");

  /** Finds a network that the request has not changed. */
  @FunctionalInterface
  interface Lookup {
    Optional<Resource> find(String id);
  }

  private MidonetNetworks() {}

  /** Whether MidoNet builds the network. */
  public static boolean isMidonets(Resource network) {
    return TYPES.contains(network.get(Networks.NETWORK_TYPE, ""));
  }

  /** Whether the change is of a network of MidoNet, of what is on one, or of no network. */
  static boolean has(Change change, List<Change> request, Lookup networks) {
    String id = network(change);
    if (id == null) {
      return true;
    }
    return request.stream()
        .filter(other -> other.type().equals(Networks.TYPE))
        .map(Change::resource)
        .filter(network -> network.id().equals(id))
        .findFirst()
        .or(() -> networks.find(id))
        .map(MidonetNetworks::isMidonets)
        .orElse(true); // somebody has just deleted it: MidoNet may know and may not
  }

  private static @Nullable String network(Change change) {
    return switch (change.type().name()) {
      case "network" -> change.resource().id();
      case "subnet", "port" -> change.resource().raw("network_id") instanceof String id ? id : null;
      default -> null;
    };
  }
}
