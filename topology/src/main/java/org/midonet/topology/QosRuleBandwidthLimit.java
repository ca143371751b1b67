package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit on what a port sends. Immutable, safe to share.
 *
 * @param maxKbps kilobits per second
 * @param maxBurstKb kilobits
 */
@RecordBuilder
public record QosRuleBandwidthLimit(UUID id, @Nullable UUID policyId, int maxKbps, int maxBurstKb)
    implements TopologyObject, QosRuleBandwidthLimitBuilder.With {
  @Override
  public ObjectType<QosRuleBandwidthLimit> type() {
    return ObjectType.QOS_RULE_BANDWIDTH_LIMIT;
  }
}
