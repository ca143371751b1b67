package org.midonet.topology;

import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;

/** A classless static route that DHCP hands out (RFC 3442). Immutable, safe to share. */
public record DhcpRoute(Cidr destination, IpAddress gateway) {}
