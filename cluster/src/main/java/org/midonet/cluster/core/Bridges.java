package org.midonet.cluster.core;

import java.util.List;
import org.midonet.cluster.api.Media;
import org.midonet.topology.Bridge;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;

/** Bridges as the API shows them; stateless. */
final class Bridges {
  static final Resource<Bridge, BridgeBuilder> RESOURCE =
      new Resource<>(
          ObjectType.BRIDGE,
          "/bridges",
          List.of(Media.item("Bridge", 5), Media.item("Bridge", 4), Media.JSON),
          List.of(Media.list("Bridge", 5), Media.list("Bridge", 4), Media.JSON),
          shape(),
          new Resource.Builders<>(
              BridgeBuilder::builder,
              BridgeBuilder::builder,
              BridgeBuilder::id,
              BridgeBuilder::build));

  private Bridges() {}

  private static Shape<Bridge, BridgeBuilder> shape() {
    return new Shape<Bridge, BridgeBuilder>()
        .shown("id", (bridge, view) -> bridge.id().toString())
        .field("tenantId", Kind.TEXT, Bridge::tenantId, BridgeBuilder::tenantId)
        .field("name", Kind.TEXT, Bridge::name, BridgeBuilder::name)
        .field("adminStateUp", Kind.FLAG, true, Bridge::adminStateUp, BridgeBuilder::adminStateUp)
        .field("inboundFilterId", Kind.ID, Bridge::inboundFilterId, BridgeBuilder::inboundFilterId)
        .field(
            "outboundFilterId", Kind.ID, Bridge::outboundFilterId, BridgeBuilder::outboundFilterId)
        .shown("vxLanPortIds", Bridges::vxLanPorts)
        .field(
            "inboundMirrorIds",
            Kind.IDS,
            List.of(),
            Bridge::inboundMirrorIds,
            BridgeBuilder::inboundMirrorIds)
        .field(
            "outboundMirrorIds",
            Kind.IDS,
            List.of(),
            Bridge::outboundMirrorIds,
            BridgeBuilder::outboundMirrorIds)
        .field("qosPolicyId", Kind.ID, Bridge::qosPolicyId, BridgeBuilder::qosPolicyId)
        .link("ports", bridge -> below(bridge, "/ports"))
        .link("inboundFilter", "/chains", Bridge::inboundFilterId)
        .link("outboundFilter", "/chains", Bridge::outboundFilterId)
        .link("peerPorts", bridge -> below(bridge, "/peer_ports"))
        .link("vxLanPorts", bridge -> below(bridge, "/vxlan_ports"))
        .link("macTable", bridge -> below(bridge, "/mac_table"))
        .link("arpTable", bridge -> below(bridge, "/arp_table"))
        .link("dhcpSubnets", bridge -> below(bridge, "/dhcp"))
        .link("dhcpSubnet6s", bridge -> below(bridge, "/dhcpV6"))
        .link("vlanMacTableTemplate", bridge -> below(bridge, "/vlans/{vlanId}/mac_table"))
        .link("macPortTemplate", bridge -> below(bridge, "/mac_table/{macAddress}_{portId}"))
        .link(
            "vlanMacPortTemplate",
            bridge -> below(bridge, "/vlans/{vlanId}/mac_table/{macAddress}_{portId}"));
  }

  private static String below(Bridge bridge, String path) {
    return "/bridges/" + bridge.id() + path;
  }

  private static List<String> vxLanPorts(Bridge bridge, View view) {
    return view.portsOfBridge(bridge.id()).stream()
        .filter(port -> port.vtepId() != null)
        .map(Port::id)
        .map(Object::toString)
        .toList();
  }
}
