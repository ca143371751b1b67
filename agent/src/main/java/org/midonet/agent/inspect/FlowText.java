package org.midonet.agent.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.midonet.agent.flow.Action;
import org.midonet.agent.flow.Flow;
import org.midonet.agent.flow.FlowKey;
import org.midonet.agent.flow.FlowStatistics;
import org.midonet.agent.flow.FlowTable;
import org.midonet.agent.flow.Input;

/** A flow in words, by the names that Neutron's users know. Not to be shared between threads. */
final class FlowText {
  private final Names names;

  FlowText(Names names) {
    this.names = names;
  }

  /** What it is, where it goes, and what it has carried, in lines. */
  List<String> lines(FlowTable.Seen seen) {
    Flow flow = seen.flow();
    List<String> lines = new ArrayList<>();
    lines.add(packets(flow.key()));
    if (flow.actions().isDrop()) {
      lines.add("  dropped");
    } else {
      List<String> done = new ArrayList<>();
      for (Action action : flow.actions().list()) {
        done.add(action(action));
        if (action.isOutput()) {
          lines.add("  " + String.join(", ", done));
          done.clear();
        }
      }
    }
    lines.add("  " + counters(seen));
    return lines;
  }

  private String packets(FlowKey key) {
    return switch (key.input()) {
      case Input.Port port -> {
        UUID id = names.portOf(port.number());
        String from = id == null ? "device " + names.device(port.number()) : names.port(id);
        yield Wording.packets(key) + " from " + from;
      }
      case Input.Tunnel tunnel -> "from other hosts for tunnel key " + tunnel.key();
    };
  }

  private String action(Action action) {
    return switch (action) {
      case Action.SetEther it -> "MAC " + it.source() + " > " + it.destination();
      case Action.SetVlan it -> "VLAN " + it.id();
      case Action.PopVlan _ -> "no VLAN";
      case Action.SetIp it -> "IP " + it.source() + " > " + it.destination();
      case Action.SetPorts it -> "ports " + it.source() + " > " + it.destination();
      case Action.SetIcmpId it -> "echo " + it.id();
      case Action.SetDscp it -> "dscp " + it.dscp();
      case Action.DecrementTtl it -> "TTL -" + it.by();
      case Action.CheckMtu it -> "up to " + it.mtu() + " octets";
      case Action.Output it -> "to " + output(it.port());
      case Action.Tunnel it -> "to " + tunnel(it);
    };
  }

  private String output(int number) {
    UUID port = names.portOf(number);
    return port == null ? "device " + names.device(number) : names.port(port);
  }

  private String tunnel(Action.Tunnel tunnel) {
    UUID port = names.portOfTunnel(tunnel.key());
    String to = port == null ? "tunnel key " + tunnel.key() : names.port(port);
    return to + " at host " + names.host(tunnel.remote());
  }

  private static String counters(FlowTable.Seen seen) {
    FlowStatistics statistics = seen.statistics();
    return "%d packets, %d octets, age %s, idle %s"
        .formatted(
            statistics.packets(),
            statistics.bytes(),
            Wording.seconds(seen.ageNanos()),
            Wording.seconds(statistics.idleNanos()));
  }
}
