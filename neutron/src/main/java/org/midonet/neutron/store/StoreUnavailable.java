package org.midonet.neutron.store;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot be used now: not reachable, disk full, no free connection in time, or closed;
 * immutable. The same call may succeed later.
 */
public final class StoreUnavailable extends StoreException {

  private static final long serialVersionUID = 1L;

  StoreUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
