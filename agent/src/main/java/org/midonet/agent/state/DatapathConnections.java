package org.midonet.agent.state;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Connections that began without the agent being asked, and are not in its state. Safe to share
 * between threads.
 */
public interface DatapathConnections {
  /** There are none. */
  DatapathConnections NONE =
      new DatapathConnections() {
        @Override
        public boolean isReturn(ConnectionKey key) {
          return false;
        }

        @Override
        public @Nullable NatBinding binding(NatKey key) {
          return null;
        }

        @Override
        public long count(@Nullable UUID payer) {
          return 0;
        }
      };

  /** As {@link StateView#isReturn}. */
  boolean isReturn(ConnectionKey key);

  /** As {@link StateView#binding}. */
  @Nullable NatBinding binding(NatKey key);

  /** What they count for among the connections of a port or, with null, of all. */
  long count(@Nullable UUID payer);
}
