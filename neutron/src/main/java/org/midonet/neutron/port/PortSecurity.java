package org.midonet.neutron.port;

import java.util.List;
import java.util.Set;
import org.midonet.neutron.extension.Extension;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Converters;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/**
 * Extension {@code port-security}: whether anti-spoofing and security groups apply to a port.
 * Stateless.
 */
public final class PortSecurity implements Hook {
  /** Whether they apply; by default as the network says. */
  public static final Attribute<Boolean> ENABLED =
      Attribute.bool("port_security_enabled")
          .onCreate(Resource.UNSET)
          .onUpdate()
          .unwritten(true)
          .convert(Converters::toBoolean)
          .enforcePolicy()
          .filterable()
          .build();

  static final Extension EXTENSION =
      Extension.of("port-security")
          .adding(Networks.TYPE, Networks.PORT_SECURITY_ENABLED)
          .adding(Ports.TYPE, ENABLED);

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    return session.definition(Ports.TYPE).has(ENABLED)
        ? input.with(ENABLED, enabled(session, input))
        : input;
  }

  /**
   * Ports of the network's own services are trusted; asking for security groups asks for port
   * security.
   */
  private static boolean enabled(Session session, Resource input) {
    if (trusted(input)) {
      return false;
    }
    Boolean asked = input.find(ENABLED);
    if (asked != null) {
      return asked;
    }
    Resource network = session.row(Networks.TYPE, input.get(Ports.NETWORK_ID));
    boolean asksForGroups = input.raw("security_groups") instanceof List<?>;
    return (asksForGroups && hasAddress(network, input))
        || network.get(Networks.PORT_SECURITY_ENABLED, true);
  }

  private static boolean hasAddress(Resource network, Resource input) {
    return input.raw(Ports.FIXED_IPS) instanceof List<?> asked
        ? !asked.isEmpty()
        : !network.get(Networks.SUBNETS, List.of()).isEmpty();
  }

  /** Whether the port belongs to a network service, which filtering would break. */
  public static boolean trusted(Resource port) {
    return port.get(Ports.DEVICE_OWNER, "").startsWith("network:");
  }

  /** Whether filtering applies; true where the extension is not loaded. */
  public static boolean enabled(Resource port) {
    return port.get(ENABLED, true);
  }
}
