package org.midonet.neutron.autoallocate;

import java.util.List;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;

/**
 * What auto-allocation needs of routers. Implementations are stateless and shared between threads.
 */
public interface Uplink {
  /**
   * Makes a router that is up, has the external network as gateway and an interface on each of the
   * subnets.
   *
   * @return the router's identifier
   */
  String connect(
      Session session,
      String projectId,
      String name,
      String externalNetworkId,
      List<Resource> subnets);

  /** Removes the router and its interfaces; what is gone already is passed over. */
  void disconnect(Session session, String routerId, List<Resource> subnets);
}
