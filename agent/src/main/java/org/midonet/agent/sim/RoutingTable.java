package org.midonet.agent.sim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.topology.Route;

/**
 * The routes of a router by their destinations. Immutable, safe to share. spec/midonet.md 5.5.
 *
 * <p>The longest destination prefix wins, then the lowest weight, and among equals the connection
 * decides. That a route has a source prefix counts only in so far as the packet must be in it.
 */
final class RoutingTable {
  private final List<Level> ipv4;
  private final List<Level> ipv6;

  /** The routes of one prefix length, by network. */
  private record Level(int length, Map<IpAddress, List<Candidate>> routes) {}

  private record Candidate(Route route, Prefix source) {}

  RoutingTable(Collection<Route> routes) {
    this.ipv4 = levels(routes, 4);
    this.ipv6 = levels(routes, 6);
  }

  private static List<Level> levels(Collection<Route> routes, int version) {
    TreeMap<Integer, Map<IpAddress, List<Candidate>>> byLength = new TreeMap<>();
    for (Route route : routes) {
      Cidr destination = route.dst().cidr();
      if (destination.version() == version) {
        byLength
            .computeIfAbsent(-destination.prefixLength(), it -> new HashMap<>())
            .computeIfAbsent(destination.network(), it -> new ArrayList<>())
            .add(new Candidate(route, Prefix.of(route.src())));
      }
    }
    List<Level> levels = new ArrayList<>();
    byLength.forEach((length, byNetwork) -> levels.add(new Level(-length, byNetwork)));
    return levels;
  }

  /**
   * The route of a packet, null when there is none.
   *
   * @param connection the same for all packets of a connection; asked where there is a choice
   */
  @Nullable Route find(IpAddress source, IpAddress destination, IntSupplier connection) {
    for (Level level : destination.version() == 4 ? ipv4 : ipv6) {
      List<Candidate> candidates = level.routes.get(destination.first(level.length));
      Route best = candidates == null ? null : best(candidates, source, connection);
      if (best != null) {
        return best;
      }
    }
    return null;
  }

  private static @Nullable Route best(
      List<Candidate> candidates, IpAddress source, IntSupplier connection) {
    Route best = null;
    int equals = 0;
    for (Candidate candidate : candidates) {
      Route route = candidate.route;
      boolean better = best == null || route.weight() <= best.weight();
      if (better && candidate.source.contains(source)) {
        boolean equal = best != null && route.weight() == best.weight();
        equals = equal ? equals + 1 : 1;
        best = route;
      }
    }
    return equals < 2 || best == null
        ? best
        : pick(
            candidates, source, best.weight(), Math.floorMod(mixed(connection.getAsInt()), equals));
  }

  /**
   * Spreads what differs in any bit over all bits: the ports that Linux takes for connections are
   * all even (the finalizer of MurmurHash3).
   */
  private static int mixed(int hash) {
    int mixed = hash;
    mixed = (mixed ^ mixed >>> 16) * 0x85ebca6b;
    mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
    return mixed ^ mixed >>> 16;
  }

  private static Route pick(List<Candidate> candidates, IpAddress source, int weight, int index) {
    int left = index;
    for (Candidate candidate : candidates) {
      if (candidate.route.weight() == weight && candidate.source.contains(source)) {
        if (left-- == 0) {
          return candidate.route;
        }
      }
    }
    throw new AssertionError("fewer routes than counted");
  }
}
