package org.midonet.neutron.ipam;

import org.midonet.packets.Mac;

/**
 * What addresses a port gets depends on; immutable.
 *
 * @param networkId the network it is on
 * @param portId its identifier
 * @param mac its link-layer address, from which automatic IPv6 addresses follow
 * @param deviceOwner the kind of machine it is for, empty for none; service subnets serve one kind
 */
public record PortNeeds(String networkId, String portId, Mac mac, String deviceOwner) {}
