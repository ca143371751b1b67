package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How members of pools are probed. Immutable, safe to share.
 *
 * @param monitorType TCP
 * @param delay seconds between probes
 * @param timeout seconds to wait for an answer
 */
@RecordBuilder
public record HealthMonitor(
    UUID id,
    boolean adminStateUp,
    @Nullable String monitorType,
    int delay,
    int timeout,
    int maxRetries)
    implements TopologyObject, HealthMonitorBuilder.With {
  @Override
  public ObjectType<HealthMonitor> type() {
    return ObjectType.HEALTH_MONITOR;
  }
}
