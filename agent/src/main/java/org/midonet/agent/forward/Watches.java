package org.midonet.agent.forward;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.datapath.Miss;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.Input;
import org.midonet.agent.flow.Template;
import org.midonet.agent.flow.TemplateTable;
import org.midonet.agent.sim.Verdict;
import org.midonet.nsdb.Topology;

/** Who watches packets being decided. Of the packet loop alone, but for {@link #size}. */
final class Watches {
  private static final int ETHERNET = 14;
  private static final int TAG = 4;

  private final LocalPorts ports;
  private final List<PacketWatch> all = new CopyOnWriteArrayList<>();

  Watches(LocalPorts ports) {
    this.ports = ports;
  }

  int size() {
    return all.size();
  }

  /** From now on packets that match come up: flows for them go. */
  void add(PacketWatch watch, FlowTable flows, Begun begun, TemplateTable templates) {
    all.add(watch);
    begun
        .kinds()
        .forEach((slot, kind) -> {
          Template template = kind.template();
          if (matches(watch, template.key())
              || template.variants().stream().anyMatch(one -> matches(watch, one.back()))) {
            templates.kill(slot);
          }
        });
    flows.remove(
        flows.view().flows().stream()
            .map(seen -> seen.flow().key())
            .filter(key -> matches(watch, key))
            .toList());
  }

  void remove(PacketWatch watch) {
    all.remove(watch);
  }

  /** Whether packets of a key are to come up, each of them. */
  boolean covers(@Nullable FlowKey key) {
    if (key != null) {
      for (PacketWatch watch : all) {
        if (matches(watch, key)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean matches(PacketWatch watch, FlowKey key) {
    UUID port = key.input() instanceof Input.Port in ? ports.idOf(in.number()) : null;
    return port != null && watch.matches(port, key);
  }

  /** The size of a packet as its way limits it. */
  static int octetsOfIp(Miss miss) {
    return miss.frame().length - (miss.key().vlan() == 0 ? ETHERNET : ETHERNET + TAG);
  }

  /** Tells who wants to know; whoever has seen enough watches no more. */
  void decided(Miss miss, UUID port, Verdict verdict, Topology topology) {
    all.removeIf(
        watch -> matches(watch, miss.key()) && !watch.decided(miss, port, verdict, topology));
  }
}
