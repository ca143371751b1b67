package org.midonet.cluster.core;

import java.util.List;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Vtep;
import org.midonet.topology.VtepBuilder;

/** Hardware VTEPs as the API shows them; stateless. */
final class Vteps {
  static final Resource<Vtep, VtepBuilder> RESOURCE =
      Resource.of(
          ObjectType.VTEP,
          "/vteps",
          "VTEP",
          2,
          new Shape<Vtep, VtepBuilder>()
              .shown("id", (vtep, view) -> vtep.id().toString())
              .required(
                  "managementIp", Kind.IPV4_ONLY, Vtep::managementIp, VtepBuilder::managementIp)
              .field(
                  "managementPort",
                  Kind.INT,
                  6632,
                  Vtep::managementPort,
                  VtepBuilder::managementPort,
                  Check.min(1),
                  Check.max(65535))
              .field("tunnelZoneId", Kind.ID, Vtep::tunnelZoneId, VtepBuilder::tunnelZoneId)
              .shown("name", (vtep, view) -> vtep.name())
              .shown("description", (vtep, view) -> vtep.description())
              // Nothing connects to hardware VTEPs.
              .shown("connectionState", (vtep, view) -> "disconnected")
              .field(
                  "tunnelIpAddrs", Kind.IPV4S, List.of(), Vtep::tunnelIps, VtepBuilder::tunnelIps)
              .link("bindings", vtep -> "/vteps/" + vtep.id() + "/bindings")
              .link("ports", vtep -> "/vteps/" + vtep.id() + "/ports")
              .link("tunnelZone", "/tunnel_zones", Vtep::tunnelZoneId)
              .link(
                  "vtepBindingTemplate",
                  vtep -> "/vteps/" + vtep.id() + "/bindings/{portName}/{vlanId}"),
          new Resource.Builders<>(
              VtepBuilder::builder, VtepBuilder::builder, VtepBuilder::id, VtepBuilder::build));

  private Vteps() {}
}
