package org.midonet.agent.inspect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.Input;
import org.midonet.agent.forward.Forwarding;
import org.midonet.agent.sim.HealthProber;
import org.midonet.agent.sim.MetadataProxy;
import org.midonet.agent.sim.NeutronNames;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.Host;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.TunnelZone;
import org.midonet.topology.TunnelZoneHost;

/**
 * What is behind the datapath's numbers, tunnel keys and addresses of hosts, at one moment. Not to
 * be shared between threads.
 */
final class Names {
  private final Topology topology;
  private final NeutronNames neutron;
  private final Forwarding forwarding;
  private final Map<Integer, String> devices;
  private @Nullable Map<Integer, UUID> byTunnelKey;
  private @Nullable Map<Ipv4Address, String> hosts;

  Names(Forwarding forwarding) {
    this.forwarding = forwarding;
    this.topology = forwarding.simulation().topology().topology();
    this.neutron = new NeutronNames(topology);
    this.devices = forwarding.devices();
  }

  /** By which port packets of a key come in; null where it is not known. */
  @Nullable UUID portOf(FlowKey key) {
    return switch (key.input()) {
      case Input.Port port -> portOf(port.number());
      case Input.Tunnel _ -> null;
    };
  }

  @Nullable UUID portOf(int number) {
    return forwarding.portOf(number);
  }

  /** To which port a peer sends with a tunnel key. */
  @Nullable UUID portOfTunnel(int key) {
    Map<Integer, UUID> known = byTunnelKey;
    if (known == null) {
      known = new HashMap<>();
      for (Port port : topology.list(ObjectType.PORT)) {
        if (port.tunnelKey() != 0) {
          known.put((int) port.tunnelKey(), port.id());
        }
      }
      byTunnelKey = known;
    }
    return known.get(key);
  }

  /** The host that has an address in a tunnel zone; else the address. */
  String host(Ipv4Address address) {
    Map<Ipv4Address, String> known = hosts;
    if (known == null) {
      known = new HashMap<>();
      for (TunnelZone zone : topology.list(ObjectType.TUNNEL_ZONE)) {
        for (TunnelZoneHost member : zone.hosts()) {
          Host host = topology.find(ObjectType.HOST, member.hostId());
          String name = host == null ? null : host.name();
          known.put(member.address(), name == null ? address.toString() : name);
        }
      }
      hosts = known;
    }
    return known.getOrDefault(address, address.toString());
  }

  /** The whole name of a port, as traces have it. */
  String port(UUID id) {
    return neutron.port(id);
  }

  /** A port's own name in Neutron, else its id; short enough for a column. */
  String brief(UUID id) {
    if (id.equals(MetadataProxy.PORT)) {
      return "metadata";
    }
    if (topology.has(ObjectType.HOST, HealthProber.hostOf(id))) {
      return "health monitor";
    }
    String name = name(ObjectType.NEUTRON_PORT, id);
    return name == null ? id.toString() : name;
  }

  /** The name of the network that a port is on, null if it is on none. */
  @Nullable String network(UUID port) {
    Port found = topology.find(ObjectType.PORT, port);
    UUID bridge = found == null ? null : found.bridgeId();
    return bridge == null
        ? null
        : Objects.requireNonNullElse(name(ObjectType.NEUTRON_NETWORK, bridge), bridge.toString());
  }

  private @Nullable String name(ObjectType<NeutronObject> type, UUID id) {
    NeutronObject object = topology.find(type, id);
    String name = object == null ? null : object.text("name");
    return name == null || name.isEmpty() ? null : name;
  }

  /** The addresses that Neutron gave the machine at a port. */
  List<String> addresses(UUID port) {
    NeutronObject neutronPort = topology.find(ObjectType.NEUTRON_PORT, port);
    return neutronPort != null && neutronPort.get("fixed_ips") instanceof List<?> all
        ? all.stream()
            .map(one -> one instanceof Map<?, ?> fixed ? fixed.get("ip_address") : null)
            .filter(Objects::nonNull)
            .map(Object::toString)
            .toList()
        : List.of();
  }

  @Nullable String device(int number) {
    return devices.get(number);
  }

  /** Whether a port goes by a text: its id, or its name in Neutron. */
  boolean isCalled(@Nullable UUID port, String text) {
    return port != null && (port.toString().equals(text) || brief(port).equals(text));
  }
}
