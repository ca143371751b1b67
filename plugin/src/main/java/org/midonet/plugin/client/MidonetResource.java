package org.midonet.plugin.client;

/**
 * The kinds of Neutron resource that MidoNet is told about. Immutable, safe to share between
 * threads.
 *
 * <p>Media types are those of spec section 2.1, without prefix and version.
 */
public enum MidonetResource {
  NETWORK("network", "Network"),
  SUBNET("subnet", "Subnet"),
  PORT("port", "Port"),
  ROUTER("router", "Router"),
  FLOATING_IP("floating_ip", "FloatingIp"),
  SECURITY_GROUP("security_group", "SecurityGroup"),
  SECURITY_GROUP_RULE("security_group_rule", "SecurityGroupRule"),
  FIREWALL("firewall", "Firewall"),
  POOL("pool", "lb.Pool"),
  VIP("vip", "lb.Vip"),
  MEMBER("member", "lb.PoolMember"),
  /** Told only while it watches a pool. */
  HEALTH_MONITOR("health_monitor", "lb.HealthMonitor"),
  /** A host in the tunnel zone; MidoNet's REST API knows hosts otherwise and is not told. */
  AGENT_MEMBERSHIP("agent_membership", "AgentMembership");

  private final String singular;
  private final String mediaName;

  MidonetResource(String singular, String mediaName) {
    this.singular = singular;
    this.mediaName = mediaName;
  }

  /**
   * The resource in MidoNet's spelling, as the link names of its Neutron document have it: {@code
   * floating_ip}.
   */
  public String singular() {
    return singular;
  }

  /** Whether it is of load balancing, whose links are a document of their own. */
  public boolean isOfLoadBalancing() {
    return mediaName.startsWith("lb.");
  }

  /** The resource as its media type names it: {@code FloatingIp}. */
  public String mediaName() {
    return mediaName;
  }
}
