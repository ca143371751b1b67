package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Media;
import org.midonet.packets.IpAddress;
import org.midonet.topology.IpAddrGroup;
import org.midonet.topology.IpAddrGroupBuilder;
import org.midonet.topology.IpAddrGroupMember;
import org.midonet.topology.ObjectType;
import org.midonet.topology.PortGroup;
import org.midonet.topology.PortGroupBuilder;

/** IP address groups and port groups as the API shows them; stateless. */
final class Groups {
  static final Resource<IpAddrGroup, IpAddrGroupBuilder> ADDRESSES =
      new Resource<>(
          ObjectType.IP_ADDR_GROUP,
          "/ip_addr_groups",
          List.of(Media.item("IpAddrGroup", 1)),
          List.of(Media.list("IpAddrGroup", 1)),
          new Shape<IpAddrGroup, IpAddrGroupBuilder>()
              .shown("id", (group, view) -> group.id().toString())
              .required("name", Kind.TEXT, IpAddrGroup::name, IpAddrGroupBuilder::name)
              .shown("ipAddrPorts", Groups::members)
              .field(
                  "inboundChainId",
                  Kind.ID,
                  IpAddrGroup::inboundChainId,
                  IpAddrGroupBuilder::inboundChainId)
              .field(
                  "outboundChainId",
                  Kind.ID,
                  IpAddrGroup::outboundChainId,
                  IpAddrGroupBuilder::outboundChainId)
              .shown("ruleIds", (group, view) -> List.of())
              .link("addrs", group -> "/ip_addr_groups/" + group.id() + "/ip_addrs"),
          new Resource.Builders<>(
              IpAddrGroupBuilder::builder,
              IpAddrGroupBuilder::builder,
              IpAddrGroupBuilder::id,
              IpAddrGroupBuilder::build));

  static final Resource<PortGroup, PortGroupBuilder> PORTS =
      Resource.of(
          ObjectType.PORT_GROUP,
          "/port_groups",
          "PortGroup",
          1,
          new Shape<PortGroup, PortGroupBuilder>()
              .shown("id", (group, view) -> group.id().toString())
              .field("tenantId", Kind.TEXT, PortGroup::tenantId, PortGroupBuilder::tenantId)
              .field("name", Kind.TEXT, PortGroup::name, PortGroupBuilder::name)
              .flag("stateful", PortGroup::stateful, PortGroupBuilder::stateful)
              .link("ports", group -> "/port_groups/" + group.id() + "/ports"),
          new Resource.Builders<>(
              PortGroupBuilder::builder,
              PortGroupBuilder::builder,
              PortGroupBuilder::id,
              PortGroupBuilder::build));

  private Groups() {}

  /** The addresses of a group, each with the ports on whose behalf it is there. */
  private static List<Map<String, @Nullable Object>> members(IpAddrGroup group, View view) {
    Map<IpAddress, List<String>> ports = new TreeMap<>();
    for (IpAddrGroupMember member : view.membersOf(group.id())) {
      List<String> ids = ports.computeIfAbsent(member.address(), address -> new ArrayList<>());
      if (member.portId() != null) {
        ids.add(member.portId().toString());
      }
    }
    return ports.entrySet().stream().map(Groups::member).toList();
  }

  private static Map<String, @Nullable Object> member(Map.Entry<IpAddress, List<String>> entry) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("ipAddress", entry.getKey().toString());
    json.put("portIds", entry.getValue());
    return json;
  }
}
