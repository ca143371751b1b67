package org.midonet.agent.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.state.NatBinding;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.LbStatus;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.PoolMember;
import org.midonet.topology.References;

/**
 * A pool prepared for many packets. Immutable, safe to share.
 *
 * @param active the members that take connections
 * @param members all members that were not found dead, by address and port
 * @param turns whose turn it is: each active member as often as its weight says, evenly spread
 */
record PoolDevice(
    Pool pool, List<PoolMember> active, Map<NatBinding, PoolMember> members, List<Integer> turns) {
  /** However large weights are, so many turns are planned. */
  private static final int MOST_TURNS = 1 << 16;

  PoolDevice {
    active = List.copyOf(active);
    members = Map.copyOf(members);
    turns = List.copyOf(turns);
  }

  static @Nullable PoolDevice of(Topology topology, UUID id) {
    Pool pool = topology.find(ObjectType.POOL, id);
    if (pool == null) {
      return null;
    }
    List<PoolMember> active = new ArrayList<>();
    Map<NatBinding, PoolMember> members = new HashMap<>();
    for (PoolMember member :
        topology.related(References.POOL_POOL_MEMBERS, id, ObjectType.POOL_MEMBER)) {
      if (member.status() == LbStatus.INACTIVE || !(member.address() instanceof Ipv4Address)) {
        continue;
      }
      members.putIfAbsent(binding(member), member);
      if (pool.adminStateUp() && member.adminStateUp() && member.weight() > 0) {
        active.add(member);
      }
    }
    return new PoolDevice(pool, active, members, turns(active));
  }

  static NatBinding binding(PoolMember member) {
    return new NatBinding(member.address(), member.protocolPort());
  }

  /** Whether a connection that a member has may stay there: it may be drained, but not dead. */
  boolean keeps(NatBinding member) {
    return pool.adminStateUp() && members.containsKey(member);
  }

  /** The member that takes connections at an address and port, null if there is none. */
  @Nullable PoolMember activeAt(NatBinding binding) {
    PoolMember member = members.get(binding);
    return member != null && active.contains(member) ? member : null;
  }

  /** The member whose turn it is. There must be an active one. */
  PoolMember atTurn(long turn) {
    return active.get(turns.get((int) Math.floorMod(turn, (long) turns.size())));
  }

  private record Turn(double time, int member) {}

  /** A member of weight w has w turns, at the middles of as many equal parts of the round. */
  private static List<Integer> turns(List<PoolMember> active) {
    int[] weights = reduced(active);
    List<Turn> turns = new ArrayList<>();
    for (int member = 0; member < weights.length; member++) {
      for (int i = 0; i < weights[member]; i++) {
        turns.add(new Turn((i + 0.5) / weights[member], member));
      }
    }
    turns.sort(Comparator.comparingDouble(Turn::time).thenComparingInt(Turn::member));
    return turns.stream().map(Turn::member).toList();
  }

  private static int[] reduced(List<PoolMember> active) {
    long all = active.stream().mapToLong(PoolMember::weight).sum();
    long divisor =
        active.stream()
            .map(member -> BigInteger.valueOf(member.weight()))
            .reduce(BigInteger.ZERO, BigInteger::gcd)
            .longValue();
    long turns = divisor == 0 ? 0 : all / divisor;
    return active.stream()
        .mapToInt(member ->
            turns <= MOST_TURNS
                ? (int) (member.weight() / divisor)
                : Math.max(1, (int) ((long) member.weight() * MOST_TURNS / all)))
        .toArray();
  }
}
