package org.midonet.neutron.subnet;

/**
 * Limits on subnets; immutable.
 *
 * @param maxDnsNameservers most name servers of a subnet ([DEFAULT] max_dns_nameservers)
 * @param maxHostRoutes most host routes of a subnet ([DEFAULT] max_subnet_host_routes)
 */
public record SubnetSettings(int maxDnsNameservers, int maxHostRoutes) {
  /** Neutron's defaults. */
  public static final SubnetSettings DEFAULT = new SubnetSettings(5, 20);
}
