package org.midonet.plugin.midonet;

import java.util.Map;
import java.util.Set;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.port.PortBinder;
import org.midonet.neutron.port.PortBindings;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;

/**
 * How a port is plugged: by MidoNet, and on the device that its profile names (spec sections 2.0.1
 * and 3.1.6). Stateless, safe to share between threads.
 */
final class HostBindings implements Hook {

  /** Whatever host it is on: MidoNet binds by the port's id, and filters by security groups. */
  static final PortBinder.Vif VIF = new PortBinder.Vif("midonet", Map.of("port_filter", true));

  private static final String INTERFACE = "interface_name";

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    String host = input.get(PortBindings.HOST_ID, "");
    Resource.Builder settled = input.toBuilder();
    settled.set(PortBindings.PROFILE, device(input.get(PortBindings.PROFILE, Map.of()), host));
    return plugged(settled);
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    boolean asksForHost = changes.has(PortBindings.HOST_ID);
    boolean asksForDevice = changes.has(PortBindings.PROFILE);
    if (!asksForHost && !asksForDevice && !changes.has(PortBindings.VNIC_TYPE)) {
      return changes;
    }
    String host = (asksForHost ? changes : current).get(PortBindings.HOST_ID, "");
    Resource.Builder settled = changes.toBuilder();
    if (asksForDevice) {
      settled.set(PortBindings.PROFILE, device(changes.get(PortBindings.PROFILE, Map.of()), host));
    } else if (host.isEmpty()) {
      settled.set(PortBindings.PROFILE, Map.of()); // a device of no host would bind nothing
    }
    return plugged(settled);
  }

  private static Resource plugged(Resource.Builder settled) {
    return settled
        .set(PortBindings.VNIC_TYPE, "normal")
        .set(PortBindings.VIF_TYPE, VIF.type())
        .set(PortBindings.VIF_DETAILS, VIF.details())
        .build();
  }

  /** What MidoNet needs of a profile: the name of the device on the host, or nothing. */
  private static Map<String, Object> device(Map<String, Object> profile, String host) {
    if (profile.isEmpty()) {
      return Map.of();
    }
    if (!(profile.get(INTERFACE) instanceof String name) || name.isEmpty()) {
      throw NeutronException.badResourceRequest(
          "port", "binding:profile has no interface_name, the device to bind the port to");
    }
    if (host.isEmpty()) {
      throw NeutronException.badResourceRequest(
          "port", "binding:profile needs binding:host_id, the host of the device " + name);
    }
    return Map.of(INTERFACE, name);
  }
}
