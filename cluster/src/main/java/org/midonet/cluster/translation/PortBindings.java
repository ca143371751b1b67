package org.midonet.cluster.translation;

import org.midonet.cluster.neutron.PortBinding;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;

/** Binds a port to an interface of a host, as a task says. Stateless. midonet.md part 3. */
final class PortBindings {
  private PortBindings() {}

  static void create(Draft draft, PortBinding binding) {
    Port port = draft.get(ObjectType.PORT, binding.portId());
    if (port.hostId() != null) {
      throw TranslationException.conflict(
          "Port " + port.id() + " is bound to host " + port.hostId() + " already");
    }
    draft.require(ObjectType.HOST, binding.hostId());
    draft.update(port.withHostId(binding.hostId()).withInterfaceName(binding.interfaceName()));
  }

  /** A port that is bound elsewhere by now stays there. */
  static void delete(Draft draft, PortBinding binding) {
    Port port = draft.find(ObjectType.PORT, binding.portId());
    if (port != null && binding.hostId().equals(port.hostId())) {
      draft.update(port.withHostId(null).withInterfaceName(null));
    }
  }
}
