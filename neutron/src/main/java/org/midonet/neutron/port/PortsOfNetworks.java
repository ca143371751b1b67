package org.midonet.neutron.port;

import java.util.List;
import java.util.Set;
import org.jooq.Condition;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;

/** What the ports on a network forbid to do with it; stateless. */
final class PortsOfNetworks implements Hook {
  /** Owners of ports that go with their network. */
  private static final Set<String> AUTO_DELETED = Set.of("network:dhcp", "network:distributed");

  @Override
  public Set<ResourceType> types() {
    return Set.of(Networks.TYPE);
  }

  /**
   * Others keep what they have: a network in use by another project cannot be taken back, nor one
   * with gateways.
   */
  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    if (current.get(Networks.SHARED, false) && !changes.get(Networks.SHARED, true)) {
      refuseIfUsedByOthers(session, current);
    }
    if (current.get(Networks.EXTERNAL, false)
        && !changes.get(Networks.EXTERNAL, true)
        && session
            .tables()
            .exists(Ports.TYPE, on(current).and(owner().eq("network:router_gateway")))) {
      throw NeutronException.conflict(
          "ExternalNetworkInUse",
          "External network "
              + current.id()
              + " cannot be updated to be made non-external, since it has existing gateway ports.");
    }
    return changes;
  }

  private static void refuseIfUsedByOthers(Session session, Resource network) {
    Condition foreign =
        on(network)
            .and(Tables.text(Standard.PROJECT_ID).notIn(network.projectId(), ""))
            .and(owner().notIn("network:router_gateway", "network:floatingip", "network:dhcp"));
    if (session.tables().exists(Ports.TYPE, foreign)) {
      throw NeutronException.conflict(
          "InvalidSharedSetting",
          "Unable to reconfigure sharing settings for network "
              + network.id()
              + ". Multiple tenants are using it.");
    }
  }

  @Override
  public void deleting(Session session, Resource network) {
    List<Resource> ports = session.tables().list(Ports.TYPE, on(network));
    List<String> blocking =
        ports.stream()
            .filter(p -> !AUTO_DELETED.contains(p.get(Ports.DEVICE_OWNER, "")))
            .map(Resource::id)
            .toList();
    if (!blocking.isEmpty()) {
      throw NeutronException.conflict(
          "NetworkInUse",
          "Unable to complete operation on network "
              + network.id()
              + ". There are one or more ports still in use on the network, id for these ports is: "
              + String.join(",", blocking)
              + ".");
    }
    session.view(Ports.TYPE, ports).forEach(port -> session.elevated().delete(port));
  }

  private static Condition on(Resource network) {
    return Tables.text(Ports.NETWORK_ID).eq(network.id());
  }

  private static org.jooq.Field<String> owner() {
    return Tables.text(Ports.DEVICE_OWNER);
  }
}
