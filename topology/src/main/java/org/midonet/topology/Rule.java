package org.midonet.topology;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A condition and what happens to packets that meet it. Immutable, safe to share.
 *
 * @param fipPortId floating IP rules: the port whose deletion deletes the rule
 */
@RecordBuilder
public record Rule(
    UUID id,
    @Nullable UUID chainId,
    Condition condition,
    RuleAction action,
    @Nullable UUID fipPortId,
    @Nullable String meterName)
    implements TopologyObject, RuleBuilder.With {
  /** The rules of ports have much the same conditions. */
  private static final Recent<Condition> CONDITIONS = new Recent<>(1024);

  public Rule {
    condition = CONDITIONS.shared(condition);
  }

  @Override
  public ObjectType<Rule> type() {
    return ObjectType.RULE;
  }
}
