package org.midonet.cluster.neutron;

import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;

/** A host route of a subnet, or an extra route of a router. Immutable, safe to share. */
public record NeutronRoute(Cidr destination, IpAddress nexthop) {}
