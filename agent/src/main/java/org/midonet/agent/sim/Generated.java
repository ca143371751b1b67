package org.midonet.agent.sim;

import java.util.List;
import java.util.UUID;
import org.midonet.agent.state.Effect;
import org.midonet.packets.frame.Ethernet;

/**
 * A frame that the agent makes. Immutable, safe to share. {@link Simulation#generated} decides
 * where it goes.
 *
 * @param port the port by which it leaves its device
 * @param because what became of the packet that it is about, on the way to where it was made: a
 *     packet that goes no further leaves no translation behind, but an error about it is translated
 *     back
 */
public record Generated(UUID port, Ethernet frame, List<Effect> because) {
  public Generated {
    because = List.copyOf(because);
  }

  /** A frame that is about no other. */
  Generated(UUID port, Ethernet frame) {
    this(port, frame, List.of());
  }
}
