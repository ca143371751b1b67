package org.midonet.cluster.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.midonet.cluster.importer.TaskState;
import org.midonet.nsdb.Commit;
import org.midonet.nsdb.Nsdb;
import org.midonet.nsdb.NsdbException;
import org.midonet.nsdb.Operation;
import org.midonet.nsdb.Sequence;
import org.midonet.nsdb.Topology;
import org.midonet.nsdb.Transaction;
import org.midonet.topology.Chain;
import org.midonet.topology.Dhcp;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Port;
import org.midonet.topology.Router;
import org.midonet.topology.TopologyObject;
import org.midonet.topology.Vip;

/**
 * Makes the present topology the expected one, in transactions of a few hundred objects, and writes
 * nothing that is right. It may be broken off at any time and begun anew. Used by one thread.
 *
 * <p>First what is taken by mistake is let go and what is too much goes, so that nothing is in the
 * way; then objects are made, without references to what comes later; then each gets all that it is
 * to have.
 */
public final class Repair {
  private static final int BATCH = 300;

  /** What objects refer to comes before them. */
  private static final List<ObjectType<?>> ORDER =
      List.of(
          ObjectType.NEUTRON_CONFIG,
          ObjectType.TUNNEL_ZONE,
          ObjectType.AGENT_MEMBERSHIP,
          ObjectType.NEUTRON_NETWORK,
          ObjectType.NEUTRON_SUBNET,
          ObjectType.NEUTRON_PORT,
          ObjectType.NEUTRON_ROUTER,
          ObjectType.FLOATING_IP,
          ObjectType.SECURITY_GROUP,
          ObjectType.SECURITY_GROUP_RULE,
          ObjectType.CHAIN,
          ObjectType.IP_ADDR_GROUP,
          ObjectType.PORT_GROUP,
          ObjectType.BRIDGE,
          ObjectType.ROUTER,
          ObjectType.DHCP,
          ObjectType.PORT,
          ObjectType.LOAD_BALANCER,
          ObjectType.HEALTH_MONITOR,
          ObjectType.POOL,
          ObjectType.POOL_MEMBER,
          ObjectType.VIP,
          ObjectType.ROUTE,
          ObjectType.RULE,
          ObjectType.DHCP_HOST,
          ObjectType.IP_ADDR_GROUP_MEMBER);

  private final Nsdb nsdb;
  private final Comparison comparison;
  private final Progress progress;
  private final int all;
  private int done;

  private Repair(Nsdb nsdb, Comparison comparison, Progress progress) {
    this.nsdb = nsdb;
    this.comparison = comparison;
    this.progress = progress;
    this.all = comparison.size() + comparison.missing.size();
  }

  /**
   * Repairs; the store must have the effect of all tasks already.
   *
   * @param last the last task of the table, whose effect the expected topology has
   * @throws Overtaken if it has the effect of others meanwhile
   * @throws NsdbException if the store cannot be reached, or what is not Neutron's is in the way
   */
  public static void run(Nsdb nsdb, Comparison comparison, int last, Progress progress) {
    new Repair(nsdb, comparison, progress).run(last);
  }

  private void run(int last) {
    inBatches(comparison.changed, Repair::releases);
    inBatches(comparison.leftovers, Repair::deletions);
    for (ObjectType<?> type : kinds()) {
      inBatches(
          comparison.missing.stream().filter(object -> object.type().equals(type)).toList(),
          this::creations);
    }
    List<TopologyObject> rest = new ArrayList<>();
    comparison.missing.stream().filter(object -> !bare(object).equals(object)).forEach(rest::add);
    comparison.changed.forEach(each -> rest.add(wanted(each.target())));
    inBatches(rest, this::updates);
    inBatches(comparison.entries, Repair::entries);
    if (!comparison.sequences.isEmpty()) {
      nsdb.commit(topology -> sequences(unmoved(topology)));
    }
    if (!comparison.isMarked()) {
      nsdb.commit(topology -> List.of(TaskState.reached(unmoved(topology), last)));
    }
    nsdb.discard(comparison.unreadable);
  }

  /** What the comparison says holds only as long as no task is applied. */
  private Topology unmoved(Topology topology) {
    if (!TaskState.last(topology).equals(comparison.mark)) {
      throw new Overtaken();
    }
    return topology;
  }

  /** Somebody applied tasks after the comparison, which must be made again; immutable. */
  public static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Overtaken() {
      super("tasks were applied meanwhile", null, false, false);
    }
  }

  /** All that are wanted; those that are not in the order refer to nothing. */
  private List<ObjectType<?>> kinds() {
    Set<ObjectType<?>> kinds = new LinkedHashSet<>(ORDER);
    comparison.missing.forEach(object -> kinds.add(object.type()));
    return List.copyOf(kinds);
  }

  private TopologyObject wanted(TopologyObject target) {
    return comparison.wanted.get(target.type(), target.id());
  }

  private <T> void inBatches(
      List<T> steps, BiFunction<Topology, List<T>, List<Operation>> operations) {
    for (int from = 0; from < steps.size(); from += BATCH) {
      List<T> some = steps.subList(from, Math.min(steps.size(), from + BATCH));
      commit(some, operations);
      done += some.size();
      progress.at("repairing", done, all);
    }
  }

  /** An ensemble takes less at once than the embedded server. */
  private <T> void commit(
      List<T> steps, BiFunction<Topology, List<T>, List<Operation>> operations) {
    try {
      nsdb.store(topology -> commit(topology, operations.apply(unmoved(topology), steps)));
    } catch (NsdbException e) {
      if (e.kind() != NsdbException.Kind.TOO_LARGE || steps.size() == 1) {
        throw e;
      }
      int middle = steps.size() / 2;
      commit(steps.subList(0, middle), operations);
      commit(steps.subList(middle, steps.size()), operations);
    }
  }

  private Commit commit(Topology topology, List<Operation> operations) {
    Transaction transaction = topology.begin(comparison.wanted::home);
    operations.forEach(transaction::apply);
    return transaction.commit();
  }

  /** One may take others with it. */
  private static List<Operation> deletions(Topology topology, List<Leftovers.Key> keys) {
    List<Operation> operations = new ArrayList<>();
    Topology rest = topology;
    for (Leftovers.Key key : keys) {
      if (rest.has(key.type(), key.id())) {
        Operation delete = new Operation.Delete(key.type(), key.id());
        rest = rest.apply(List.of(delete));
        operations.add(delete);
      }
    }
    return operations;
  }

  /** References that only one object can have at a time, or that keep others from going. */
  private static List<Operation> releases(Topology topology, List<Comparison.Changed> changed) {
    List<Operation> operations = new ArrayList<>();
    for (Comparison.Changed each : changed) {
      TopologyObject there = topology.find(each.present().type(), each.present().id());
      if (there != null) {
        TopologyObject free = released(there, each.target());
        if (!free.equals(there)) {
          operations.add(new Operation.Update(free));
        }
      }
    }
    return operations;
  }

  private static TopologyObject released(TopologyObject there, TopologyObject target) {
    if (there instanceof Port is && target instanceof Port to) {
      return Objects.equals(is.peerId(), to.peerId()) ? is : is.withPeerId(null);
    }
    if (there instanceof Dhcp is && target instanceof Dhcp to) {
      return Objects.equals(is.routerIfPortId(), to.routerIfPortId())
          ? is
          : is.withRouterIfPortId(null);
    }
    if (there instanceof Vip is && target instanceof Vip to) {
      return Objects.equals(is.gatewayPortId(), to.gatewayPortId())
          ? is
          : is.withGatewayPortId(null);
    }
    if (there instanceof NeutronObject is
        && target instanceof NeutronObject to
        && is.type().equals(ObjectType.NEUTRON_ROUTER)
        && !Objects.equals(is.get("gw_port_id"), to.get("gw_port_id"))) {
      return is.with("gw_port_id", null);
    }
    return there;
  }

  private List<Operation> creations(Topology topology, List<TopologyObject> objects) {
    List<Operation> operations = new ArrayList<>();
    Map<Sequence, Long> taken = new EnumMap<>(Sequence.class);
    for (TopologyObject object : objects) {
      if (!topology.has(object.type(), object.id())) {
        TopologyObject bare = bare(object);
        if (bare instanceof Port port && port.tunnelKey() != 0) {
          bare = port.withTunnelKey(take(topology, port.tunnelKey(), taken, operations));
        }
        operations.add(new Operation.Create(bare));
      }
    }
    return operations;
  }

  /** A new key of the same sequence. */
  private long take(
      Topology topology, long like, Map<Sequence, Long> taken, List<Operation> operations) {
    Sequence sequence = Keys.sequence(like);
    long last =
        Math.max(
            taken.getOrDefault(sequence, topology.last(sequence)),
            comparison.sequences.getOrDefault(sequence, 0L));
    taken.put(sequence, last + 1);
    operations.add(new Operation.TakeKey(sequence, last + 1));
    return Keys.key(sequence, last + 1);
  }

  /** Without what may not be there yet. */
  private static TopologyObject bare(TopologyObject object) {
    return switch (object) {
      case Chain chain -> chain.withRuleIds(List.of());
      case Dhcp dhcp -> dhcp.withRouterIfPortId(null);
      case Port port -> port.withPeerId(null);
      case Router router -> router.withLoadBalancerId(null);
      default -> object;
    };
  }

  private List<Operation> updates(Topology topology, List<TopologyObject> objects) {
    List<Operation> operations = new ArrayList<>();
    Map<Sequence, Long> taken = new EnumMap<>(Sequence.class);
    for (TopologyObject object : objects) {
      TopologyObject there = topology.find(object.type(), object.id());
      if (there == null) {
        continue; // somebody deleted it meanwhile
      }
      TopologyObject target = comparison.targets.of(object, there);
      if (target instanceof Port port) {
        target = keyed(topology, port, taken, operations);
      }
      if (!target.equals(there)) {
        operations.add(new Operation.Update(target));
      }
    }
    return operations;
  }

  private Port keyed(
      Topology topology, Port port, Map<Sequence, Long> taken, List<Operation> operations) {
    return port.tunnelKey() >= 0
        ? port
        : port.withTunnelKey(take(topology, -port.tunnelKey(), taken, operations));
  }

  private static List<Operation> entries(Topology topology, List<Entries.Entry<?, ?>> entries) {
    List<Operation> operations = new ArrayList<>();
    entries.forEach(entry -> operations.add(operation(entry)));
    return operations;
  }

  private static <K, V> Operation operation(Entries.Entry<K, V> entry) {
    return entry.wanted()
        ? new Operation.AddEntry<>(entry.table(), entry.key(), entry.value())
        : new Operation.RemoveEntry<>(entry.table(), entry.key(), entry.value());
  }

  private List<Operation> sequences(Topology topology) {
    List<Operation> operations = new ArrayList<>();
    comparison.sequences.forEach((sequence, number) -> {
      if (topology.last(sequence) < number) {
        operations.add(new Operation.TakeKey(sequence, number));
      }
    });
    return operations;
  }
}
