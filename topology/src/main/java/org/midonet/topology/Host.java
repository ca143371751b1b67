package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hypervisor or gateway that runs an agent. Immutable, safe to share. What changes as it runs
 * (whether it is alive, its interfaces) is state of the store, not part of this.
 *
 * @param containerLimit -1 for none
 */
@RecordBuilder
public record Host(
    UUID id,
    @Nullable String name,
    int floodingProxyWeight,
    int containerWeight,
    int containerLimit,
    boolean enforceContainerLimit)
    implements TopologyObject, HostBuilder.With {
  @Override
  public ObjectType<Host> type() {
    return ObjectType.HOST;
  }
}
