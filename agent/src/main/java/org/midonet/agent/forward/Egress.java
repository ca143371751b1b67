package org.midonet.agent.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Actions;
import org.midonet.agent.sim.HealthProber;
import org.midonet.agent.sim.Output;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;

/**
 * Turns the ports by which packets leave the virtual network into what the datapath does: to a
 * device of this host, or to a peer by the overlay with the key of the port. Safe to share.
 */
final class Egress {
  private final UUID hostId;
  private final LocalPorts ports;
  private final int tunnelMtu;

  /**
   * @param tunnelMtu octets of IP that fit into a packet of the overlay
   */
  Egress(UUID hostId, LocalPorts ports, int tunnelMtu) {
    this.hostId = hostId;
    this.ports = ports;
    this.tunnelMtu = tunnelMtu;
  }

  /** Where a port is from here. */
  private record Way(Action action, int mtu) {}

  /**
   * What is done to packets that leave by some ports. Ports that are plugged nowhere get nothing.
   *
   * @param ingressMtu octets of IP that packets may have where they come from
   * @return null if the datapath cannot do it
   */
  @Nullable Actions actions(Topology topology, List<Output> outputs, int ingressMtu) {
    List<Action> actions = new ArrayList<>();
    int mtu = Integer.MAX_VALUE;
    for (Output output : outputs) {
      actions.addAll(output.actions());
      Way way = way(topology, output.port());
      if (way != null) {
        actions.add(way.action);
        mtu = Math.min(mtu, way.mtu);
      }
    }
    if (mtu < ingressMtu) {
      actions.add(0, new Action.CheckMtu(mtu));
    }
    try {
      return new Actions(actions);
    } catch (IllegalArgumentException e) {
      return null; // a check after an output
    }
  }

  /** What sends a packet by a port as it is, null if that is plugged nowhere. */
  @Nullable Actions to(Topology topology, UUID port) {
    Way way = way(topology, port);
    return way == null ? null : Actions.of(way.action);
  }

  private @Nullable Way way(Topology topology, UUID id) {
    LocalPorts.Attached local = ports.find(id);
    if (local != null) {
      return new Way(new Action.Output(local.number()), local.mtu());
    }
    UUID prober = HealthProber.hostOf(id);
    if (topology.has(ObjectType.HOST, prober)) {
      Ipv4Address there = Peers.address(topology, hostId, prober);
      return there == null ? null : new Way(new Action.Tunnel(there, HealthProber.KEY), tunnelMtu);
    }
    Port port = topology.find(ObjectType.PORT, id);
    UUID host = port == null ? null : port.hostId();
    if (port == null || host == null || host.equals(hostId) || !topology.isActive(id)) {
      return null;
    }
    Ipv4Address address = Peers.address(topology, hostId, host);
    return address == null
        ? null
        : new Way(new Action.Tunnel(address, (int) port.tunnelKey()), tunnelMtu);
  }
}
