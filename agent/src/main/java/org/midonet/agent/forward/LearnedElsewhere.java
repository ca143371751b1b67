package org.midonet.agent.forward;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.state.MacKey;
import org.midonet.agent.state.NeighbourKey;
import org.midonet.agent.state.StateKey;
import org.midonet.nsdb.ArpEntry;
import org.midonet.nsdb.Change;
import org.midonet.nsdb.StateTable;
import org.midonet.nsdb.TableEntry;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;

/**
 * A MAC or neighbour that some host told of, this one or another: whoever told last is right.
 * Immutable, safe to share.
 *
 * @param table where it stands
 * @param entry in that table
 * @param key what this host knows it by
 */
record LearnedElsewhere(StateTable<?, ?> table, TableEntry<?, ?> entry, StateKey key) {

  /** What was told of among changes. */
  static List<LearnedElsewhere> of(List<Change> changes) {
    List<LearnedElsewhere> all = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.OfEntry told && told.added() && !told.entry().isPersistent()) {
        StateKey key = key(told.table(), told.entry().key());
        if (key != null) {
          all.add(new LearnedElsewhere(told.table(), told.entry(), key));
        }
      }
    }
    return all;
  }

  private static @Nullable StateKey key(StateTable<?, ?> table, Object key) {
    if (table.kind() == StateTable.Kind.MAC && key instanceof Mac mac) {
      return new MacKey(table.owner(), Integer.parseInt(table.args().getFirst()), mac);
    }
    boolean isOfNeighbours =
        table.kind() == StateTable.Kind.IP4_MAC || table.kind() == StateTable.Kind.ROUTER_ARP;
    return isOfNeighbours && key instanceof Ipv4Address address
        ? new NeighbourKey(table.owner(), address)
        : null;
  }

  /**
   * Whether what this host knows is older: it was told of before this. What was not told yet will
   * be, and is the newer one then.
   *
   * @param own what this host knows
   */
  boolean overrules(Object own, Topology present) {
    return !own.equals(content(entry.value()))
        && present.entries(table).stream()
            .anyMatch(other ->
                other.key().equals(entry.key())
                    && !other.isPersistent()
                    && other.version() < entry.version()
                    && own.equals(content(other.value())));
  }

  private static Object content(Object value) {
    return value instanceof ArpEntry neighbour ? neighbour.mac() : value;
  }
}
