package org.midonet.cluster.translation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.topology.Host;
import org.midonet.topology.ObjectType;

/** Finds hosts by the names that Neutron has for them. Stateless. */
final class Hosts {
  private Hosts() {}

  /** Whether the port says both on which host and on which interface it is. */
  static boolean isBound(NeutronPort port) {
    return port.hostId() != null && !port.hostId().isEmpty() && interfaceName(port) != null;
  }

  /** The interface that the port is bound to, null if it does not say. */
  static @Nullable String interfaceName(NeutronPort port) {
    NeutronPort.BindingProfile profile = port.profile();
    String name = profile == null ? null : profile.interfaceName();
    return name == null || name.isEmpty() ? null : name;
  }

  /**
   * The host that the port names.
   *
   * @throws TranslationException if there is none, or more than one
   */
  static Host of(Draft draft, NeutronPort port) {
    String name = port.hostId() == null ? "" : port.hostId();
    List<Host> hosts =
        draft.list(ObjectType.HOST).stream().filter(host -> name.equals(host.name())).toList();
    if (hosts.isEmpty()) {
      throw TranslationException.notFound("Host", name);
    }
    if (hosts.size() > 1) {
      throw TranslationException.conflict("There are " + hosts.size() + " hosts named " + name);
    }
    return hosts.getFirst();
  }
}
