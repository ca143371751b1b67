package org.midonet.cluster.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Violation;
import org.midonet.packets.EtherType;
import org.midonet.packets.Mac;
import org.midonet.topology.Condition;
import org.midonet.topology.ConditionBuilder;
import org.midonet.topology.FragmentPolicy;
import org.midonet.topology.TpRange;

/** Conditions, which stand in rules, mirrors and trace requests; stateless. */
final class Conditions {
  private static final Kind<FragmentPolicy> POLICY =
      Kind.constant(FragmentPolicy.class, Kind::lower);
  private static final Kind<EtherType> ETHER_TYPE =
      new Kind<>("an EtherType", Conditions::etherType, EtherType::value, null);
  private static final Kind<TpRange> RANGE =
      new Kind<>("a range of start and end", Conditions::range, Conditions::show, null);

  static final Shape<Condition, ConditionBuilder> SHAPE = shape();

  private Conditions() {}

  private static Shape<Condition, ConditionBuilder> shape() {
    Shape<Condition, ConditionBuilder> shape =
        new Shape<Condition, ConditionBuilder>()
            .prefix("nwDstAddress", "nwDstLength", false, Condition::nwDst, ConditionBuilder::nwDst)
            .prefix("nwSrcAddress", "nwSrcLength", false, Condition::nwSrc, ConditionBuilder::nwSrc)
            .flag("condInvert", Condition::condInvert, ConditionBuilder::condInvert)
            .flag(
                "matchForwardFlow", Condition::matchForwardFlow, ConditionBuilder::matchForwardFlow)
            .flag("matchReturnFlow", Condition::matchReturnFlow, ConditionBuilder::matchReturnFlow);
    devices(shape);
    link(shape);
    network(shape);
    transport(shape);
    return shape;
  }

  private static void devices(Shape<Condition, ConditionBuilder> shape) {
    ports(shape, "inPorts", Condition::inPorts, ConditionBuilder::inPorts)
        .flag("invInPorts", Condition::invInPorts, ConditionBuilder::invInPorts);
    ports(shape, "outPorts", Condition::outPorts, ConditionBuilder::outPorts)
        .flag("invOutPorts", Condition::invOutPorts, ConditionBuilder::invOutPorts)
        .field("portGroup", Kind.ID, Condition::portGroup, ConditionBuilder::portGroup)
        .flag("invPortGroup", Condition::invPortGroup, ConditionBuilder::invPortGroup)
        .field("inPortGroup", Kind.ID, Condition::inPortGroup, ConditionBuilder::inPortGroup)
        .flag("invInPortGroup", Condition::invInPortGroup, ConditionBuilder::invInPortGroup)
        .field("outPortGroup", Kind.ID, Condition::outPortGroup, ConditionBuilder::outPortGroup)
        .flag("invOutPortGroup", Condition::invOutPortGroup, ConditionBuilder::invOutPortGroup)
        .field(
            "ipAddrGroupSrc", Kind.ID, Condition::ipAddrGroupSrc, ConditionBuilder::ipAddrGroupSrc)
        .flag(
            "invIpAddrGroupSrc", Condition::invIpAddrGroupSrc, ConditionBuilder::invIpAddrGroupSrc)
        .field(
            "ipAddrGroupDst", Kind.ID, Condition::ipAddrGroupDst, ConditionBuilder::ipAddrGroupDst)
        .flag(
            "invIpAddrGroupDst", Condition::invIpAddrGroupDst, ConditionBuilder::invIpAddrGroupDst)
        .field(
            "traversedDevice",
            Kind.ID,
            Condition::traversedDevice,
            ConditionBuilder::traversedDevice)
        .flag(
            "invTraversedDevice",
            Condition::invTraversedDevice,
            ConditionBuilder::invTraversedDevice);
  }

  private static void link(Shape<Condition, ConditionBuilder> shape) {
    shape
        .flag("noVlan", Condition::noVlan, ConditionBuilder::noVlan)
        .field("vlan", Kind.INT, Condition::vlan, ConditionBuilder::vlan)
        .field(
            "dlType",
            ETHER_TYPE,
            Condition::dlType,
            ConditionBuilder::dlType,
            Check.min(0x0600),
            Check.max(0xffff))
        .flag("invDlType", Condition::invDlType, ConditionBuilder::invDlType);
    mac(shape, "dlSrc", Condition::dlSrc, ConditionBuilder::dlSrc);
    mac(shape, "dlSrcMask", Condition::dlSrcMask, ConditionBuilder::dlSrcMask)
        .flag("invDlSrc", Condition::invDlSrc, ConditionBuilder::invDlSrc);
    mac(shape, "dlDst", Condition::dlDst, ConditionBuilder::dlDst);
    mac(shape, "dlDstMask", Condition::dlDstMask, ConditionBuilder::dlDstMask)
        .flag("invDlDst", Condition::invDlDst, ConditionBuilder::invDlDst);
  }

  private static void network(Shape<Condition, ConditionBuilder> shape) {
    shape
        .field("nwTos", Kind.INT, Condition::nwTos, ConditionBuilder::nwTos)
        .flag("invNwTos", Condition::invNwTos, ConditionBuilder::invNwTos)
        .field("nwProto", Kind.INT, Condition::nwProto, ConditionBuilder::nwProto)
        .flag("invNwProto", Condition::invNwProto, ConditionBuilder::invNwProto)
        .flag("invNwSrc", Condition::invNwSrc, ConditionBuilder::invNwSrc)
        .flag("invNwDst", Condition::invNwDst, ConditionBuilder::invNwDst)
        .flag(
            "matchNwDstRewritten",
            Condition::matchNwDstRewritten,
            ConditionBuilder::matchNwDstRewritten)
        .with(new Fragments());
  }

  private static void transport(Shape<Condition, ConditionBuilder> shape) {
    shape
        .field("tpSrc", RANGE, Condition::tpSrc, ConditionBuilder::tpSrc)
        .field("tpDst", RANGE, Condition::tpDst, ConditionBuilder::tpDst)
        .flag("invTpSrc", Condition::invTpSrc, ConditionBuilder::invTpSrc)
        .flag("invTpDst", Condition::invTpDst, ConditionBuilder::invTpDst)
        .prefix(
            "icmpDataSrcIpAddress",
            "icmpDataSrcIpLength",
            false,
            Condition::icmpDataSrcIp,
            ConditionBuilder::icmpDataSrcIp)
        .flag("invIcmpDataSrcIp", Condition::invIcmpDataSrcIp, ConditionBuilder::invIcmpDataSrcIp)
        .prefix(
            "icmpDataDstIpAddress",
            "icmpDataDstIpLength",
            false,
            Condition::icmpDataDstIp,
            ConditionBuilder::icmpDataDstIp)
        .flag("invIcmpDataDstIp", Condition::invIcmpDataDstIp, ConditionBuilder::invIcmpDataDstIp);
  }

  private static Shape<Condition, ConditionBuilder> ports(
      Shape<Condition, ConditionBuilder> shape,
      String name,
      Function<Condition, List<UUID>> get,
      BiConsumer<ConditionBuilder, List<UUID>> set) {
    return shape.field(name, Kind.IDS, List.of(), get, set);
  }

  private static Shape<Condition, ConditionBuilder> mac(
      Shape<Condition, ConditionBuilder> shape,
      String name,
      Function<Condition, @Nullable Mac> get,
      BiConsumer<ConditionBuilder, @Nullable Mac> set) {
    return shape.field(name, Kind.MAC, get, set);
  }

  /** Reads a condition that stands by itself. */
  static Condition read(Map<String, @Nullable Object> json) {
    ConditionBuilder builder = Condition.builder();
    SHAPE.fill(json, builder);
    return builder.build();
  }

  private static @Nullable EtherType etherType(Object raw) {
    Integer number = Kind.intOrNull(raw);
    return number == null || number < 0 || number > 0xffff ? null : new EtherType(number);
  }

  private static @Nullable TpRange range(Object raw) {
    if (!(raw instanceof Map<?, ?> map)) {
      return null;
    }
    return new TpRange(bound(map.get("start")), bound(map.get("end")));
  }

  private static @Nullable Integer bound(@Nullable Object raw) {
    Integer bound = Kind.intOrNull(raw);
    if (raw != null && bound == null) {
      throw ApiException.badRequest("'" + raw + "' is not the bound of a range.");
    }
    return bound;
  }

  private static Map<String, @Nullable Object> show(TpRange range) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("start", range.start());
    json.put("end", range.end());
    return json;
  }

  /**
   * The fragment policy, which depends on whether ports are matched: later fragments carry none.
   * What translation leaves out is null; what a client leaves out is chosen here.
   */
  private static final class Fragments implements Field<Condition, ConditionBuilder> {
    @Override
    public void show(Condition condition, View view, Map<String, @Nullable Object> json) {
      FragmentPolicy policy = condition.fragmentPolicy();
      json.put("fragmentPolicy", policy == null ? null : Kind.lower(policy));
    }

    @Override
    public void check(Map<String, @Nullable Object> json, List<Violation> violations) {
      Object raw = json.get("fragmentPolicy");
      FragmentPolicy policy = raw == null ? null : POLICY.read(raw);
      boolean ports = json.get("tpSrc") != null || json.get("tpDst") != null;
      if (ports && (policy == FragmentPolicy.ANY || policy == FragmentPolicy.NONHEADER)) {
        violations.add(
            new Violation(
                "",
                "For a rule with tpDst or tpSrc constraints, the fragmentPolicy must be 'header' or"
                    + " 'unfragmented'."));
      }
    }

    @Override
    public void fill(Map<String, @Nullable Object> json, ConditionBuilder builder) {
      Object raw = json.get("fragmentPolicy");
      if (raw == null) {
        boolean ports = builder.tpSrc() != null || builder.tpDst() != null;
        ports |= json.get("tpSrc") != null || json.get("tpDst") != null;
        builder.fragmentPolicy(ports ? FragmentPolicy.HEADER : FragmentPolicy.ANY);
        return;
      }
      FragmentPolicy policy = POLICY.read(raw);
      if (policy == null) {
        throw ApiException.badRequest(
            "Field fragmentPolicy: '" + raw + "' is not " + POLICY.expected() + ".");
      }
      builder.fragmentPolicy(policy);
    }
  }
}
