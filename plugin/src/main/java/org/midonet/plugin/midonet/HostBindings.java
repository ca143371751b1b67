package org.midonet.plugin.midonet;

import java.util.LinkedHashMap;
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
 *
 * <p>The profile is also where Nova keeps notes of its own, which stay untouched.
 */
final class HostBindings implements Hook {

  /** Whatever host it is on: MidoNet binds by the port's id, and filters by security groups. */
  static final PortBinder.Vif VIF = new PortBinder.Vif("midonet", Map.of("port_filter", true));

  private static final String INTERFACE = "interface_name";

  /** What Nova writes into profiles; a profile with any of these need not name a device. */
  private static final Set<String> OF_NOVA =
      Set.of(
          "allocation",
          "arq_uuid",
          "bound_drivers",
          "capabilities",
          "card_serial_number",
          "local_link_information",
          "migrating_to",
          "os_vif_delegation",
          "parent_name",
          "pci_slot",
          "pci_vendor_info",
          "pf_mac_address",
          "physical_network",
          "tag",
          "trusted",
          "vf_num",
          "vlan");

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    check(input.get(PortBindings.PROFILE, Map.of()), input.get(PortBindings.HOST_ID, ""));
    return plugged(input.toBuilder());
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    boolean asksForHost = changes.has(PortBindings.HOST_ID);
    boolean asksForProfile = changes.has(PortBindings.PROFILE);
    if (!asksForHost && !asksForProfile && !changes.has(PortBindings.VNIC_TYPE)) {
      return changes;
    }
    String host = (asksForHost ? changes : current).get(PortBindings.HOST_ID, "");
    Resource.Builder settled = changes.toBuilder();
    if (asksForProfile) {
      check(changes.get(PortBindings.PROFILE, Map.of()), host);
    } else if (host.isEmpty()) {
      settled.set(PortBindings.PROFILE, withoutDevice(current.get(PortBindings.PROFILE, Map.of())));
    }
    return plugged(settled);
  }

  private static Resource plugged(Resource.Builder settled) {
    return settled
        .set(PortBindings.VIF_TYPE, VIF.type())
        .set(PortBindings.VIF_DETAILS, VIF.details())
        .build();
  }

  /** A device of no host would bind nothing. */
  private static Map<String, Object> withoutDevice(Map<String, Object> profile) {
    Map<String, Object> rest = new LinkedHashMap<>(profile);
    rest.remove(INTERFACE);
    return rest;
  }

  private static void check(Map<String, Object> profile, String host) {
    boolean isNovas =
        !profile.containsKey(INTERFACE) && profile.keySet().stream().anyMatch(OF_NOVA::contains);
    if (profile.isEmpty() || isNovas) {
      return;
    }
    if (!(profile.get(INTERFACE) instanceof String name) || name.isEmpty()) {
      throw NeutronException.badResourceRequest(
          "port", "binding:profile has no interface_name, the device to bind the port to");
    }
    if (host.isEmpty()) {
      throw NeutronException.badResourceRequest(
          "port", "binding:profile needs binding:host_id, the host of the device " + name);
    }
  }
}
