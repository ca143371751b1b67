package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Endpoint;
import org.midonet.nsdb.Operation;
import org.midonet.topology.ObjectType;
import org.midonet.topology.QosPolicy;
import org.midonet.topology.QosRuleBandwidthLimit;
import org.midonet.topology.QosRuleDscp;
import org.midonet.topology.References;
import org.midonet.topology.TopologyObject;

/** QoS policies, whose body may bring their rules along, and the rules by themselves; stateless. */
final class QosEndpoints {
  private QosEndpoints() {}

  static List<Endpoint> of(Store store) {
    List<Endpoint> all = new ArrayList<>();
    all.addAll(
        new Crud<>(store, Qos.POLICIES)
            .collection(QosPolicy::tenantId, QosEndpoints::create)
            .item()
            .put(QosEndpoints::replace)
            .delete()
            .endpoints());
    all.addAll(
        new Crud<>(store, Qos.BANDWIDTH)
            .below(
                "/qos_policies/{id}/qos_bw_limit_rules",
                ObjectType.QOS_POLICY,
                QosEndpoints::limits,
                (builder, id) -> builder.policyId(id),
                Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    all.addAll(
        new Crud<>(store, Qos.DSCP)
            .below(
                "/qos_policies/{id}/qos_dscp_rules",
                ObjectType.QOS_POLICY,
                QosEndpoints::marks,
                (builder, id) -> builder.policyId(id),
                Crud.plainly())
            .item()
            .put(Crud.replacing())
            .delete()
            .endpoints());
    return all;
  }

  private static List<QosRuleBandwidthLimit> limits(View view, UUID policyId) {
    return view.linked(
        References.QOS_POLICY_BANDWIDTH_LIMIT_RULES, policyId, ObjectType.QOS_RULE_BANDWIDTH_LIMIT);
  }

  private static List<QosRuleDscp> marks(View view, UUID policyId) {
    return view.linked(
        References.QOS_POLICY_DSCP_MARKING_RULES, policyId, ObjectType.QOS_RULE_DSCP);
  }

  private static List<Operation> create(
      QosPolicy policy, View view, Map<String, @Nullable Object> json) {
    List<Operation> operations = new ArrayList<>();
    operations.add(new Operation.Create(policy));
    List<TopologyObject> rules = rules(policy, json);
    if (rules != null) {
      rules.forEach(rule -> operations.add(new Operation.Create(rule)));
    }
    return operations;
  }

  /** Rules that are not named are kept; a list of rules is what there shall be. */
  private static List<Operation> replace(
      QosPolicy before, QosPolicy after, View view, Map<String, @Nullable Object> json) {
    List<Operation> operations = new ArrayList<>();
    operations.add(new Operation.Update(after));
    List<TopologyObject> rules = rules(after, json);
    if (rules == null) {
      return operations;
    }
    List<TopologyObject> present = new ArrayList<>(limits(view, after.id()));
    present.addAll(marks(view, after.id()));
    Set<UUID> wanted = new HashSet<>();
    rules.forEach(rule -> wanted.add(rule.id()));
    Set<UUID> known = new HashSet<>();
    for (TopologyObject rule : present) {
      known.add(rule.id());
      if (!wanted.contains(rule.id())) {
        operations.add(new Operation.Delete(rule.type(), rule.id()));
      }
    }
    for (TopologyObject rule : rules) {
      operations.add(
          known.contains(rule.id()) ? new Operation.Update(rule) : new Operation.Create(rule));
    }
    return operations;
  }

  private static @Nullable List<TopologyObject> rules(
      QosPolicy policy, Map<String, @Nullable Object> json) {
    if (!(json.get("rules") instanceof List<?> list)) {
      return null;
    }
    return list.stream().map(raw -> rule(policy.id(), raw)).toList();
  }

  private static TopologyObject rule(UUID policyId, @Nullable Object raw) {
    if (!(raw instanceof Map<?, ?> map)) {
      throw ApiException.badRequest("Field rules: '" + raw + "' is not a rule.");
    }
    UUID id = map.get("id") instanceof String text ? Kind.uuidOrNull(text) : UUID.randomUUID();
    if (id == null) {
      throw ApiException.badRequest("Field rules: '" + map.get("id") + "' is not a UUID.");
    }
    return switch (String.valueOf(map.get("type"))) {
      case "bandwidth_limit" ->
          new QosRuleBandwidthLimit(
              id, policyId, number(map, "max_kbps"), number(map, "max_burst_kbps"));
      case "dscp_marking", "dscp" -> new QosRuleDscp(id, policyId, number(map, "dscp_mark"));
      default ->
          throw ApiException.badRequest(
              "Field rules: type '"
                  + map.get("type")
                  + "' is not one of bandwidth_limit, dscp_marking.");
    };
  }

  private static int number(Map<?, ?> map, String name) {
    Object raw = map.get(name);
    Integer number = Kind.intOrNull(raw);
    if (raw != null && number == null) {
      throw ApiException.badRequest("Field " + name + ": '" + raw + "' is not a whole number.");
    }
    return number == null ? 0 : number;
  }
}
