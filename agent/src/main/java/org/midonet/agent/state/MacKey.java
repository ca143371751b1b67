package org.midonet.agent.state;

import java.util.UUID;
import org.midonet.packets.Mac;

/**
 * A place in the MAC table of a bridge. Immutable, safe to share.
 *
 * @param vlan 0 for untagged frames
 */
public record MacKey(UUID bridge, int vlan, Mac mac) implements StateKey {}
