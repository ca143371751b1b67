package org.midonet.cluster.core;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Media;
import org.midonet.cluster.api.Violation;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;

/** Ports as the API shows them, those of bridges, of routers and of hardware VTEPs; stateless. */
final class Ports {
  private static final String VLAN = "vlanId";

  static final List<String> ITEM_TYPES =
      List.of(Media.item("Port", 4), Media.item("Port", 3), Media.JSON);
  static final List<String> LIST_TYPES =
      List.of(Media.list("Port", 4), Media.list("Port", 3), Media.JSON);

  static final Resource<Port, PortBuilder> RESOURCE =
      new Resource<>(
          ObjectType.PORT,
          "/ports",
          ITEM_TYPES,
          LIST_TYPES,
          shape(),
          new Resource.Builders<>(
              PortBuilder::builder, PortBuilder::builder, PortBuilder::id, PortBuilder::build));

  /** What a port belongs to, by the names on the wire. */
  enum Side {
    BRIDGE("Bridge"),
    ROUTER("Router"),
    VTEP("Vxlan");

    private final String wire;

    Side(String wire) {
      this.wire = wire;
    }

    static Side of(Port port) {
      if (port.routerId() != null) {
        return ROUTER;
      }
      return port.vtepId() == null ? BRIDGE : VTEP;
    }

    /** The side that a type names, the types of older versions included; null for none. */
    static @Nullable Side ofType(@Nullable Object type) {
      return switch (String.valueOf(type)) {
        case "Bridge", "ExteriorBridge", "InteriorBridge" -> BRIDGE;
        case "Router", "ExteriorRouter", "InteriorRouter" -> ROUTER;
        case "Vxlan" -> VTEP;
        default -> null;
      };
    }
  }

  private Ports() {}

  private static Shape<Port, PortBuilder> shape() {
    Shape<Port, PortBuilder> shape =
        new Shape<Port, PortBuilder>()
            .shown("type", (port, view) -> Side.of(port).wire)
            .shown("id", (port, view) -> port.id().toString())
            .field("adminStateUp", Kind.FLAG, true, Port::adminStateUp, PortBuilder::adminStateUp)
            .field("inboundFilterId", Kind.ID, Port::inboundFilterId, PortBuilder::inboundFilterId)
            .field(
                "outboundFilterId", Kind.ID, Port::outboundFilterId, PortBuilder::outboundFilterId)
            .shown("tunnelKey", (port, view) -> port.tunnelKey())
            .field("vifId", Kind.ID, Port::vifId, PortBuilder::vifId)
            .shown("hostId", (port, view) -> Kind.ID.show(port.hostId()))
            .shown("interfaceName", (port, view) -> port.interfaceName())
            .shown("peerId", (port, view) -> Kind.ID.show(port.peerId()));
    mirrors(shape, "inboundMirrorIds", Port::inboundMirrorIds, PortBuilder::inboundMirrorIds);
    mirrors(shape, "outboundMirrorIds", Port::outboundMirrorIds, PortBuilder::outboundMirrorIds);
    mirrors(
        shape,
        "postInFilterMirrorIds",
        Port::postInFilterMirrorIds,
        PortBuilder::postInFilterMirrorIds);
    mirrors(
        shape,
        "preOutFilterMirrorIds",
        Port::preOutFilterMirrorIds,
        PortBuilder::preOutFilterMirrorIds);
    return shape
        .shown("insertionIds", (port, view) -> view.insertionsOf(port.id()))
        .field("qosPolicyId", Kind.ID, Port::qosPolicyId, PortBuilder::qosPolicyId)
        .shown("active", (port, view) -> view.isActive(port.id()))
        .with(new SideFields())
        .shown("deviceId", (port, view) -> Kind.ID.show(device(port)))
        .shown("device", (port, view) -> view.links().to(devicePath(port)))
        .link("host", "/hosts", Port::hostId)
        .link("peer", "/ports", Port::peerId)
        .link("link", port -> below(port, "/link"))
        .link("portGroups", port -> below(port, "/port_groups"))
        .link("inboundFilter", "/chains", Port::inboundFilterId)
        .link("outboundFilter", "/chains", Port::outboundFilterId)
        .shown("hostInterfacePort", Ports::binding)
        .link("peeringTable", port -> below(port, "/peering_table"))
        .link("vtepBindings", port -> below(port, "/vtep_bindings"));
  }

  private static void mirrors(
      Shape<Port, PortBuilder> shape,
      String name,
      Function<Port, List<UUID>> get,
      BiConsumer<PortBuilder, List<UUID>> set) {
    shape.field(name, Kind.IDS, List.of(), get, set);
  }

  static @Nullable UUID device(Port port) {
    return port.routerId() == null ? port.bridgeId() : port.routerId();
  }

  private static String devicePath(Port port) {
    return (port.routerId() == null ? "/bridges/" : "/routers/") + device(port);
  }

  private static String below(Port port, String path) {
    return "/ports/" + port.id() + path;
  }

  private static @Nullable String binding(Port port, View view) {
    return port.hostId() == null
        ? null
        : view.links().to("/hosts/" + port.hostId() + "/ports/" + port.id());
  }

  /** The fields that only ports of one kind have; the builder knows its kind beforehand. */
  private static final class SideFields implements Field<Port, PortBuilder> {
    private final RouterPorts router = new RouterPorts();

    @Override
    public void show(Port port, View view, Map<String, @Nullable Object> json) {
      switch (Side.of(port)) {
        case BRIDGE -> json.put(VLAN, port.vlanId() == null ? 0 : port.vlanId());
        case ROUTER -> router.show(port, view, json);
        case VTEP -> json.put("vtepId", Kind.ID.show(port.vtepId()));
      }
    }

    @Override
    public void check(Map<String, @Nullable Object> json, List<Violation> violations) {
      router.check(json, violations);
      for (Check check : List.of(Check.min(0), Check.max(4095))) {
        String complaint = check.complaint(json.get(VLAN));
        if (complaint != null) {
          violations.add(new Violation(VLAN, complaint));
        }
      }
    }

    @Override
    public void fill(Map<String, @Nullable Object> json, PortBuilder builder) {
      if (builder.routerId() != null) {
        router.fill(json, builder);
      } else {
        int vlan = Kind.intOrZero(json.get(VLAN));
        builder.vlanId(vlan == 0 ? null : (Integer) vlan);
      }
    }
  }
}
