package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.midonet.agent.flow.Action;
import org.midonet.packets.frame.VlanTag;

/** What the datapath does to a packet to bring its headers from one state to another. Stateless. */
final class FlowActions {
  private FlowActions() {}

  static List<Action> between(Headers before, Headers after) {
    List<Action> actions = new ArrayList<>();
    if (before.ttl > after.ttl) {
      actions.add(new Action.DecrementTtl(before.ttl - after.ttl));
    }
    if (before.tos != after.tos) {
      actions.add(new Action.SetDscp(after.tos >>> 2));
    }
    if (!before.source.equals(after.source) || !before.destination.equals(after.destination)) {
      actions.add(new Action.SetEther(after.source, after.destination));
    }
    addVlan(before.tags, after.tags, actions);
    boolean ip =
        after.isIp()
            && !(Objects.equals(before.nwSource, after.nwSource)
                && Objects.equals(before.nwDestination, after.nwDestination));
    if (ip && after.nwSource != null && after.nwDestination != null) {
      actions.add(new Action.SetIp(after.nwSource, after.nwDestination));
    }
    boolean ports =
        before.sourcePort != after.sourcePort || before.destinationPort != after.destinationPort;
    if (ports && after.isEcho()) {
      actions.add(new Action.SetIcmpId(after.sourcePort));
    } else if (ports) {
      actions.add(new Action.SetPorts(after.sourcePort, after.destinationPort));
    }
    return actions;
  }

  private static void addVlan(List<VlanTag> before, List<VlanTag> after, List<Action> actions) {
    if (before.equals(after)) {
      return;
    }
    if (after.size() < before.size()) {
      actions.add(new Action.PopVlan());
    } else if (!after.isEmpty()) {
      actions.add(new Action.SetVlan(after.getFirst().id()));
    }
  }

  /**
   * Whether these actions are all there is to it. The datapath does not give a frame a second tag,
   * nor decide twice about a TTL.
   */
  static boolean canDo(Headers before, Headers after) {
    int fewer = before.tags.size() - after.tags.size();
    boolean tags =
        before.tags.equals(after.tags)
            || (fewer == 1 && before.tags.subList(1, before.tags.size()).equals(after.tags))
            || (before.tags.isEmpty() && after.tags.size() == 1);
    return tags && before.ttl >= after.ttl;
  }
}
