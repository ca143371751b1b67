package org.midonet.cluster.neutron;

import java.util.UUID;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/** A binding of a port to an interface, made by a PORTBINDING task. Immutable, safe to share. */
public record PortBinding(UUID id, UUID portId, UUID hostId, String interfaceName)
    implements NeutronModel {
  @Override
  public ObjectType<NeutronObject> type() {
    return ObjectType.PORT_BINDING;
  }
}
