package org.midonet.plugin.client.builtin.hosts;

import java.util.Set;
import java.util.UUID;
import org.midonet.neutron.port.Ports;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.nsdb.Topology;
import org.midonet.plugin.client.builtin.BuiltInMidonet;
import org.midonet.topology.ObjectType;

/**
 * The status of ports that are not plugged yet: DOWN where hosts are there to forward for them, as
 * Nova waits for those alone that are not ACTIVE. Without hosts ports are ACTIVE from the first.
 * Safe to share between threads.
 *
 * <p>What Neutron itself puts on networks (routers' and DHCP ports) is plugged nowhere, and ACTIVE.
 */
final class PlannedStatus implements Hook {
  static final String ACTIVE = "ACTIVE";
  static final String DOWN = "DOWN";
  private static final String OF_NEUTRON = "network:";

  private final BuiltInMidonet midonet;
  private final boolean mixed;

  PlannedStatus(BuiltInMidonet midonet, boolean mixed) {
    this.midonet = midonet;
    this.mixed = mixed;
  }

  /** Whether a port is ACTIVE by the word of a host. */
  static boolean isPlugged(Resource port) {
    return !port.get(Ports.DEVICE_OWNER, "").startsWith(OF_NEUTRON);
  }

  @Override
  public Set<ResourceType> types() {
    return Set.of(Ports.TYPE);
  }

  @Override
  public Resource creating(Session session, Resource input) {
    boolean waits = !input.has(Standard.STATUS) && isPlugged(input) && isServed(input);
    return waits ? input.with(Standard.STATUS, DOWN) : input;
  }

  @Override
  public Resource updating(Session session, Resource current, Resource changes) {
    if (!changes.has(Ports.DEVICE_OWNER)) {
      return changes;
    }
    boolean was = isPlugged(current);
    boolean is = isPlugged(current.merge(changes));
    String status = current.get(Standard.STATUS, "");
    if (was && !is && status.equals(DOWN)) {
      return changes.with(Standard.STATUS, ACTIVE);
    }
    return !was && is && status.equals(ACTIVE) && isServed(current)
        ? changes.with(Standard.STATUS, DOWN)
        : changes;
  }

  private boolean isServed(Resource port) {
    Topology topology = midonet.nsdb().topology();
    boolean hasHosts =
        topology.list(ObjectType.HOST).stream().anyMatch(host -> topology.isAlive(host.id()));
    return hasHosts && (!mixed || isMidonets(topology, port.get(Ports.NETWORK_ID)));
  }

  private static boolean isMidonets(Topology topology, String network) {
    return topology.has(ObjectType.BRIDGE, UUID.fromString(network));
  }
}
