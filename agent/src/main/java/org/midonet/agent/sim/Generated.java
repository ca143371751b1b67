package org.midonet.agent.sim;

import java.util.UUID;
import org.midonet.packets.frame.Ethernet;

/**
 * A frame that the agent makes. Immutable, safe to share. {@link Simulation#generated} decides
 * where it goes.
 *
 * @param port the port by which it leaves its device
 */
public record Generated(UUID port, Ethernet frame) {}
