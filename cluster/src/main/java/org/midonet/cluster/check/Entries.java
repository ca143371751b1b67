package org.midonet.cluster.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.midonet.nsdb.Fip64Entry;
import org.midonet.nsdb.StateTable;
import org.midonet.nsdb.TableEntry;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;

/**
 * Compares the configured entries of the tables of Neutron's networks. Learned ones are the agents'
 * and are left alone, and so is what operators configured about machines that Neutron does not
 * know. Not safe to share.
 */
final class Entries {
  private static final int UNTAGGED = 0;

  /**
   * An entry that is missing or too much.
   *
   * @param wanted whether it is missing
   */
  record Entry<K, V>(StateTable<K, V> table, K key, V value, boolean wanted) {}

  private final Topology present;
  private final Topology expected;
  private final Predicate<Mac> isNeutrons;
  private final Set<Mac> macs = new HashSet<>();
  private final List<Entry<?, ?>> found = new ArrayList<>();

  private Entries(Topology present, Topology expected, Predicate<Mac> isNeutrons) {
    this.present = present;
    this.expected = expected;
    this.isNeutrons = isNeutrons;
  }

  static List<Entry<?, ?>> of(Topology present, Topology expected, Predicate<Mac> isNeutrons) {
    Entries entries = new Entries(present, expected, isNeutrons);
    for (NeutronObject port : expected.list(ObjectType.NEUTRON_PORT)) {
      Mac.tryParse(String.valueOf(port.text("mac_address"))).ifPresent(entries.macs::add);
    }
    for (NeutronObject network : expected.list(ObjectType.NEUTRON_NETWORK)) {
      entries.compare(network.id());
    }
    return List.copyOf(entries.found);
  }

  private void compare(UUID network) {
    StateTable<Mac, UUID> ports = StateTable.macs(network, UNTAGGED);
    compare(ports, entry -> isKnown(entry.key()) || !present.has(ObjectType.PORT, entry.value()));
    StateTable<Ipv4Address, Mac> neighbours = StateTable.arps(network);
    compare(neighbours, entry -> isKnown(entry.value()));
    StateTable<Fip64Entry, UUID> fip64 = StateTable.fip64(network);
    compare(fip64, entry -> true);
  }

  private boolean isKnown(Mac mac) {
    return macs.contains(mac) || isNeutrons.test(mac);
  }

  private <K, V> void compare(StateTable<K, V> table, Predicate<TableEntry<K, V>> isOurs) {
    Set<TableEntry<K, V>> wanted = persistent(expected, table);
    Set<TableEntry<K, V>> there = persistent(present, table);
    Set<K> keys = new HashSet<>();
    for (TableEntry<K, V> entry : wanted) {
      keys.add(entry.key());
      if (!there.contains(entry)) {
        found.add(new Entry<>(table, entry.key(), entry.value(), true));
      }
    }
    for (TableEntry<K, V> entry : there) {
      if (!wanted.contains(entry) && (keys.contains(entry.key()) || isOurs.test(entry))) {
        found.add(new Entry<>(table, entry.key(), entry.value(), false));
      }
    }
  }

  private static <K, V> Set<TableEntry<K, V>> persistent(
      Topology topology, StateTable<K, V> table) {
    Set<TableEntry<K, V>> entries = new LinkedHashSet<>(topology.entries(table));
    entries.removeIf(entry -> !entry.isPersistent());
    return entries;
  }
}
