package org.midonet.agent.forward;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.FlowTag;
import org.midonet.agent.sim.Tag;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortGroup;
import org.midonet.topology.References;
import org.midonet.topology.TopologyObject;
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

  /** The ports that are reached otherwise since tunnel zones changed, for the flows by them. */
  static Set<FlowTag> reachedOtherwise(List<Change> changes, Topology now, UUID self) {
    Set<UUID> hosts = new LinkedHashSet<>();
    for (Change change : changes) {
      if (change instanceof Change.OfObject object && object.type() == ObjectType.TUNNEL_ZONE) {
        hosts.addAll(moved(members(object.before()), members(object.after()), self));
      }
    }
    Set<FlowTag> tags = new LinkedHashSet<>();
    for (UUID host : hosts) {
      for (Port port : now.related(References.HOST_PORTS, host, ObjectType.PORT)) {
        tags.add(new Tag.OfPort(port.id()));
      }
    }
    return tags;
  }

  private static Map<UUID, Ipv4Address> members(@Nullable TopologyObject object) {
    Map<UUID, Ipv4Address> members = new LinkedHashMap<>();
    if (object instanceof TunnelZone zone) {
      zone.hosts().forEach(host -> members.put(host.hostId(), host.address()));
    }
    return members;
  }

  /** All of them where this host came or went. */
  private static Set<UUID> moved(
      Map<UUID, Ipv4Address> before, Map<UUID, Ipv4Address> after, UUID self) {
    Set<UUID> all = new LinkedHashSet<>(before.keySet());
    all.addAll(after.keySet());
    if (before.containsKey(self) == after.containsKey(self)) {
      all.removeIf(host -> Objects.equals(before.get(host), after.get(host)));
    }
    return all;
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
