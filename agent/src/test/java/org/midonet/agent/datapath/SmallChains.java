package org.midonet.agent.datapath;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.midonet.packets.EtherType;
import org.midonet.packets.IpPrefix;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.Condition;
import org.midonet.topology.ConditionBuilder;
import org.midonet.topology.FragmentPolicy;
import org.midonet.topology.NatTarget;
import org.midonet.topology.RuleAction;
import org.midonet.topology.RuleAction.FlowAction;
import org.midonet.topology.RuleBuilder;
import org.midonet.topology.TopologyObject;
import org.midonet.topology.TpRange;

/** Seeded chains of rules, of the kinds that Neutron's objects become. For one thread. */
final class SmallChains {
  private static final int[] PORTS = {22, 53, 80, 443};

  private final SplittableRandom random;
  private final Supplier<UUID> ids;
  private final Consumer<TopologyObject> create;
  private final List<String> text;

  SmallChains(
      SplittableRandom random,
      Supplier<UUID> ids,
      Consumer<TopologyObject> create,
      List<String> text) {
    this.random = random;
    this.ids = ids;
    this.create = create;
    this.text = text;
  }

  /** What a machine may send: by its own addresses, and what its groups let out. */
  UUID from(SmallTopology.Machine machine) {
    UUID chain = chain("from " + machine.ip());
    UUID own = chain("addresses of " + machine.ip());
    for (IpPrefix address : List.of(IpPrefix.of(machine.ip()), IpPrefix.of(machine.ip6()))) {
      rule(own, RuleAction.RETURN, any().dlType(EtherType.ARP).nwSrc(address));
      rule(own, RuleAction.RETURN, any().nwSrc(address).dlSrc(machine.mac()));
    }
    rule(own, RuleAction.DROP, any());
    rule(chain, new RuleAction.Jump(own, null), any());
    rule(chain, RuleAction.ACCEPT, Condition.builder().matchReturnFlow(true));
    if (random.nextInt(3) > 0) {
      rule(chain, RuleAction.ACCEPT, any());
    } else {
      some(chain, RuleAction.ACCEPT, false);
    }
    return withoutArp(chain);
  }

  /** What a machine may get. */
  UUID to(SmallTopology.Machine machine) {
    UUID chain = chain("to " + machine.ip());
    rule(chain, RuleAction.ACCEPT, Condition.builder().matchReturnFlow(true));
    some(chain, RuleAction.ACCEPT, true);
    return withoutArp(chain);
  }

  private UUID withoutArp(UUID chain) {
    rule(chain, RuleAction.DROP, any().dlType(EtherType.ARP).invDlType(true));
    return chain;
  }

  /** A few exceptions that a device makes. */
  UUID ofADevice(String name) {
    UUID chain = chain(name);
    some(chain, random.nextBoolean() ? RuleAction.REJECT : RuleAction.DROP, true);
    return chain;
  }

  UUID translateIn(List<SmallTopology.Machine> machines) {
    UUID chain = chain("pre-routing");
    for (SmallTopology.Machine machine : machines) {
      if (machine.floating() != null) {
        rule(
            chain,
            new RuleAction.Dnat(List.of(NatTarget.of(machine.ip())), FlowAction.ACCEPT),
            any().nwDst(IpPrefix.of(machine.floating())));
      }
    }
    IpPrefix gateway = IpPrefix.of(SmallTopology.UPLINK);
    rule(chain, new RuleAction.ReverseSnat(FlowAction.ACCEPT), Condition.builder().nwDst(gateway));
    rule(chain, RuleAction.DROP, Condition.builder().nwDst(gateway).nwProto(1).invNwProto(true));
    return chain;
  }

  UUID translateOut(List<SmallTopology.Machine> machines, UUID uplink) {
    UUID chain = chain("post-routing");
    for (SmallTopology.Machine machine : machines) {
      if (machine.floating() != null) {
        rule(
            chain,
            new RuleAction.Snat(List.of(NatTarget.of(machine.floating())), FlowAction.ACCEPT),
            any().nwSrc(IpPrefix.of(machine.ip())).outPorts(List.of(uplink)));
      }
    }
    NatTarget gateway = new NatTarget(SmallTopology.UPLINK, SmallTopology.UPLINK, 1024, 0xffff);
    rule(chain, new RuleAction.Snat(List.of(gateway), FlowAction.ACCEPT), foreign(uplink));
    rule(
        chain,
        new RuleAction.Snat(List.of(gateway), FlowAction.ACCEPT),
        any().matchNwDstRewritten(true));
    rule(chain, RuleAction.DROP, foreign(uplink).fragmentPolicy(FragmentPolicy.ANY));
    return chain;
  }

  private static ConditionBuilder foreign(UUID uplink) {
    return Condition.builder()
        .outPorts(List.of(uplink))
        .nwSrc(IpPrefix.of(SmallTopology.UPLINK))
        .invNwSrc(true);
  }

  private void some(UUID chain, RuleAction action, boolean bySource) {
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      transport(chain, action, bySource);
    }
  }

  private void transport(UUID chain, RuleAction action, boolean bySource) {
    boolean v6 = random.nextInt(4) == 0;
    switch (random.nextInt(4)) {
      case 0 -> {
        int icmp = v6 ? 58 : 1;
        ConditionBuilder all = remote(any(), v6, bySource).nwProto(icmp);
        rule(chain, action, random.nextBoolean() ? all : all.tpSrc(TpRange.of(v6 ? 128 : 8)));
      }
      case 1 -> rule(chain, action, remote(any(), v6, bySource));
      default -> {
        int protocol = random.nextBoolean() ? 6 : 17;
        int port = PORTS[random.nextInt(PORTS.length)];
        TpRange range = random.nextBoolean() ? TpRange.of(port) : new TpRange(port, port + 10_000);
        Condition remote = remote(Condition.builder(), v6, bySource).nwProto(protocol).build();
        rule(
            chain,
            action,
            ConditionBuilder.builder(remote).fragmentPolicy(FragmentPolicy.HEADER).tpDst(range));
        rule(
            chain,
            action,
            ConditionBuilder.builder(remote).fragmentPolicy(FragmentPolicy.NONHEADER));
      }
    }
  }

  private ConditionBuilder remote(ConditionBuilder condition, boolean v6, boolean bySource) {
    condition.dlType(v6 ? EtherType.IPV6 : EtherType.IPV4);
    if (random.nextBoolean()) {
      return condition;
    }
    int network = random.nextInt(3);
    IpPrefix prefix =
        v6
            ? new IpPrefix(SmallTopology.address6(network, 0), 64)
            : new IpPrefix(SmallTopology.address(network, 0), random.nextBoolean() ? 24 : 28);
    return bySource ? condition.nwSrc(prefix) : condition.nwDst(prefix);
  }

  private static ConditionBuilder any() {
    return Condition.builder().fragmentPolicy(FragmentPolicy.ANY);
  }

  private UUID chain(String name) {
    UUID id = ids.get();
    create.accept(ChainBuilder.builder().id(id).name(name).build());
    text.add("chain " + name + ": " + id);
    return id;
  }

  private void rule(UUID chain, RuleAction action, ConditionBuilder condition) {
    Condition built = condition.build();
    create.accept(
        RuleBuilder.builder().id(ids.get()).chainId(chain).action(action).condition(built).build());
    text.add("  " + chain + " " + action + " " + brief(built));
  }

  /** What the condition says, without all that it does not say. */
  private static String brief(Condition condition) {
    return condition
        .toString()
        .replaceAll("\\w+=(null|false|\\[\\])(, )?", "")
        .replace("Condition", "");
  }
}
