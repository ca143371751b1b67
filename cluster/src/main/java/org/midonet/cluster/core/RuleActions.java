package org.midonet.cluster.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Violation;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.NatTarget;
import org.midonet.topology.RuleAction;
import org.midonet.topology.RuleAction.FlowAction;

/** The type of a rule with the fields that only this type has; stateless. */
final class RuleActions {
  private static final Kind<FlowAction> FLOW_ACTION = Kind.constant(FlowAction.class, Kind::lower);
  private static final String REDIRECT = "redirect";
  private static final String NO_NULL = "may not be null";

  /** What a type checks and how it is read. */
  private record Reader(
      Map<String, Check> checks, Function<Map<String, @Nullable Object>, RuleAction> read) {}

  private static final Map<String, Reader> TYPES = readers();

  private RuleActions() {}

  private static Map<String, Reader> readers() {
    Map<String, Check> none = Map.of();
    Map<String, Check> flow = Map.of("flowAction", Check.REQUIRED);
    Map<String, Check> nat =
        new TreeMap<>(Map.of("flowAction", Check.REQUIRED, "natTargets", Check.NOT_EMPTY));
    Map<String, Reader> types = new TreeMap<>();
    types.put("accept", new Reader(none, json -> RuleAction.ACCEPT));
    types.put("drop", new Reader(none, json -> RuleAction.DROP));
    types.put("reject", new Reader(none, json -> RuleAction.REJECT));
    types.put("return", new Reader(none, json -> RuleAction.RETURN));
    types.put("jump", new Reader(Map.of("jumpChainId", Check.REQUIRED), RuleActions::jump));
    types.put(
        "snat", new Reader(nat, json -> new RuleAction.Snat(targets(json), flowAction(json))));
    types.put(
        "dnat", new Reader(nat, json -> new RuleAction.Dnat(targets(json), flowAction(json))));
    types.put("rev_snat", new Reader(flow, json -> new RuleAction.ReverseSnat(flowAction(json))));
    types.put("rev_dnat", new Reader(flow, json -> new RuleAction.ReverseDnat(flowAction(json))));
    types.put("l2_transform", new Reader(flow, RuleActions::l2Transform));
    types.put("trace", new Reader(Map.of("requestId", Check.REQUIRED), RuleActions::trace));
    return types;
  }

  /** The name of an action's type. */
  static String type(RuleAction action) {
    return switch (action) {
      case RuleAction.Literal literal -> Kind.lower(literal.verdict());
      case RuleAction.Jump jump -> "jump";
      case RuleAction.Snat snat -> "snat";
      case RuleAction.Dnat dnat -> "dnat";
      case RuleAction.ReverseSnat snat -> "rev_snat";
      case RuleAction.ReverseDnat dnat -> "rev_dnat";
      case RuleAction.L2Transform transform -> "l2_transform";
      case RuleAction.Trace trace -> "trace";
    };
  }

  /** Adds the fields of the action's type. */
  static void show(RuleAction action, Map<String, @Nullable Object> json) {
    switch (action) {
      case RuleAction.Literal literal -> {}
      case RuleAction.Jump jump -> {
        json.put("jumpChainName", jump.chainName());
        json.put("jumpChainId", jump.chainId().toString());
      }
      case RuleAction.Snat snat -> showNat(snat.flowAction(), snat.targets(), json);
      case RuleAction.Dnat dnat -> showNat(dnat.flowAction(), dnat.targets(), json);
      case RuleAction.ReverseSnat snat -> json.put("flowAction", Kind.lower(snat.flowAction()));
      case RuleAction.ReverseDnat dnat -> json.put("flowAction", Kind.lower(dnat.flowAction()));
      case RuleAction.L2Transform transform -> showTransform(transform, json);
      case RuleAction.Trace trace -> {
        json.put("requestId", trace.requestId().toString());
        json.put("limit", trace.limit());
      }
    }
  }

  /** Adds what is wrong with the fields of a type that a client sent. */
  static void check(Map<String, @Nullable Object> json, List<Violation> violations) {
    reader(json)
        .checks()
        .forEach((name, check) -> {
          String complaint = check.complaint(json.get(name));
          if (complaint != null) {
            violations.add(new Violation(name, complaint));
          }
        });
  }

  /** Reads the fields of a type, which were checked. */
  static RuleAction read(Map<String, @Nullable Object> json) {
    return reader(json).read().apply(json);
  }

  private static Reader reader(Map<String, @Nullable Object> json) {
    Object type = json.get("type");
    if (type == null) {
      throw ApiException.badRequest(
          "missing property 'type' that names the type of the rule, one of " + TYPES.keySet());
    }
    Reader reader = TYPES.get(String.valueOf(type));
    if (reader == null) {
      throw ApiException.badRequest(
          "Could not resolve type id '"
              + type
              + "' into a subtype of Rule: known type ids = "
              + TYPES.keySet());
    }
    return reader;
  }

  private static RuleAction jump(Map<String, @Nullable Object> json) {
    UUID chain = need(json, "jumpChainId", Kind.ID);
    return new RuleAction.Jump(chain, optional(json, "jumpChainName", Kind.TEXT));
  }

  private static RuleAction trace(Map<String, @Nullable Object> json) {
    Long limit = optional(json, "limit", Kind.LONG);
    return new RuleAction.Trace(
        need(json, "requestId", Kind.ID), limit == null ? Long.MAX_VALUE : limit);
  }

  private static RuleAction l2Transform(Map<String, @Nullable Object> json) {
    String flow = need(json, "flowAction", Kind.TEXT);
    if (!flow.equals(REDIRECT) && !flow.equals("accept")) {
      throw ApiException.badRequest("The flowAction of an l2_transform is accept or redirect.");
    }
    Integer vlan = optional(json, "pushVlan", Kind.INT);
    if (vlan != null && (vlan < 0 || vlan > 0xffff)) {
      throw ApiException.invalid(
          List.of(new Violation("pushVlan", "must be less than or equal to 65535")));
    }
    UUID target = optional(json, "targetPortId", Kind.ID);
    if (flow.equals(REDIRECT) && target == null) {
      throw ApiException.invalid(List.of(new Violation("targetPortId", NO_NULL)));
    }
    return new RuleAction.L2Transform(
        flow.equals(REDIRECT),
        flag(json, "popVlan"),
        vlan == null ? 0 : vlan,
        target,
        flag(json, "ingress"),
        flag(json, "failOpen"));
  }

  private static void showTransform(
      RuleAction.L2Transform transform, Map<String, @Nullable Object> json) {
    json.put("flowAction", transform.redirect() ? REDIRECT : "accept");
    json.put("popVlan", transform.popVlan());
    json.put("pushVlan", transform.pushVlan());
    json.put("targetPortId", Kind.ID.show(transform.targetPortId()));
    json.put("ingress", transform.ingress());
    json.put("failOpen", transform.failOpen());
  }

  private static void showNat(
      FlowAction flow, List<NatTarget> targets, Map<String, @Nullable Object> json) {
    json.put("flowAction", Kind.lower(flow));
    json.put("natTargets", targets.stream().map(RuleActions::show).toList());
  }

  private static Map<String, Object> show(NatTarget target) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("addressFrom", target.addressFrom().toString());
    json.put("addressTo", target.addressTo().toString());
    json.put("portFrom", target.portFrom());
    json.put("portTo", target.portTo());
    return json;
  }

  private static List<NatTarget> targets(Map<String, @Nullable Object> json) {
    return json.get("natTargets") instanceof List<?> list
        ? list.stream().map(RuleActions::target).toList()
        : List.of();
  }

  private static NatTarget target(@Nullable Object raw) {
    if (!(raw instanceof Map<?, ?> map)) {
      throw ApiException.badRequest("Field natTargets: '" + raw + "' is not a target.");
    }
    Ipv4Address from = address(map.get("addressFrom"), "addressFrom");
    Ipv4Address to = address(map.get("addressTo"), "addressTo");
    return new NatTarget(from, to, port(map.get("portFrom")), port(map.get("portTo")));
  }

  private static Ipv4Address address(@Nullable Object raw, String name) {
    Ipv4Address address = raw == null ? null : Kind.IPV4_ONLY.read(raw);
    if (address == null) {
      throw ApiException.invalid(
          List.of(
              new Violation(
                  "natTargets." + name, raw == null ? NO_NULL : "is an invalid IPv4 format")));
    }
    return address;
  }

  private static int port(@Nullable Object raw) {
    if (raw == null) {
      return 0;
    }
    Integer port = Kind.intOrNull(raw);
    if (port == null || port < 0 || port > 0xffff) {
      throw ApiException.badRequest("'" + raw + "' is not a port from 0 to 65535.");
    }
    return port;
  }

  private static FlowAction flowAction(Map<String, @Nullable Object> json) {
    return need(json, "flowAction", FLOW_ACTION);
  }

  private static boolean flag(Map<String, @Nullable Object> json, String name) {
    return Boolean.TRUE.equals(optional(json, name, Kind.FLAG));
  }

  private static <V> V need(Map<String, @Nullable Object> json, String name, Kind<V> kind) {
    V value = optional(json, name, kind);
    if (value == null) {
      throw ApiException.invalid(List.of(new Violation(name, NO_NULL)));
    }
    return value;
  }

  private static <V> @Nullable V optional(
      Map<String, @Nullable Object> json, String name, Kind<V> kind) {
    Object raw = json.get(name);
    V value = raw == null ? null : kind.read(raw);
    if (raw != null && value == null) {
      throw ApiException.badRequest(
          "Field " + name + ": '" + raw + "' is not " + kind.expected() + ".");
    }
    return value;
  }
}
