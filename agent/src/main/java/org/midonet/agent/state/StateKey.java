package org.midonet.agent.state;

import org.midonet.agent.flow.FlowTag;

/**
 * Names a piece of state, and is the tag of the flows that were decided by it: when it comes, goes
 * or changes they are decided anew. Immutable, safe to share.
 */
public sealed interface StateKey extends FlowTag
    permits ConnectionKey, NatKey, MacKey, NeighbourKey, MetadataKey, TurnKey {

  /** Whether it is of one connection; addresses are used by any number of them. */
  @Override
  default boolean isOfAConnection() {
    return switch (this) {
      case ConnectionKey it -> true;
      case NatKey it -> true;
      case MacKey it -> false;
      case NeighbourKey it -> false;
      case MetadataKey it -> false;
      case TurnKey it -> false;
    };
  }
}
