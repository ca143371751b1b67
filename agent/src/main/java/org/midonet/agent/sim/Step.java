package org.midonet.agent.sim;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.state.StateKey;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;
import org.midonet.topology.Route;
import org.midonet.topology.Rule;

/**
 * One step of a packet's way. Immutable, safe to share. {@link Explanation} tells it in words, with
 * the Neutron objects behind it.
 */
public sealed interface Step {

  /** The packet enters a device by a port. */
  record Enter(UUID port, @Nullable UUID device, String packet) implements Step {}

  /** The packet leaves a device by a port. */
  record Leave(UUID port, @Nullable UUID device, String packet) implements Step {}

  /** A chain is evaluated. */
  record Evaluate(UUID chain, String name, int depth) implements Step {}

  /** A rule was met or not; of one that translates whether it could. */
  record TryRule(Rule rule, boolean matched, boolean applied, int depth) implements Step {}

  /** A packet belongs to a known connection's way back, or not. */
  record Connection(boolean isReturn, @Nullable StateKey key) implements Step {}

  /** Addresses are translated. */
  record Translate(UUID device, UUID rule, String before, String after) implements Step {}

  /**
   * A packet belongs to a VIP.
   *
   * @param pool null for a VIP without one
   * @param member null where there is none for it
   */
  record Balance(UUID vip, @Nullable UUID pool, @Nullable UUID member, Choice choice)
      implements Step {}

  /** Why a member gets a connection. */
  enum Choice {
    TURN("it is its turn"),
    SAME_CONNECTION("it has the connection"),
    SAME_CLIENT("it had this client before"),
    NONE("no member takes it");

    private final String text;

    Choice(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** A route was found, or none. */
  record FindRoute(UUID router, IpAddress destination, @Nullable Route route) implements Step {}

  /** The MAC of a next hop was found, or not. */
  record FindNeighbour(UUID device, IpAddress address, @Nullable Mac mac) implements Step {}

  /** A bridge knows where a MAC is. */
  record FindMac(UUID bridge, Mac mac, UUID port) implements Step {}

  /** A bridge does not know where a MAC is, or the frame is for all. */
  record Flood(UUID bridge, Mac mac, int ports) implements Step {}

  /** The agent answers by itself: ARP, DHCP, an echo, an ICMP error. */
  record Answer(UUID device, String what) implements Step {}

  /** Something else that explains what comes next. */
  record Note(String text) implements Step {}

  /** The packet leaves the virtual network. */
  record Deliver(UUID port, String packet) implements Step {}

  /** The packet goes no further. */
  record Drop(@Nullable UUID where, DropReason reason) implements Step {}
}
