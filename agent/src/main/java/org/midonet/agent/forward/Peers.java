package org.midonet.agent.forward;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortGroup;
import org.midonet.topology.References;
import org.midonet.topology.TunnelType;
import org.midonet.topology.TunnelZone;
import org.midonet.topology.TunnelZoneHost;

/** The other hosts, and where they are reached. Stateless. */
final class Peers {
  private Peers() {}

  /** The address of another host in a tunnel zone that both are in, null if there is none. */
  static @Nullable Ipv4Address address(Topology topology, UUID self, UUID other) {
    for (TunnelZone zone : topology.list(ObjectType.TUNNEL_ZONE)) {
      if (zone.tunnelType() != TunnelType.VTEP) {
        Ipv4Address there = null;
        boolean isMember = false;
        for (TunnelZoneHost host : zone.hosts()) {
          if (host.hostId().equals(other)) {
            there = host.address();
          }
          isMember |= host.hostId().equals(self);
        }
        if (isMember && there != null) {
          return there;
        }
      }
    }
    return null;
  }

  /**
   * The hosts that may see packets of the way back: those of the ports themselves and of all ports
   * that share a stateful group with one of them (spec/midonet.md 1.5). The host itself is not
   * among them.
   */
  static Set<UUID> ofWayBack(Topology topology, UUID self, Collection<UUID> ports) {
    Set<UUID> hosts = new LinkedHashSet<>();
    for (UUID id : ports) {
      withCompanions(topology, id).forEach(port -> addHost(port, hosts));
    }
    hosts.remove(self);
    return hosts;
  }

  /** A port, and those that share a stateful group with it: connections may move among them. */
  static List<Port> withCompanions(Topology topology, UUID id) {
    Port port = topology.find(ObjectType.PORT, id);
    if (port == null) {
      return List.of();
    }
    List<Port> ports = new ArrayList<>(List.of(port));
    for (UUID groupId : port.portGroupIds()) {
      PortGroup group = topology.find(ObjectType.PORT_GROUP, groupId);
      if (group != null && group.stateful()) {
        ports.addAll(topology.related(References.PORT_GROUP_PORTS, groupId, ObjectType.PORT));
      }
    }
    return ports;
  }

  private static void addHost(Port port, Set<UUID> hosts) {
    UUID host = port.hostId();
    if (host != null) {
      hosts.add(host);
    }
  }
}
