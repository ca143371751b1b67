package org.midonet.agent.sim;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.Bridge;
import org.midonet.topology.Port;

/**
 * A bridge prepared for many packets. Immutable, safe to share.
 *
 * @param floods the ports that a flood may reach: exterior ones, those that carry VLANs and those
 *     that lead to other bridges
 * @param vlanPorts the interior ports that carry a VLAN, by VLAN
 * @param owners by MAC the ports that lead to router ports
 * @param routerAddresses the MACs of the routers' addresses on this bridge
 * @param machines the MACs of the IPv6 addresses that machines on this bridge were given
 * @param macs the table of untagged MACs
 * @param arps the table of neighbours
 */
record BridgeDevice(
    Bridge bridge,
    List<Port> floods,
    Map<Integer, UUID> vlanPorts,
    Map<Mac, UUID> owners,
    Map<IpAddress, Mac> routerAddresses,
    Map<IpAddress, Mac> machines,
    List<TraceMatch> traces,
    StateTable<Mac, UUID> macs,
    StateTable<Ipv4Address, Mac> arps) {
  BridgeDevice {
    floods = List.copyOf(floods);
    vlanPorts = Map.copyOf(vlanPorts);
    owners = Map.copyOf(owners);
    routerAddresses = Map.copyOf(routerAddresses);
    machines = Map.copyOf(machines);
    traces = List.copyOf(traces);
  }

  UUID id() {
    return bridge.id();
  }

  /** Where MACs are, as all hosts know it. */
  StateTable<Mac, UUID> macs(int vlan) {
    return vlan == 0 ? macs : StateTable.macs(bridge.id(), vlan);
  }

  /** Whether VLANs are told apart here. */
  boolean isVlanAware() {
    return !vlanPorts.isEmpty();
  }
}
