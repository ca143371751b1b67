package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hosts that can reach each other by an underlay. Immutable, safe to share. */
@RecordBuilder
public record TunnelZone(
    UUID id, @Nullable String name, TunnelType tunnelType, List<TunnelZoneHost> hosts)
    implements TopologyObject, TunnelZoneBuilder.With {
  public TunnelZone {
    hosts = Values.list(hosts);
  }

  @Override
  public ObjectType<TunnelZone> type() {
    return ObjectType.TUNNEL_ZONE;
  }

  /** The ids of its hosts. */
  public List<UUID> hostIds() {
    return hosts.stream().map(TunnelZoneHost::hostId).toList();
  }

  /** The zone with those of its hosts alone that are listed. */
  TunnelZone withHostIds(List<UUID> ids) {
    return withHosts(hosts.stream().filter(host -> ids.contains(host.hostId())).toList());
  }
}
