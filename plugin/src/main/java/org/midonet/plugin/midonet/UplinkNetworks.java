package org.midonet.plugin.midonet;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.network.Mtus;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.network.ProviderSegment;
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
final class UplinkNetworks implements Hook {

  static final String UPLINK = "uplink";
  static final String MIDONET = "midonet";

  /**
   * What clients may call an ordinary network; {@code local} because Horizon always sends a type.
   */
  private static final Set<String> ORDINARY = Set.of(MIDONET, "local");

  private static final List<Attribute<?>> ATTRIBUTES =
      List.of(Networks.NETWORK_TYPE, Networks.PHYSICAL_NETWORK, Networks.SEGMENTATION_ID);

  private final long ofUplinks;
  private final long ofOthers;

  /** The types, with what MidoNet's tunnels leave of the physical network's MTU. */
  UplinkNetworks(Mtus mtus, String tunnelProtocol) {
    ofUplinks = mtus.on(null);
    ofOthers = mtus.inTunnel(tunnelProtocol.equals("gre") ? Mtus.GRE : Mtus.VXLAN);
  }

  @Override
  public Set<ResourceType> types() {
    return Set.of(Networks.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    boolean isUplink =
        isUplink(ProviderSegment.asked(input).map(ProviderSegment::type).orElse(null));
    Resource.Builder prepared = input.toBuilder();
    ATTRIBUTES.forEach(attribute -> clear(prepared, attribute));
    if (isUplink) {
      prepared.set(Networks.NETWORK_TYPE, UPLINK);
    }
    return Mtus.settle(prepared.build(), isUplink ? ofUplinks : ofOthers);
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
    if (ATTRIBUTES.stream().anyMatch(changes::has) || changes.has(Networks.SEGMENTS)) {
      throw NeutronException.invalidInput("Plugin does not support updating provider attributes");
    }
    boolean isUplink = UPLINK.equals(current.find(Networks.NETWORK_TYPE));
    return changes.has(Networks.MTU)
        ? Mtus.settle(changes, isUplink ? ofUplinks : ofOthers)
        : changes;
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
