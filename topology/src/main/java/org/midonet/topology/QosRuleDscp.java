package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A DSCP mark for what a port sends. Immutable, safe to share. */
@RecordBuilder
public record QosRuleDscp(UUID id, @Nullable UUID policyId, int dscpMark)
    implements TopologyObject, QosRuleDscpBuilder.With {
  @Override
  public ObjectType<QosRuleDscp> type() {
    return ObjectType.QOS_RULE_DSCP;
  }
}
