package org.midonet.agent.state;

import java.util.UUID;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;

/** A change of state that the simulation of a packet asks for. Immutable, safe to share. */
public sealed interface Effect {

  /** A MAC was seen behind a port of a bridge. */
  record LearnMac(MacKey key, UUID port) implements Effect {}

  /** A neighbour of a router told its MAC. */
  record LearnNeighbour(NeighbourKey key, Mac mac) implements Effect {}

  /** A machine on a bridge told of itself, unasked. */
  record LearnAnnounced(NeighbourKey key, Mac mac) implements Effect {}

  /** A connection was let through; packets of its way back will have this key. */
  record Track(ConnectionKey key) implements Effect {}

  /**
   * Addresses were translated. The way back is {@link NatKey#reverse} to {@link NatKey#original}.
   */
  record Bind(NatKey key, NatBinding binding) implements Effect {}

  /** A machine asked for its metadata. */
  record AskMetadata(MetadataKey key, MetadataClient client) implements Effect {}

  /**
   * A member of a pool got a connection.
   *
   * @param byTurn whether it was its turn, so that the next one is another member's
   */
  record Serve(TurnKey key, boolean byTurn) implements Effect {}

  /** The state that changes. */
  default StateKey changed() {
    return switch (this) {
      case LearnMac it -> it.key();
      case LearnNeighbour it -> it.key();
      case LearnAnnounced it -> it.key();
      case Track it -> it.key();
      case Bind it -> it.key();
      case AskMetadata it -> it.key();
      case Serve it -> it.key();
    };
  }

  /** Whether peers that may see the way back must know of it (spec/midonet.md 1.5). */
  default boolean isFlowState() {
    return switch (this) {
      case Track it -> true;
      case Bind it -> true;
      case LearnMac it -> false;
      case LearnNeighbour it -> false;
      case LearnAnnounced it -> false;
      case AskMetadata it -> false;
      case Serve it -> false;
    };
  }

  /** Makes the address of a neighbour of a router known. */
  static Effect neighbour(UUID router, IpAddress address, Mac mac) {
    return new LearnNeighbour(new NeighbourKey(router, address), mac);
  }
}
