package org.midonet.neutron.port;

import java.util.Map;
import org.midonet.neutron.resource.Resource;

/**
 * The core plugin's word on how a port is plugged on a host. Implementations are stateless and
 * shared between threads.
 */
@FunctionalInterface
public interface PortBinder {
  /** How nothing is plugged. */
  Vif UNBOUND = new Vif("unbound", Map.of());

  /** The type of what cannot be plugged, since its network is not the plugin's to build. */
  String FAILED = "binding_failed";

  /**
   * How a port is plugged.
   *
   * @param type the {@code binding:vif_type} Nova acts on
   * @param details the {@code binding:vif_details}
   */
  record Vif(String type, Map<String, Object> details) {}

  /**
   * How the port is plugged on a host.
   *
   * @param port the port
   * @param host the host's name, never empty
   * @param vnicType the {@code binding:vnic_type}
   */
  Vif bind(Resource port, String host, String vnicType);
}
