package org.midonet.cluster.core;

import java.util.List;
import org.midonet.topology.ObjectType;
import org.midonet.topology.TunnelType;
import org.midonet.topology.TunnelZone;
import org.midonet.topology.TunnelZoneBuilder;

/** Tunnel zones as the API shows them; stateless. */
final class TunnelZones {
  private static final Kind<TunnelType> TYPE = Kind.constant(TunnelType.class, Kind::lower);

  static final Resource<TunnelZone, TunnelZoneBuilder> RESOURCE =
      Resource.of(
          ObjectType.TUNNEL_ZONE,
          "/tunnel_zones",
          "TunnelZone",
          1,
          new Shape<TunnelZone, TunnelZoneBuilder>()
              .shown("id", (zone, view) -> zone.id().toString())
              .required("name", Kind.TEXT, TunnelZone::name, TunnelZoneBuilder::name)
              .required("type", TYPE, TunnelZone::tunnelType, TunnelZoneBuilder::tunnelType)
              .link("hosts", zone -> "/tunnel_zones/" + zone.id() + "/hosts")
              .shown(
                  "hostTemplate",
                  (zone, view) ->
                      view.links().to("/tunnel_zones/" + zone.id() + "/hosts/{hostId}")),
          new Resource.Builders<>(
              () -> TunnelZoneBuilder.builder().hosts(List.of()),
              TunnelZoneBuilder::builder,
              TunnelZoneBuilder::id,
              TunnelZoneBuilder::build));

  private TunnelZones() {}
}
