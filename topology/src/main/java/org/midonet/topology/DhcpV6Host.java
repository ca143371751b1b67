package org.midonet.topology;

import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;

/** A fixed assignment of an address to a DHCPv6 client. Immutable, safe to share. */
public record DhcpV6Host(String clientId, IpAddress address, @Nullable String name) {}
