package org.midonet.agent.state;

import java.util.UUID;
import org.midonet.packets.IpAddress;

/**
 * An address whose MAC a device wants to know. Immutable, safe to share.
 *
 * @param device a router, or a bridge that answers for its machines
 */
public record NeighbourKey(UUID device, IpAddress address) implements StateKey {}
