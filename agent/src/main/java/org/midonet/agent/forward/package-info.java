/**
 * The packet loop: what has no flow comes up from the datapath, is decided by the simulation on the
 * present topology and state, and goes on by a new flow.
 *
 * <pre>
 *   datapath --miss--> PacketLoop --> sim.Simulation --verdict--> Egress --flow--> datapath
 *                        |   ^                            |
 *                        |   WaitingPackets (ARP)         LocalState, StatePublisher, PeerState
 *                        |
 *   NSDB --changes--> TopologyFollower: the next snapshot, and the flows that go
 * </pre>
 *
 * The agent starts {@link org.midonet.agent.forward.Forwarding}.
 */
@NullMarked
package org.midonet.agent.forward;

import org.jspecify.annotations.NullMarked;
