package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.midonet.cluster.neutron.AgentMembership;
import org.midonet.cluster.neutron.NeutronConfig;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TunnelZone;
import org.midonet.topology.TunnelZoneBuilder;
import org.midonet.topology.TunnelZoneHost;

/** Neutron's own tunnel zone and the hosts in it. Stateless. midonet.md part 3. */
final class TunnelZones {
  private static final String NAME = "DEFAULT";

  private TunnelZones() {}

  static void create(Draft draft, NeutronConfig config) {
    draft.createIfAbsent(
        TunnelZoneBuilder.builder()
            .id(config.id())
            .name(NAME)
            .tunnelType(config.tunnelProtocol())
            .build());
  }

  static void join(Draft draft, AgentMembership membership) {
    Collection<NeutronObject> configs = draft.list(ObjectType.NEUTRON_CONFIG);
    if (configs.size() != 1) {
      throw TranslationException.conflict(
          "There must be one CONFIG before hosts can join its tunnel zone, not " + configs.size());
    }
    UUID zone = configs.iterator().next().id();
    TunnelZone present = draft.get(ObjectType.TUNNEL_ZONE, zone);
    List<TunnelZoneHost> hosts = without(present, membership.id());
    hosts.add(new TunnelZoneHost(membership.id(), membership.ipAddress()));
    draft.update(present.withHosts(hosts));
  }

  static void leave(Draft draft, AgentMembership membership) {
    for (NeutronObject config : List.copyOf(draft.list(ObjectType.NEUTRON_CONFIG))) {
      TunnelZone zone = draft.find(ObjectType.TUNNEL_ZONE, config.id());
      if (zone != null) {
        draft.update(zone.withHosts(without(zone, membership.id())));
      }
    }
  }

  private static List<TunnelZoneHost> without(TunnelZone zone, UUID host) {
    List<TunnelZoneHost> hosts = new ArrayList<>(zone.hosts());
    hosts.removeIf(other -> other.hostId().equals(host));
    return hosts;
  }
}
