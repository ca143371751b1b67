package org.midonet.neutron.agent;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;

/**
 * What DHCP and metadata agents ask of networks, subnets and ports; implementations are safe to
 * share between threads. Resources are JSON objects as the API shows them to an administrator.
 */
interface DhcpBackend {

  /** Lists the networks the agent on the host serves, after giving it those that nobody serves. */
  List<Map<String, @Nullable Object>> activeNetworks(
      RequestContext context, String host, boolean onlyDhcpSubnets);

  /** Returns a network with its subnets and ports, or null if it is gone. */
  @Nullable Map<String, @Nullable Object> network(
      RequestContext context, String networkId, boolean onlyDhcpSubnets);

  /** Makes a port of the DHCP service on the host; null if its network or subnet is gone. */
  @Nullable Map<String, @Nullable Object> createPort(
      RequestContext context, String host, Map<String, @Nullable Object> port);

  /** Changes a port of the DHCP service on the host; null if it is gone or another agent's. */
  @Nullable Map<String, @Nullable Object> updatePort(
      RequestContext context, String host, String portId, Map<String, @Nullable Object> changes);

  /** Removes the ports of a device on a network. */
  void releasePorts(RequestContext context, String networkId, String deviceId);

  /** Returns a port. */
  Map<String, @Nullable Object> port(RequestContext context, String portId);

  /** Lists ports that match, by the names and values of API filters. */
  List<Map<String, @Nullable Object>> ports(
      RequestContext context, Map<String, @Nullable Object> filters);

  /** Lists networks that match, with the given attributes or all. */
  List<Map<String, @Nullable Object>> networks(
      RequestContext context, Map<String, @Nullable Object> filters, @Nullable List<String> fields);

  /** Notes that the agent has leases ready for the ports. */
  void portsReady(RequestContext context, List<String> portIds);
}
