package org.midonet.agent.sim;

import java.util.UUID;

/** A trace request at a device or port. Immutable, safe to share. */
record TraceMatch(UUID request, Matcher matcher) {}
