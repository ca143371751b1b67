/**
 * Flows: what packets have in common that get the same treatment, what that treatment is, and the
 * table that knows which flows the datapath holds and why. The simulation makes flows, the agent
 * keeps them in the table, a {@link org.midonet.agent.flow.FlowCache} forwards by them.
 */
@NullMarked
package org.midonet.agent.flow;

import org.jspecify.annotations.NullMarked;
