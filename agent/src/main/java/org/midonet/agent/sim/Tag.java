package org.midonet.agent.sim;

import java.util.UUID;
import org.midonet.agent.flow.CountedTag;
import org.midonet.agent.flow.FlowTag;
import org.midonet.packets.IpAddress;

/**
 * Something of the topology that a decision was made by: when it changes, the flows with its tag
 * are decided anew (spec/midonet.md 5.10). Immutable, safe to share. State has tags of its own, its
 * {@link org.midonet.agent.state.StateKey}s.
 */
public sealed interface Tag extends FlowTag {

  /** The properties of a bridge. */
  record OfBridge(UUID id) implements Tag {}

  /** To which ports a bridge floods, and which router ports are on it. */
  record Flood(UUID bridge) implements Tag {}

  /** The properties of a router. */
  record OfRouter(UUID id) implements Tag {}

  /** The routes of a router, and the ports that they lead to. */
  record Routes(UUID router) implements Tag {}

  /** The properties of a port, where it is bound and whether it is active. */
  record OfPort(UUID id) implements Tag {}

  /** The rules of a chain. */
  record OfChain(UUID id) implements Tag {}

  /** Whether an address is in a group. */
  record Member(UUID group, IpAddress address) implements Tag {}

  /** The members of a pool, and what it says of them. */
  record OfPool(UUID id) implements Tag {}

  /**
   * Counts what a flow carries with a pool. It is never invalidated.
   *
   * @param answer whether it carries what members answer
   */
  record Balanced(UUID pool, boolean answer) implements Tag, CountedTag {}

  /** What a QoS policy says. */
  record Qos(UUID policy) implements Tag {}
}
