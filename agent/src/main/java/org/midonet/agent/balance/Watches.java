package org.midonet.agent.balance;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.midonet.agent.sim.HealthProber;
import org.midonet.nsdb.Topology;
import org.midonet.packets.Ipv4Address;
import org.midonet.topology.HealthMonitor;
import org.midonet.topology.Host;
import org.midonet.topology.LoadBalancer;
import org.midonet.topology.NeutronObject;
import org.midonet.topology.ObjectType;
import org.midonet.topology.Pool;
import org.midonet.topology.PoolMember;
import org.midonet.topology.References;
import org.midonet.topology.TopologyObject;

/**
 * Which members a host is to probe. Stateless.
 *
 * <p>One of the hosts that are alive watches a pool: the one whose id makes the largest hash with
 * the pool's. All hosts reckon so by themselves, and when one dies its pools are spread over the
 * others while no other pool moves.
 */
final class Watches {
  private static final int SHORTEST_SECONDS = 1;

  private Watches() {}

  /** The watches of a host, by member. */
  static Map<UUID, Watch> of(Topology topology, UUID host) {
    Map<UUID, Watch> watches = new HashMap<>();
    for (Pool pool : topology.list(ObjectType.POOL)) {
      HealthMonitor monitor = find(topology, ObjectType.HEALTH_MONITOR, pool.healthMonitorId());
      LoadBalancer balancer = find(topology, ObjectType.LOAD_BALANCER, pool.loadBalancerId());
      UUID router = balancer == null ? null : balancer.routerId();
      if (monitor != null
          && monitor.adminStateUp()
          && pool.adminStateUp()
          && router != null
          && host.equals(hostOf(topology, pool.id()))) {
        add(topology, pool, monitor, router, watches);
      }
    }
    return watches;
  }

  private static <T extends TopologyObject> @Nullable T find(
      Topology topology, ObjectType<T> type, @Nullable UUID id) {
    return id == null ? null : topology.find(type, id);
  }

  private static void add(
      Topology topology, Pool pool, HealthMonitor monitor, UUID router, Map<UUID, Watch> watches) {
    Watch.Kind kind = kind(monitor, topology.find(ObjectType.NEUTRON_HEALTH_MONITOR, monitor.id()));
    for (PoolMember member :
        topology.related(References.POOL_POOL_MEMBERS, pool.id(), ObjectType.POOL_MEMBER)) {
      if (member.adminStateUp() && member.address() instanceof Ipv4Address address) {
        watches.put(
            member.id(),
            new Watch(
                member.id(),
                new HealthProber.Target(router, address),
                member.protocolPort(),
                kind,
                seconds(monitor.delay()),
                seconds(monitor.timeout()),
                Math.max(1, monitor.maxRetries())));
      }
    }
  }

  private static Duration seconds(int given) {
    return Duration.ofSeconds(Math.max(SHORTEST_SECONDS, given));
  }

  /** MidoNet's monitors say no more than their type; Neutron's say what to ask. */
  private static Watch.Kind kind(HealthMonitor monitor, @Nullable NeutronObject neutron) {
    String type = Objects.requireNonNullElse(monitor.monitorType(), "TCP").toUpperCase(Locale.ROOT);
    return switch (type) {
      case "PING" -> new Watch.Kind.Ping();
      case "HTTP", "HTTPS" ->
          new Watch.Kind.Http(
              type.equals("HTTPS"),
              text(neutron, "http_method", "GET"),
              text(neutron, "url_path", "/"),
              StatusCodes.parse(text(neutron, "expected_codes", "200")));
      default -> new Watch.Kind.Tcp();
    };
  }

  private static String text(@Nullable NeutronObject object, String field, String otherwise) {
    String text = object == null ? null : object.text(field);
    return text == null || text.isEmpty() ? otherwise : text;
  }

  /** The host that watches a pool, null if none is alive. */
  static @Nullable UUID hostOf(Topology topology, UUID pool) {
    UUID elected = null;
    long largest = Long.MIN_VALUE;
    for (Host host : topology.list(ObjectType.HOST)) {
      long hash = hash(pool, host.id());
      boolean larger = elected == null || hash > largest;
      if (larger && topology.isAlive(host.id())) {
        elected = host.id();
        largest = hash;
      }
    }
    return elected;
  }

  /** Spreads whatever differs over all bits (the finalizer of SplitMix64). */
  private static long hash(UUID pool, UUID host) {
    long mixed = 31L * pool.hashCode() + host.getMostSignificantBits();
    mixed ^= pool.getLeastSignificantBits() ^ Long.rotateLeft(host.getLeastSignificantBits(), 32);
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return mixed ^ (mixed >>> 31);
  }
}
