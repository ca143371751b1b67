package org.midonet.agent.sim;

import org.jspecify.annotations.Nullable;

/**
 * What the simulation is told of the host. Immutable, safe to share.
 *
 * @param dhcpMtu octets, what DHCP offers where a subnet does not say (spec/midonet.md 5.8)
 * @param underlayMtu octets that fit into one packet of the overlay; DHCP offers no more
 * @param domain the domain name that DHCP offers, empty for none
 * @param metadata where requests for metadata go, null where machines are led to it otherwise
 * @param prober what probes members of pools here, null where nothing does
 */
public record SimulationSettings(
    int dhcpMtu,
    int underlayMtu,
    String domain,
    @Nullable MetadataProxy metadata,
    @Nullable HealthProber prober) {
  public static final SimulationSettings DEFAULT = new SimulationSettings(1500, 1500, "", null);

  public SimulationSettings(
      int dhcpMtu, int underlayMtu, String domain, @Nullable MetadataProxy metadata) {
    this(dhcpMtu, underlayMtu, domain, metadata, null);
  }

  public SimulationSettings withMetadata(MetadataProxy proxy) {
    return new SimulationSettings(dhcpMtu, underlayMtu, domain, proxy, prober);
  }

  public SimulationSettings withProber(HealthProber it) {
    return new SimulationSettings(dhcpMtu, underlayMtu, domain, metadata, it);
  }
}
