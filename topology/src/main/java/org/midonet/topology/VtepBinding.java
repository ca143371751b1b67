package org.midonet.topology;

import java.util.UUID;

/** A VLAN on a port of a hardware VTEP that is part of a bridge. Immutable, safe to share. */
public record VtepBinding(String portName, int vlanId, UUID bridgeId) {}
