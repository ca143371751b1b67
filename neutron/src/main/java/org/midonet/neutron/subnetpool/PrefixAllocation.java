package org.midonet.neutron.subnetpool;

import java.util.List;
import org.jooq.Condition;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpSet;

/**
 * Takes prefixes from subnet pools for new subnets; what is taken is what the pool's subnets have.
 * Stateless.
 */
public final class PrefixAllocation {
  private PrefixAllocation() {}

  /** Refuses a length beyond the pool's bounds. */
  public static void checkLength(Resource pool, long length) {
    long max = SubnetPools.length(pool, SubnetPools.MAX_PREFIXLEN);
    long min = SubnetPools.length(pool, SubnetPools.MIN_PREFIXLEN);
    if (length > max) {
      throw SubnetPoolErrors.tooLong(length, max);
    }
    if (length < min) {
      throw SubnetPoolErrors.tooShort(length, min);
    }
  }

  /** Takes any prefix of a length, from the smallest free part that holds it. */
  public static Cidr takeAny(Session session, Resource pool, String projectId, int length) {
    IpSet free = prepare(session, pool, projectId, length);
    return free.bestFit(length)
        .orElseThrow(() ->
            SubnetPoolErrors.allocation(
                "Insufficient prefix space to allocate subnet size /" + length));
  }

  /** Takes a certain prefix. */
  public static void takeSpecific(Session session, Resource pool, String projectId, Cidr cidr) {
    IpSet free = prepare(session, pool, projectId, cidr.prefixLength());
    if (!free.contains(cidr)) {
      throw SubnetPoolErrors.allocation(
          "Cannot allocate requested subnet from the available set of prefixes");
    }
  }

  private static IpSet prepare(Session session, Resource pool, String projectId, int length) {
    checkLength(pool, length);
    PoolLock.lock(session, pool.id());
    List<Resource> subnets = session.tables().list(Subnets.TYPE, from(pool.id()));
    checkQuota(pool, projectId, length, subnets);
    return prefixes(pool).subtract(taken(subnets));
  }

  static Condition from(String poolId) {
    return Tables.text(Subnets.SUBNETPOOL_ID).eq(poolId);
  }

  static IpSet prefixes(Resource pool) {
    return IpSet.ofCidrs(SubnetPools.prefixes(pool.get(SubnetPools.PREFIXES)));
  }

  static IpSet taken(List<Resource> subnets) {
    return IpSet.ofCidrs(subnets.stream().map(s -> s.get(Subnets.CIDR)).toList());
  }

  private static void checkQuota(
      Resource pool, String projectId, int length, List<Resource> subnets) {
    Long quota = pool.find(SubnetPools.DEFAULT_QUOTA);
    if (quota == null || quota == 0) {
      return;
    }
    int unit = pool.get(SubnetPools.IP_VERSION) == 4 ? 32 : 64;
    double used =
        subnets.stream()
            .filter(s -> s.get(Standard.PROJECT_ID).equals(projectId))
            .mapToDouble(s -> Math.scalb(1.0, unit - s.get(Subnets.CIDR).prefixLength()))
            .sum();
    if (used + Math.scalb(1.0, unit - length) > quota) {
      throw SubnetPoolErrors.quotaExceeded();
    }
  }
}
