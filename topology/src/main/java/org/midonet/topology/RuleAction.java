package org.midonet.topology;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a rule does with a packet that meets its condition. Immutable, safe to share. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RuleAction.Literal.class, name = "literal"),
  @JsonSubTypes.Type(value = RuleAction.Jump.class, name = "jump"),
  @JsonSubTypes.Type(value = RuleAction.Snat.class, name = "snat"),
  @JsonSubTypes.Type(value = RuleAction.Dnat.class, name = "dnat"),
  @JsonSubTypes.Type(value = RuleAction.ReverseSnat.class, name = "rev_snat"),
  @JsonSubTypes.Type(value = RuleAction.ReverseDnat.class, name = "rev_dnat"),
  @JsonSubTypes.Type(value = RuleAction.L2Transform.class, name = "l2_transform"),
  @JsonSubTypes.Type(value = RuleAction.Trace.class, name = "trace"),
})
public sealed interface RuleAction {
  Literal ACCEPT = new Literal(Verdict.ACCEPT);
  Literal DROP = new Literal(Verdict.DROP);
  Literal REJECT = new Literal(Verdict.REJECT);
  Literal RETURN = new Literal(Verdict.RETURN);

  /** Ends the evaluation, or that of this chain. */
  record Literal(Verdict verdict) implements RuleAction {}

  /** The end of a literal rule. */
  enum Verdict {
    ACCEPT,
    DROP,
    /** Drops, and tells the sender where a router is involved. */
    REJECT,
    /** Goes on in the chain that jumped here. */
    RETURN
  }

  /** Evaluates another chain and goes on here when it returns. */
  record Jump(UUID chainId, @Nullable String chainName) implements RuleAction {}

  /** Rewrites the source to one of the targets. */
  record Snat(List<NatTarget> targets, FlowAction flowAction) implements RuleAction {
    public Snat {
      targets = Values.list(targets);
    }
  }

  /** Rewrites the destination to one of the targets. */
  record Dnat(List<NatTarget> targets, FlowAction flowAction) implements RuleAction {
    public Dnat {
      targets = Values.list(targets);
    }
  }

  /** Undoes an {@link Snat} for packets of the way back. */
  record ReverseSnat(FlowAction flowAction) implements RuleAction {}

  /** Undoes a {@link Dnat} for packets of the way back. */
  record ReverseDnat(FlowAction flowAction) implements RuleAction {}

  /** How evaluation goes on after a NAT rule was applied. */
  enum FlowAction {
    ACCEPT,
    CONTINUE,
    RETURN
  }

  /**
   * Changes the VLAN tag, and may lead the packet to another port.
   *
   * @param redirect whether the packet goes to the target port; otherwise evaluation goes on
   * @param pushVlan the VLAN to tag with, 0 for none
   * @param targetPortId of a redirection
   * @param ingress whether the packet enters by the target port; otherwise it leaves there
   * @param failOpen whether packets pass while the target is down
   */
  record L2Transform(
      boolean redirect,
      boolean popVlan,
      int pushVlan,
      @Nullable UUID targetPortId,
      boolean ingress,
      boolean failOpen)
      implements RuleAction {}

  /** Records the packet for a trace request and goes on. */
  record Trace(UUID requestId, long limit) implements RuleAction {}
}
