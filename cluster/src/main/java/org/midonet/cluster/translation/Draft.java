package org.midonet.cluster.translation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.neutron.Documents;
import org.midonet.cluster.neutron.FloatingIp;
import org.midonet.cluster.neutron.NeutronNetwork;
import org.midonet.cluster.neutron.NeutronPort;
import org.midonet.cluster.neutron.NeutronRouter;
import org.midonet.cluster.neutron.NeutronSubnet;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Sequence;
import org.midonet.nsdb.StateTable;
import org.midonet.nsdb.Topology;
import org.midonet.nsdb.Transaction;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.Chain;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.Reference;
import org.midonet.topology.References;
import org.midonet.topology.Rule;
import org.midonet.topology.TopologyObject;

/**
 * A topology in the making, and the operations that lead to it: what one step of a translation
 * changed, the next one sees. Not safe to share.
 *
 * <p>Its methods throw {@link NsdbException} where the store would.
 */
final class Draft {
  /** The type bits of a tunnel key that leads to the translation of IPv6. midonet.md 1.4. */
  private static final long FIP64_KEY = 2L << 20;

  private static final int UNTAGGED = 0;

  private final TranslationSettings settings;
  private final Chance chance;
  private final List<Operation> operations = new ArrayList<>();
  private final Transaction transaction;
  private Topology topology;

  Draft(Transaction transaction, TranslationSettings settings, Chance chance) {
    this.transaction = transaction;
    this.topology = transaction.present();
    this.settings = settings;
    this.chance = chance;
  }

  /** What was done, in order. */
  List<Operation> operations() {
    return List.copyOf(operations);
  }

  TranslationSettings settings() {
    return settings;
  }

  UUID newId() {
    return chance.id();
  }

  Mac newMac() {
    return chance.mac();
  }

  void apply(Operation operation) {
    transaction.apply(operation);
    topology = transaction.present();
    operations.add(operation);
  }

  void create(TopologyObject object) {
    apply(new Operation.Create(object));
  }

  void createIfAbsent(TopologyObject object) {
    if (!exists(object.type(), object.id())) {
      create(object);
    }
  }

  /** Does nothing if the object is so already. */
  void update(TopologyObject object) {
    if (!object.equals(topology.find(object.type(), object.id()))) {
      apply(new Operation.Update(object));
    }
  }

  /** Does nothing if there is no such object. */
  void delete(ObjectType<?> type, UUID id) {
    if (exists(type, id)) {
      apply(new Operation.Delete(type, id));
    }
  }

  /** Creates a rule at the head of its chain; {@link #create} puts it at the end. */
  void prepend(Rule rule) {
    create(rule);
    if (rule.chainId() != null) {
      Chain chain = get(ObjectType.CHAIN, rule.chainId());
      List<UUID> rules = new ArrayList<>(chain.ruleIds());
      rules.remove(rule.id());
      rules.addFirst(rule.id());
      update(chain.withRuleIds(rules));
    }
  }

  <T extends TopologyObject> T get(ObjectType<T> type, UUID id) {
    return topology.get(type, id);
  }

  <T extends TopologyObject> @Nullable T find(ObjectType<T> type, UUID id) {
    return topology.find(type, id);
  }

  boolean exists(ObjectType<?> type, UUID id) {
    return topology.has(type, id);
  }

  /** Makes sure that there is such an object. */
  void require(ObjectType<?> type, @Nullable UUID id) {
    if (id != null) {
      topology.get(type, id);
    }
  }

  <T extends TopologyObject> Collection<T> list(ObjectType<T> type) {
    return topology.list(type);
  }

  List<UUID> references(Reference<?> reference, UUID id) {
    return topology.references(reference, id);
  }

  NeutronNetwork network(UUID id) {
    return Documents.network(get(ObjectType.NEUTRON_NETWORK, id));
  }

  NeutronSubnet subnet(UUID id) {
    return Documents.subnet(get(ObjectType.NEUTRON_SUBNET, id));
  }

  NeutronPort port(UUID id) {
    return Documents.port(get(ObjectType.NEUTRON_PORT, id));
  }

  NeutronRouter router(UUID id) {
    return Documents.router(get(ObjectType.NEUTRON_ROUTER, id));
  }

  FloatingIp floatingIp(UUID id) {
    return Documents.floatingIp(get(ObjectType.FLOATING_IP, id));
  }

  /** Whether it is an uplink network; a network that is gone is none. */
  boolean isUplink(UUID network) {
    NeutronObject stored = find(ObjectType.NEUTRON_NETWORK, network);
    return stored != null && Documents.network(stored).isUplink();
  }

  /** The ports of a router, in the order of their ids. */
  List<Port> routerPorts(UUID router) {
    return topology.related(References.ROUTER_PORTS, router, ObjectType.PORT).stream()
        .sorted(Comparator.comparing(Port::id))
        .toList();
  }

  long nextTunnelKey() {
    return next(Sequence.OVERLAY_TUNNEL_KEY);
  }

  long nextFip64Key() {
    return FIP64_KEY | next(Sequence.FIP64_TUNNEL_KEY);
  }

  private long next(Sequence sequence) {
    long key = topology.last(sequence) + 1;
    apply(new Operation.TakeKey(sequence, key));
    return key;
  }

  void addMac(UUID bridge, Mac mac, UUID port) {
    apply(new Operation.AddEntry<>(StateTable.macs(bridge, UNTAGGED), mac, port));
  }

  void removeMac(UUID bridge, Mac mac, UUID port) {
    apply(new Operation.RemoveEntry<>(StateTable.macs(bridge, UNTAGGED), mac, port));
  }

  void addArp(UUID bridge, Ipv4Address address, Mac mac) {
    apply(new Operation.AddEntry<>(StateTable.arps(bridge), address, mac));
  }

  void removeArp(UUID bridge, Ipv4Address address, Mac mac) {
    apply(new Operation.RemoveEntry<>(StateTable.arps(bridge), address, mac));
  }

  /** Where an address is said to be, null when nothing is said. */
  @Nullable Mac arp(UUID bridge, Ipv4Address address) {
    return topology.lookUp(StateTable.arps(bridge), address);
  }

  /** Whatever the address was said to be at. */
  void removeArp(UUID bridge, Ipv4Address address) {
    Mac mac = arp(bridge, address);
    if (mac != null) {
      removeArp(bridge, address, mac);
    }
  }
}
