/**
 * The simulation: what the virtual network does with a packet, as a pure function of the packet, a
 * snapshot of the topology and the agent's state. The agent calls {@link
 * org.midonet.agent.sim.Simulation} for the first packet of each flow and turns its {@link
 * org.midonet.agent.sim.Verdict} into a flow; {@code midonet trace} calls it for the way and prints
 * the {@link org.midonet.agent.sim.Step}s.
 *
 * <p>A packet goes from device to device in one pass, on the host where it came in:
 *
 * <pre>
 *   LocalServices   DHCP, router solicitations, metadata
 *        |
 *   Ports.ingress   the port's inbound chain (anti-spoofing, security groups' egress rules)
 *        |
 *   Bridging        learns, answers ARP, finds the port, floods
 *   Routing         pre-routing chain (DNAT), route, TTL, post-routing chain (SNAT), next hop
 *        |
 *   Ports.egress    the port's outbound chain; then the peer's ingress, or out to an interface
 * </pre>
 */
@NullMarked
package org.midonet.agent.sim;

import org.jspecify.annotations.NullMarked;
