package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where rule loggers write. Immutable, safe to share.
 *
 * @param resourceType FILE
 */
@RecordBuilder
public record LoggingResource(UUID id, @Nullable String resourceType, boolean enabled)
    implements TopologyObject, LoggingResourceBuilder.With {
  @Override
  public ObjectType<LoggingResource> type() {
    return ObjectType.LOGGING_RESOURCE;
  }
}
