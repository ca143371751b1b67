package org.midonet.neutron.subnet;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.subnetpool.PrefixAllocation;
import org.midonet.neutron.subnetpool.SubnetPools;
import org.midonet.packets.Cidr;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpRange;

/**
 * The prefix of a new subnet and what follows from it; immutable.
 *
 * @param cidr the prefix
 * @param gateway the gateway, null for none
 * @param pools the ranges from which addresses are chosen
 * @param pool the subnet pool the prefix is from, null for none
 */
record SubnetPrefix(
    Cidr cidr, @Nullable IpAddress gateway, List<IpRange> pools, @Nullable Resource pool) {
  /** The pool that stands for a prefix delegated by the provider. */
  private static final String PREFIX_DELEGATION = "prefix_delegation";

  /** Settles what the request leaves open; takes the prefix from its pool if there is one. */
  static SubnetPrefix settle(Session session, Resource input, SubnetRules rules) {
    Cidr cidr = input.find(Subnets.CIDR);
    if (cidr != null && input.find(Subnets.PREFIXLEN) != null) {
      throw SubnetErrors.bad("cidr and prefixlen must not be supplied together");
    }
    String poolId = poolId(session, input, cidr);
    if (poolId == null && cidr == null) {
      throw SubnetErrors.bad("a subnetpool must be specified in the absence of a cidr");
    }
    if (cidr == null && input.find(Subnets.ALLOCATION_POOLS) != null) {
      throw SubnetErrors.bad("allocation_pools allowed only for specific subnet requests.");
    }
    if (PREFIX_DELEGATION.equals(poolId)) {
      if (cidr == null) {
        throw SubnetRules.prefixDelegation(input);
      }
      poolId = null;
    }
    Resource pool = poolId == null ? null : pool(session, input, poolId);
    return settle(session, input, cidr, pool, rules);
  }

  private static SubnetPrefix settle(
      Session session,
      Resource input,
      @Nullable Cidr cidr,
      @Nullable Resource pool,
      SubnetRules rules) {
    if (cidr == null && pool != null) {
      return fromPool(session, input, pool, rules);
    }
    Cidr given = java.util.Objects.requireNonNull(cidr);
    rules.checkCreate(input, given);
    IpAddress gateway =
        input.has(Subnets.GATEWAY_IP)
            ? input.find(Subnets.GATEWAY_IP)
            : given.version() == 6 || given.network().isMax()
                ? given.network()
                : given.network().plus(1);
    List<IpRange> pools = pools(input, given, gateway);
    if (gateway != null
        && gateway.version() == 4
        && !SubnetRules.isPossibleGateway(gateway, given)) {
      throw SubnetErrors.gatewayNotAllocatable(gateway, given);
    }
    if (pool != null) {
      PrefixAllocation.takeSpecific(session, pool, input.projectId(), given);
    }
    return new SubnetPrefix(given, gateway, pools, pool);
  }

  private static List<IpRange> pools(Resource input, Cidr cidr, @Nullable IpAddress gateway) {
    List<Map<String, Object>> raw = input.find(Subnets.ALLOCATION_POOLS);
    if (raw == null) {
      return AllocationPools.generate(cidr, gateway);
    }
    List<IpRange> pools = AllocationPools.parse(raw);
    AllocationPools.check(pools, cidr);
    AllocationPools.checkGateway(gateway, pools);
    return pools;
  }

  /** A gateway without a prefix chooses the prefix around it. */
  private static SubnetPrefix fromPool(
      Session session, Resource input, Resource pool, SubnetRules rules) {
    long length =
        input.get(Subnets.PREFIXLEN, SubnetPools.length(pool, SubnetPools.DEFAULT_PREFIXLEN));
    IpAddress gateway = input.find(Subnets.GATEWAY_IP);
    PrefixAllocation.checkLength(pool, length);
    Cidr cidr;
    if (gateway == null) {
      cidr = PrefixAllocation.takeAny(session, pool, input.projectId(), (int) length);
      gateway = cidr.network().isMax() ? cidr.network() : cidr.network().plus(1);
    } else {
      cidr = new Cidr(gateway, (int) length);
      PrefixAllocation.takeSpecific(session, pool, input.projectId(), cidr);
    }
    rules.checkCreate(input, cidr);
    return new SubnetPrefix(cidr, gateway, AllocationPools.generate(cidr, gateway), pool);
  }

  private static @Nullable String poolId(Session session, Resource input, @Nullable Cidr cidr) {
    boolean byDefault = input.get(Subnets.USE_DEFAULT_SUBNETPOOL, false);
    String named = input.find(Subnets.SUBNETPOOL_ID);
    if (byDefault && named != null) {
      throw SubnetErrors.bad("subnetpool_id and use_default_subnetpool cannot both be specified");
    }
    if (!byDefault) {
      return named;
    }
    long version = cidr != null ? cidr.version() : input.get(Subnets.IP_VERSION);
    return SubnetPools.defaultPool(session, version)
        .orElseThrow(() -> SubnetErrors.bad("No default subnetpool found for IPv" + version))
        .id();
  }

  private static Resource pool(Session session, Resource input, String id) {
    Resource pool = session.get(SubnetPools.TYPE, id);
    long wanted = input.get(Subnets.IP_VERSION);
    long version = pool.get(SubnetPools.IP_VERSION);
    if (version != wanted) {
      throw SubnetErrors.bad(
          "Cannot allocate IPv" + wanted + " subnet from IPv" + version + " subnet pool");
    }
    return pool;
  }
}
