package org.midonet.agent.state;

import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/**
 * How a machine asked for its metadata, so that it is answered likewise. Immutable, safe to share.
 *
 * @param mac the machine's
 * @param address the machine's
 * @param asked the MAC that the request was sent to
 */
public record MetadataClient(Mac mac, Ipv4Address address, Mac asked) {}
