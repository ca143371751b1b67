package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What of a chain is logged where. Immutable, safe to share.
 *
 * @param event ACCEPT, DROP or ALL
 */
@RecordBuilder
public record RuleLogger(
    UUID id,
    @Nullable UUID chainId,
    @Nullable UUID loggingResourceId,
    @Nullable String event,
    @Nullable String fileName)
    implements TopologyObject, RuleLoggerBuilder.With {
  @Override
  public ObjectType<RuleLogger> type() {
    return ObjectType.RULE_LOGGER;
  }
}
