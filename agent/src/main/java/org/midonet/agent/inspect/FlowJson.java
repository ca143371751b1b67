package org.midonet.agent.inspect;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Flow;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.Input;
import org.midonet.packets.IpAddress;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A flow for programs. Not to be shared between threads. */
final class FlowJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Names names;

  FlowJson(Names names) {
    this.names = names;
  }

  ObjectNode flow(FlowTable.Seen seen) {
    Flow flow = seen.flow();
    ObjectNode node = JSON.createObjectNode();
    node.set("from", from(flow.key().input()));
    node.set("match", match(flow.key()));
    ArrayNode actions = node.putArray("actions");
    flow.actions().list().forEach(action -> actions.add(action(action)));
    return node.put("drop", flow.actions().isDrop())
        .put("packets", seen.statistics().packets())
        .put("octets", seen.statistics().bytes())
        .put("age", tenths(seen.ageNanos()))
        .put("idle", tenths(seen.statistics().idleNanos()));
  }

  private static double tenths(long nanos) {
    return Math.round(nanos / 1e8) / 10.0;
  }

  ObjectNode from(Input input) {
    return switch (input) {
      case Input.Port port -> port(names.portOf(port.number()), names.device(port.number()));
      case Input.Tunnel tunnel ->
          port(names.portOfTunnel(tunnel.key()), null).put("tunnel_key", tunnel.key());
    };
  }

  /** A port, as far as it is known. */
  ObjectNode port(@Nullable UUID id, @Nullable String device) {
    ObjectNode node = JSON.createObjectNode();
    if (id != null) {
      node.put("port", id.toString()).put("name", names.brief(id));
      node.put("network", names.network(id));
      ArrayNode addresses = node.putArray("addresses");
      names.addresses(id).forEach(addresses::add);
    }
    return device == null ? node : node.put("device", device);
  }

  /** What packets of a key have in common. */
  static ObjectNode match(FlowKey key) {
    ObjectNode node = JSON.createObjectNode();
    if (key.input() instanceof Input.Tunnel) {
      return node;
    }
    node.put("mac_source", key.source().toString())
        .put("mac_destination", key.destination().toString())
        .put("ether_type", key.etherType());
    if (key.vlan() != 0) {
      node.put("vlan", key.vlanId());
    }
    IpAddress from = key.ipSource();
    IpAddress to = key.ipDestination();
    if (from != null && to != null) {
      node.put("source", from.toString())
          .put("destination", to.toString())
          .put("protocol", key.protocol())
          .put("traffic_class", key.trafficClass())
          .put("fragment", key.fragment().name())
          .put("source_port", key.sourcePort())
          .put("destination_port", key.destinationPort());
    }
    return node;
  }

  private ObjectNode action(Action action) {
    ObjectNode node = JSON.createObjectNode();
    return switch (action) {
      case Action.SetEther it ->
          node.put("action", "set_mac")
              .put("source", it.source().toString())
              .put("destination", it.destination().toString());
      case Action.SetVlan it -> node.put("action", "set_vlan").put("id", it.id());
      case Action.PopVlan _ -> node.put("action", "pop_vlan");
      case Action.SetIp it ->
          node.put("action", "set_ip")
              .put("source", it.source().toString())
              .put("destination", it.destination().toString());
      case Action.SetPorts it ->
          node.put("action", "set_ports")
              .put("source", it.source())
              .put("destination", it.destination());
      case Action.SetIcmpId it -> node.put("action", "set_icmp_id").put("id", it.id());
      case Action.SetDscp it -> node.put("action", "set_dscp").put("dscp", it.dscp());
      case Action.DecrementTtl it -> node.put("action", "decrement_ttl").put("by", it.by());
      case Action.CheckMtu it -> node.put("action", "check_mtu").put("mtu", it.mtu());
      case Action.Output it -> {
        node.put("action", "output");
        yield node.setAll(port(names.portOf(it.port()), names.device(it.port())));
      }
      case Action.Tunnel it -> {
        node.put("action", "tunnel")
            .put("host", names.host(it.remote()))
            .put("remote", it.remote().toString())
            .put("tunnel_key", it.key());
        yield node.setAll(port(names.portOfTunnel(it.key()), null));
      }
    };
  }
}
