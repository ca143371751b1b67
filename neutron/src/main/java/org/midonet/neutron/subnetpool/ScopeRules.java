package org.midonet.neutron.subnetpool;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.addressscope.AddressScopes;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.Subnets;
import org.midonet.packets.IpSet;

/** What a pool owes the address scope it is in; stateless. */
final class ScopeRules {
  private ScopeRules() {}

  /**
   * Refuses a pool whose scope is not the caller's to use, is of the other IP version, or has a
   * pool with the same prefixes.
   */
  static void check(Session session, String poolId, Resource pool, PrefixBounds bounds) {
    String scopeId = pool.find(SubnetPools.ADDRESS_SCOPE_ID);
    if (scopeId == null) {
      return;
    }
    Resource scope =
        session
            .find(AddressScopes.TYPE, scopeId)
            .orElseThrow(() -> AddressScopes.TYPE.notFound(scopeId));
    long version = scope.get(AddressScopes.IP_VERSION);
    if (version != bounds.version()) {
      throw SubnetPoolErrors.scopeVersion(poolId, scopeId, version);
    }
    refuseIfNetworksMix(session, poolId, version);
    PoolLock.lock(session, Tables.table(AddressScopes.TYPE), scopeId);
    refuseIfPrefixesOverlap(session, poolId, scopeId, IpSet.ofCidrs(bounds.prefixes()));
  }

  private static void refuseIfPrefixesOverlap(
      Session session, String poolId, String scopeId, IpSet prefixes) {
    List<Resource> pools =
        session
            .tables()
            .list(
                SubnetPools.TYPE,
                Tables.text(SubnetPools.ADDRESS_SCOPE_ID)
                    .eq(scopeId)
                    .and(Tables.text(Standard.ID).ne(poolId)));
    for (Resource other : pools) {
      if (!PrefixAllocation.prefixes(other).intersect(prefixes).isEmpty()) {
        throw SubnetPoolErrors.scopeConflict();
      }
    }
  }

  /**
   * Networks whose subnets are from this pool must have none of the same IP version from elsewhere.
   */
  private static void refuseIfNetworksMix(Session session, String poolId, long version) {
    Set<String> networks =
        session.tables().list(Subnets.TYPE, PrefixAllocation.from(poolId)).stream()
            .map(s -> s.get(Subnets.NETWORK_ID))
            .collect(Collectors.toSet());
    if (networks.isEmpty()) {
      return;
    }
    boolean mixed =
        session.tables().list(Subnets.TYPE, Tables.text(Subnets.NETWORK_ID).in(networks)).stream()
            .filter(s -> s.get(Subnets.IP_VERSION) == version)
            .anyMatch(s -> !poolId.equals(s.find(Subnets.SUBNETPOOL_ID)));
    if (mixed) {
      throw SubnetPoolErrors.scopeAffinity();
    }
  }

  /** Refuses an update by those who do not own the scope that the pool is in. */
  static void refuseUnlessOwned(Session session, String poolId, @Nullable String scopeId) {
    if (scopeId == null || session.context().isAdmin()) {
      return;
    }
    Resource scope = session.get(AddressScopes.TYPE, scopeId);
    if (!scope.projectId().equals(session.context().projectId())) {
      throw SubnetPoolErrors.update(
          "subnetpool "
              + poolId
              + " cannot be updated when associated with shared address scope "
              + scopeId);
    }
  }
}
