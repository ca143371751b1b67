package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An ordered list of rules. Immutable, safe to share.
 *
 * @param ruleIds in the order of evaluation; a rule created with this chain is appended
 */
@RecordBuilder
public record Chain(UUID id, @Nullable String tenantId, @Nullable String name, List<UUID> ruleIds)
    implements TopologyObject, ChainBuilder.With {
  public Chain {
    ruleIds = Values.list(ruleIds);
  }

  @Override
  public ObjectType<Chain> type() {
    return ObjectType.CHAIN;
  }
}
