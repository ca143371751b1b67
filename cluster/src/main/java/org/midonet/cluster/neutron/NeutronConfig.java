package org.midonet.cluster.neutron;

import java.util.UUID;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TunnelType;

/**
 * How Neutron's hosts tunnel, from a CONFIG task. Immutable, safe to share.
 *
 * @param id that of the tunnel zone DEFAULT
 */
public record NeutronConfig(UUID id, TunnelType tunnelProtocol) implements NeutronModel {
  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.NEUTRON_CONFIG;
  }
}
