package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.List;
import org.midonet.packets.frame.VlanTag;

/** VLAN tags of a frame. Stateless. */
final class Vlans {
  private Vlans() {}

  static List<VlanTag> push(List<VlanTag> tags, int id) {
    List<VlanTag> more = new ArrayList<>(tags.size() + 1);
    more.add(VlanTag.of(id));
    more.addAll(tags);
    return List.copyOf(more);
  }

  static List<VlanTag> pop(List<VlanTag> tags) {
    return tags.isEmpty() ? tags : List.copyOf(tags.subList(1, tags.size()));
  }
}
