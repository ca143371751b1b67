/**
 * What an agent knows beside the topology: tracked connections, translated addresses, learned MACs
 * and neighbours, each with its expiry, and the ports that source NAT may give out. The simulation
 * reads it through {@link org.midonet.agent.state.StateView} and says by {@link
 * org.midonet.agent.state.Effect}s what should change; the agent applies those to {@link
 * org.midonet.agent.state.LocalState} and tells its peers.
 */
@NullMarked
package org.midonet.agent.state;

import org.jspecify.annotations.NullMarked;
