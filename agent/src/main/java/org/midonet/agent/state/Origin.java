package org.midonet.agent.state;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a piece of state comes from. Immutable, safe to share.
 *
 * @param payer the port whose share of {@link StateLimits} it counts against; null for none
 * @param ports the exterior ports by which packets of a connection enter and leave
 */
public record Origin(@Nullable UUID payer, Set<UUID> ports) {
  /** Nobody's. */
  public static final Origin NONE = new Origin(null, Set.of());

  public Origin {
    ports = Set.copyOf(ports);
  }
}
