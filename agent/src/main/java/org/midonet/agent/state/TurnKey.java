package org.midonet.agent.state;

import java.util.UUID;

/** Whose turn it is among the members of a pool. Immutable, safe to share. */
public record TurnKey(UUID pool) implements StateKey {}
