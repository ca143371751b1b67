package org.midonet.nsdb;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.midonet.topology.Bridge;
import org.midonet.topology.BridgeBuilder;
import org.midonet.topology.Chain;
import org.midonet.topology.ChainBuilder;
import org.midonet.topology.Condition;
import org.midonet.topology.Ids;
import org.midonet.topology.Port;
import org.midonet.topology.PortBuilder;
import org.midonet.topology.Router;
import org.midonet.topology.RouterBuilder;
import org.midonet.topology.Rule;
import org.midonet.topology.RuleAction;
import org.midonet.topology.TopologyObject;

/** Objects for tests, each with an id of its own. */
final class Fixtures {
  private static final AtomicLong LAST = new AtomicLong();

  private Fixtures() {}

  static UUID id() {
    return new UUID(LAST.incrementAndGet() << 32 | 0x4000, 0x8000_0000_0000_0000L);
  }

  static Bridge bridge(String name) {
    return BridgeBuilder.builder().id(id()).name(name).adminStateUp(true).build();
  }

  static Router router(String name) {
    return RouterBuilder.builder().id(id()).name(name).adminStateUp(true).asNumber(-1).build();
  }

  static Port port(Bridge bridge) {
    return PortBuilder.builder().id(id()).bridgeId(bridge.id()).adminStateUp(true).build();
  }

  static Port port(Router router) {
    return PortBuilder.builder().id(id()).routerId(router.id()).adminStateUp(true).build();
  }

  static Chain chain(String name) {
    return ChainBuilder.builder().id(id()).name(name).build();
  }

  static Rule rule(Chain chain) {
    return new Rule(id(), chain.id(), Condition.ALL, RuleAction.DROP, null, null);
  }

  static Operation creation(TopologyObject object) {
    return new Operation.Create(object);
  }

  /** What translation makes of a virtual machine's port: the port, three chains, ten rules. */
  static List<Operation> machinePort(Bridge bridge) {
    Port port = port(bridge);
    List<Operation> operations = new ArrayList<>();
    List<Chain> chains =
        List.of(
            chain(Ids.IN_CHAIN.of(port.id()), "OS_PORT_" + port.id() + "_INBOUND"),
            chain(Ids.OUT_CHAIN.of(port.id()), "OS_PORT_" + port.id() + "_OUTBOUND"),
            chain(Ids.ANTI_SPOOF_CHAIN.of(port.id()), "OS_PORT_" + port.id() + "_ANTI_SPOOF"));
    chains.forEach(chain -> operations.add(creation(chain)));
    for (int i = 0; i < 10; i++) {
      operations.add(creation(rule(chains.get(i % 3))));
    }
    operations.add(
        creation(
            port.with()
                .inboundFilterId(chains.get(0).id())
                .outboundFilterId(chains.get(1).id())
                .build()));
    return operations;
  }

  private static Chain chain(UUID id, String name) {
    return ChainBuilder.builder().id(id).name(name).build();
  }
}
