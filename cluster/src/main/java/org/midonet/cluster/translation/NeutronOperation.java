package org.midonet.cluster.translation;

import java.util.UUID;
import org.midonet.cluster.neutron.NeutronModel;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/** Something that happened in Neutron. Immutable, safe to share. */
public sealed interface NeutronOperation {
  /** An object came into being; for a router interface: it was added. */
  record Create(NeutronModel model) implements NeutronOperation {}

  /** An object has new values, all of them given; for a router interface: it was removed. */
  record Update(NeutronModel model) implements NeutronOperation {}

  /** An object is gone. It is no error if MidoNet never knew it. */
  record Delete(ObjectType<NeutronObject> type, UUID id) implements NeutronOperation {}
}
