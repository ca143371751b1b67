package org.midonet.agent.state;

import java.util.UUID;

/**
 * The machine at a port as a client of the metadata service. Immutable, safe to share.
 *
 * @param port the exterior port
 */
public record MetadataKey(UUID port) implements StateKey {}
