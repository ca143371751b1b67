package org.midonet.agent;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.DatapathConfig;
import org.midonet.packets.Ipv4Address;

/**
 * How the agent of a host runs. Immutable, safe to share.
 *
 * @param folder where it keeps what must outlive it
 * @param socket on which {@code mm-ctl} speaks to it
 * @param host what Neutron calls the host in {@code binding:host_id}
 * @param underlay by which address its peers reach it; null to find one
 * @param domain the domain name that DHCP offers, empty for none
 * @param novaMetadata Nova's metadata service, null for none
 * @param metadataSecret shared with Nova
 */
public record AgentSettings(
    Path folder,
    Path socket,
    String host,
    @Nullable Ipv4Address underlay,
    DatapathConfig datapath,
    int dhcpMtu,
    String domain,
    @Nullable URI novaMetadata,
    String metadataSecret) {
  @Override
  public String toString() {
    return "AgentSettings[host=" + host + ", folder=" + folder + ", socket=" + socket + "]";
  }
}
