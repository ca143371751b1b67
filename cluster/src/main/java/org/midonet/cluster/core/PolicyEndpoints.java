package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Endpoint;
import org.midonet.nsdb.Operation;
import org.midonet.topology.Chain;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Rule;

/** Chains and their rules; stateless. */
final class PolicyEndpoints {
  private PolicyEndpoints() {}

  static List<Endpoint> of(Store store) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        new Crud<>(store, Chains.RESOURCE)
            .collection(Chain::tenantId, Crud.plainly())
            .item()
            .deleteKnown()
            .neverReplaced());
    all.addAll(
        new Crud<>(store, Rules.RESOURCE)
            .below(
                "/chains/{id}/rules",
                ObjectType.CHAIN,
                PolicyEndpoints::inOrder,
                (builder, id) -> builder.chainId(id),
                PolicyEndpoints::insert)
            .item()
            .deleteKnown()
            .neverReplaced());
    return all;
  }

  private static List<Rule> inOrder(View view, UUID chainId) {
    return view.need(ObjectType.CHAIN, chainId).ruleIds().stream()
        .map(id -> view.find(ObjectType.RULE, id))
        .filter(Objects::nonNull)
        .toList();
  }

  /** The store appends a new rule; its place is the first unless another is named. */
  private static List<Operation> insert(Rule rule, View view, Map<String, @Nullable Object> json) {
    Chain chain = view.need(ObjectType.CHAIN, Objects.requireNonNull(rule.chainId()));
    Integer given = Kind.intOrNull(json.get(Rules.POSITION));
    int position = given == null ? 1 : given;
    if (position > chain.ruleIds().size() + 1) {
      throw ApiException.badRequest("Position exceeds number of rules in chain");
    }
    List<UUID> order = new ArrayList<>(chain.ruleIds());
    order.add(position - 1, rule.id());
    return List.of(new Operation.Create(rule), new Operation.Update(chain.withRuleIds(order)));
  }
}
