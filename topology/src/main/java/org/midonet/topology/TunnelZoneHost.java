package org.midonet.topology;

import java.util.UUID;
import org.midonet.packets.Ipv4Address;

/** A host and its address on the underlay. Immutable, safe to share. */
public record TunnelZoneHost(UUID hostId, Ipv4Address address) {}
