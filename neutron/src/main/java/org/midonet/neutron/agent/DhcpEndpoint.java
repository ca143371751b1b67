package org.midonet.neutron.agent;

import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.rpc.RpcArgs;
import org.midonet.neutron.rpc.RpcEndpoint;

/**
 * Answers DHCP and metadata agents (topic {@code q-plugin}); safe to share between threads.
 *
 * <p>The interface is that of Neutron's Zed release: DHCP 1.10, metadata 1.0.
 */
final class DhcpEndpoint {
  static final String TOPIC = "q-plugin";

  private final DhcpBackend backend;

  DhcpEndpoint(DhcpBackend backend) {
    this.backend = backend;
  }

  RpcEndpoint dhcp() {
    return RpcEndpoint.version("1.10")
        .method("get_active_networks_info", this::activeNetworks)
        .method("get_network_info", this::network)
        .method("create_dhcp_port", this::createPort)
        .method("update_dhcp_port", this::updatePort)
        .method("release_dhcp_port", this::releasePort)
        .method("get_dhcp_port", (context, args) -> backend.port(context, args.string("port_id")))
        .method("dhcp_ready_on_ports", this::portsReady)
        .method("get_networks", this::networks)
        .build();
  }

  RpcEndpoint metadata() {
    return RpcEndpoint.version("1.0")
        .method("get_ports", (context, args) -> backend.ports(context, args.optionalMap("filters")))
        .build();
  }

  private Object activeNetworks(RequestContext context, RpcArgs args) {
    return backend.activeNetworks(
        context, args.string("host"), args.bool("enable_dhcp_filter", true));
  }

  private @Nullable Object network(RequestContext context, RpcArgs args) {
    return backend.network(context, args.string("network_id"), true);
  }

  private @Nullable Object createPort(RequestContext context, RpcArgs args) {
    RpcArgs port = new RpcArgs(args.map("port"));
    return backend.createPort(context, args.string("host"), port.map("port"));
  }

  private @Nullable Object updatePort(RequestContext context, RpcArgs args) {
    RpcArgs port = new RpcArgs(args.map("port"));
    return backend.updatePort(
        context, args.string("host"), args.string("port_id"), port.map("port"));
  }

  private @Nullable Object releasePort(RequestContext context, RpcArgs args) {
    backend.releasePorts(context, args.string("network_id"), args.string("device_id"));
    return null;
  }

  private @Nullable Object portsReady(RequestContext context, RpcArgs args) {
    backend.portsReady(context, args.strings("port_ids"));
    return null;
  }

  private Object networks(RequestContext context, RpcArgs args) {
    return backend.networks(context, args.optionalMap("filters"), args.optionalStrings("fields"));
  }
}
