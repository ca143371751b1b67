package org.midonet.plugin.midonet;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/**
 * The types of networks that MidoNet has (spec section 3.1.3). Stateless, safe to share between
 * threads.
 *
 * <p>A network is virtual, which needs no type, or an uplink: the segment on which a router meets
 * the physical network. No network has a physical network or a segmentation id.
 */
final class ProviderNetworks implements Hook {

  private static final String UPLINK = "uplink";

  /**
   * What clients may call an ordinary network; {@code local} because Horizon always sends a type.
   */
  private static final Set<String> ORDINARY = Set.of("midonet", "local");

  private static final List<Attribute<?>> ATTRIBUTES =
      List.of(Networks.NETWORK_TYPE, Networks.PHYSICAL_NETWORK, Networks.SEGMENTATION_ID);

  @Override
  public Set<ResourceType> types() {
    return Set.of(Networks.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    String type = input.find(Networks.NETWORK_TYPE);
    Resource.Builder prepared = input.toBuilder();
    ATTRIBUTES.forEach(attribute -> clear(prepared, attribute));
    if (isUplink(type)) {
      prepared.set(Networks.NETWORK_TYPE, UPLINK);
    }
    return prepared.build();
  }

  private static boolean isUplink(@Nullable String type) {
    if (type == null || ORDINARY.contains(type)) {
      return false;
    }
    if (type.equals(UPLINK)) {
      return true;
    }
    throw NeutronException.invalidInput(
        "network type " + type + " is not supported, MidoNet has the types uplink and midonet");
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    if (ATTRIBUTES.stream().anyMatch(changes::has)) {
      throw NeutronException.invalidInput("Plugin does not support updating provider attributes");
    }
    return changes;
  }

  /** A network shows the type it has and no other provider attribute. */
  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    for (Resource.Builder row : rows) {
      for (Attribute<?> attribute : ATTRIBUTES) {
        if (row.raw(attribute) == null) {
          clear(row, attribute);
        }
      }
    }
  }

  private static void clear(Resource.Builder row, Attribute<?> attribute) {
    row.set(attribute, Resource.UNSET);
  }
}
