package org.midonet.neutron.port;

import java.util.LinkedHashMap;
import java.util.Map;
import org.midonet.neutron.resource.Resource;

/**
 * One of a port's bindings to hosts (alias binding-extended); immutable. At most one is active: a
 * migration makes a second one and activates it when the machine has moved.
 */
record Binding(
    String host, String vnicType, Map<String, Object> profile, PortBinder.Vif vif, boolean active) {

  /** The binding in the port's own row. */
  static Binding activeOf(Resource port) {
    return new Binding(
        port.get(PortBindings.HOST_ID, ""),
        port.get(PortBindings.VNIC_TYPE, "normal"),
        port.get(PortBindings.PROFILE, Map.of()),
        new PortBinder.Vif(
            port.get(PortBindings.VIF_TYPE, "unbound"),
            port.get(PortBindings.VIF_DETAILS, Map.of())),
        true);
  }

  Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("host", host);
    view.put("vif_type", vif.type());
    view.put("vif_details", vif.details());
    view.put("vnic_type", vnicType);
    view.put("profile", profile);
    view.put("status", active ? "ACTIVE" : "INACTIVE");
    return view;
  }
}
