package org.midonet.neutron.subnet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpRange;
import org.midonet.packets.IpSet;

/** The ranges of a subnet from which addresses are chosen; stateless. */
public final class AllocationPools {
  private AllocationPools() {}

  /**
   * The ranges of raw pools with {@code start} and {@code end}.
   *
   * @throws NeutronException 400 InvalidAllocationPool if a pool ends before it starts or mixes IP
   *     versions
   */
  public static List<IpRange> parse(List<? extends Map<String, ?>> raw) {
    return raw.stream().map(AllocationPools::parse).toList();
  }

  private static IpRange parse(Map<String, ?> pool) {
    String start = String.valueOf(pool.get("start"));
    String end = String.valueOf(pool.get("end"));
    try {
      return new IpRange(IpAddress.parse(start), IpAddress.parse(end));
    } catch (IllegalArgumentException e) {
      throw SubnetErrors.invalidPool("{'start': '" + start + "', 'end': '" + end + "'}");
    }
  }

  /** Raw pools of ranges, in order. */
  public static List<Map<String, Object>> toRaw(List<IpRange> pools) {
    List<Map<String, Object>> raw = new ArrayList<>();
    for (IpRange pool : pools.stream().sorted().toList()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("start", pool.first().toString());
      entry.put("end", pool.last().toString());
      raw.add(entry);
    }
    return raw;
  }

  /** The pools of a subnet that names none: every address a machine may have, but the gateway's. */
  public static List<IpRange> generate(Cidr cidr, @Nullable IpAddress gateway) {
    IpRange hosts = hosts(cidr);
    if (gateway == null || cidr.size().bitLength() == 1) {
      return List.of(hosts);
    }
    return gateway.version() == cidr.version()
        ? hosts.subtract(IpRange.of(gateway))
        : List.of(hosts);
  }

  /**
   * In IPv6 the first address is the routers' anycast address whatever the prefix length, as
   * Neutron has it.
   */
  private static IpRange hosts(Cidr cidr) {
    if (cidr.version() == 4 || cidr.size().bitLength() == 1) {
      return cidr.hosts();
    }
    return new IpRange(cidr.first().plus(1), cidr.last());
  }

  /**
   * Refuses pools that are of the other IP version, reach beyond the subnet, or overlap.
   *
   * @throws NeutronException 400 InvalidAllocationPool or OutOfBoundsAllocationPool, 409
   *     OverlappingAllocationPools
   */
  static void check(List<IpRange> pools, Cidr cidr) {
    IpRange hosts = hosts(cidr);
    for (IpRange pool : pools) {
      if (pool.version() != cidr.version()) {
        throw SubnetErrors.invalidPool(pool.toString());
      }
      if (!hosts.contains(pool)) {
        throw SubnetErrors.outOfBounds(pool, cidr);
      }
    }
    for (int i = 0; i < pools.size(); i++) {
      for (int j = i + 1; j < pools.size(); j++) {
        if (pools.get(i).overlaps(pools.get(j))) {
          throw SubnetErrors.overlappingPools(pools.get(i), pools.get(j), cidr);
        }
      }
    }
  }

  /** Refuses a gateway among the addresses for machines. */
  static void checkGateway(@Nullable IpAddress gateway, List<IpRange> pools) {
    for (IpRange pool : pools) {
      if (gateway != null && gateway.version() == pool.version() && pool.contains(gateway)) {
        throw SubnetErrors.gatewayInPool(gateway, pool);
      }
    }
  }

  /** How many addresses the pools have. */
  public static java.math.BigInteger size(List<IpRange> pools) {
    return IpSet.ofRanges(pools).size();
  }
}
