package org.midonet.neutron.config;

import static org.midonet.neutron.config.OptionTypes.choice;
import static org.midonet.neutron.config.OptionTypes.integer;
import static org.midonet.neutron.config.OptionTypes.path;
import static org.midonet.neutron.config.OptionTypes.secret;
import static org.midonet.neutron.config.OptionTypes.string;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The built-in MidoNet's agent on this host ({@code agent...} in {@code [MIDONET]}); immutable.
 *
 * @param mode whether {@code midonet run} has an agent
 * @param socket on which {@code mm-ctl} speaks to it
 * @param tunnelIp by which its peers reach it; empty to find one
 * @param external when this host is the gateway of external networks that have none
 * @param dhcpMtu what DHCP offers where a subnet does not say
 * @param novaMetadataUrl Nova's metadata service
 * @param metadataSecret shared with Nova
 */
public record HostAgentConfig(
    String mode,
    Path socket,
    Optional<String> tunnelIp,
    String external,
    int dhcpMtu,
    Optional<URI> novaMetadataUrl,
    Secret metadataSecret) {
  private static final String AUTO = "auto";
  private static final String ON = "on";
  private static final String OFF = "off";

  static final Option<String> MODE =
      Option.of(
          "MIDONET",
          "agent",
          choice(AUTO, OFF),
          AUTO,
          "Whether midonet run forwards packets on this host: auto where the user may (root) and "
              + "the kernel can (eBPF), or off. midonet agent always does.");

  static final Option<Path> SOCKET =
      Option.of(
          "MIDONET",
          "agent_socket",
          path(),
          Path.of("/var/run/midolman/midolman.sock"),
          "The unix socket on which mm-ctl speaks to the agent of this host.");

  static final Option<String> TUNNEL_IP =
      Option.of(
          "MIDONET",
          "agent_tunnel_ip",
          string(),
          null,
          "The IPv4 address by which the agents of other hosts reach this one. Without it that of "
              + "the default route.");

  static final Option<String> EXTERNAL =
      Option.of(
          "MIDONET",
          "agent_external",
          choice(AUTO, ON, OFF),
          AUTO,
          "Whether this host takes the gateway's address of external networks where nobody has it, "
              + "on an interface of its own, so that floating IPs can be reached from it: auto "
              + "while no other host is alive, on, or off. A subnet to which the host has a route "
              + "already is left alone.");

  static final Option<Integer> DHCP_MTU =
      Option.of(
          "MIDONET",
          "agent_dhcp_mtu",
          integer(68, 65_535),
          1500,
          "The MTU that DHCP offers where the subnet has none.");

  static final Option<String> NOVA_METADATA_URL =
      Option.of(
          "MIDONET",
          "nova_metadata_url",
          string(),
          null,
          "Nova's metadata service, such as http://nova:8775, to which the agent relays what "
              + "virtual machines ask of 169.254.169.254.");

  static final Option<Secret> METADATA_SECRET =
      Option.of(
          "MIDONET",
          "metadata_proxy_shared_secret",
          secret(),
          new Secret(""),
          "What signs the ids of virtual machines, the same as in [neutron] of nova.conf.");

  static final List<Option<?>> OPTIONS =
      List.of(MODE, SOCKET, TUNNEL_IP, EXTERNAL, DHCP_MTU, NOVA_METADATA_URL, METADATA_SECRET);

  static HostAgentConfig read(ConfigReader reader) {
    return new HostAgentConfig(
        reader.get(MODE),
        reader.get(SOCKET),
        tunnelIp(reader),
        reader.get(EXTERNAL),
        reader.get(DHCP_MTU),
        url(reader),
        reader.get(METADATA_SECRET));
  }

  private static Optional<String> tunnelIp(ConfigReader reader) {
    Optional<String> address = reader.find(TUNNEL_IP);
    if (address.isPresent() && !address.get().matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      reader.reject(TUNNEL_IP, "must be an IPv4 address");
    }
    return address;
  }

  private static Optional<URI> url(ConfigReader reader) {
    Optional<String> text = reader.find(NOVA_METADATA_URL);
    try {
      Optional<URI> url = text.map(URI::create);
      if (url.isPresent() && url.get().getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // As for a text without a host.
    }
    if (text.isPresent()) {
      reader.reject(NOVA_METADATA_URL, "must be a URL like http://nova:8775");
    }
    return Optional.empty();
  }

  /** Whether this host may be the gateway of external networks at all. */
  public boolean mayBeGateway() {
    return !external.equals(OFF);
  }

  /** Whether it may be only while no other host is alive. */
  public boolean isGatewayAlone() {
    return external.equals(AUTO);
  }

  /** Whether no agent is to run beside the API. */
  public boolean isOff() {
    return mode.equals(OFF);
  }
}
