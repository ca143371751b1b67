package org.midonet.neutron.port;

import org.midonet.packets.Mac;

/**
 * The options of [DEFAULT] that are about ports; immutable.
 *
 * @param baseMac base_mac
 * @param macAttempts mac_generation_retries
 * @param maxFixedIps max_fixed_ips_per_port
 * @param maxAllowedAddressPairs max_allowed_address_pair
 * @param dnsDomain dns_domain
 */
public record PortSettings(
    Mac baseMac, int macAttempts, int maxFixedIps, int maxAllowedAddressPairs, String dnsDomain) {

  /** The defaults of Neutron. */
  public static final PortSettings DEFAULTS =
      new PortSettings(Mac.parse("fa:16:3e:00:00:00"), 16, 5, 10, "openstacklocal");
}
