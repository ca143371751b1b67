package org.midonet.neutron.subnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.error.NeutronException;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.Hook;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnetpool.SubnetPools;
import org.midonet.packets.Cidr;

/**
 * What the subnets of one network owe each other, and the network's list of them. The list is a
 * column of the network's row, so two requests that change the subnets of a network meet there and
 * one of them starts anew. Stateless.
 */
final class NetworkSubnets implements Hook {
  @Override
  public Set<ResourceType> types() {
    return Set.of(Networks.TYPE);
  }

  /** Subnets go with their network. */
  @Override
  public void deleting(Session session, Resource network) {
    List<Resource> subnets = session.list(Subnets.TYPE, on(network.id()));
    subnets.forEach(subnet -> session.elevated().delete(subnet));
  }

  static org.jooq.Condition on(String networkId) {
    return Tables.text(Subnets.NETWORK_ID).eq(networkId);
  }

  /**
   * Refuses a prefix that is everything or overlaps another of the network, and one from a pool
   * that does not fit theirs.
   */
  static void admit(Session session, Resource network, Cidr cidr, @Nullable Resource pool) {
    if (cidr.prefixLength() == 0) {
      throw NeutronException.invalidInput("0 is not allowed as CIDR prefix length");
    }
    List<Resource> others = session.tables().list(Subnets.TYPE, on(network.id()));
    for (Resource other : others) {
      if (other.get(Subnets.CIDR).overlaps(cidr)) {
        throw SubnetErrors.overlap(cidr, network.id());
      }
    }
    checkPools(session, others, cidr.version(), pool);
  }

  /**
   * Subnets of a network are from one pool; or, where address scopes are used, from pools of one
   * scope.
   */
  private static void checkPools(
      Session session, List<Resource> others, long version, @Nullable Resource pool) {
    List<Resource> family =
        others.stream().filter(o -> o.get(Subnets.IP_VERSION) == version).toList();
    String scope = scope(session, family);
    if (scope != null && pool != null && !scope.equals(pool.find(SubnetPools.ADDRESS_SCOPE_ID))) {
      throw SubnetErrors.scopeAffinity();
    }
    for (Resource other : family) {
      String otherPool = other.find(Subnets.SUBNETPOOL_ID);
      boolean differs =
          pool == null ? otherPool != null : scope == null && !pool.id().equals(otherPool);
      if (differs) {
        throw SubnetErrors.poolAffinity();
      }
    }
  }

  private static @Nullable String scope(Session session, List<Resource> subnets) {
    Set<String> pools =
        subnets.stream()
            .map(s -> s.find(Subnets.SUBNETPOOL_ID))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    if (pools.isEmpty()) {
      return null;
    }
    return session
        .tables()
        .list(SubnetPools.TYPE, Tables.text(org.midonet.neutron.resource.Standard.ID).in(pools))
        .stream()
        .map(p -> p.find(SubnetPools.ADDRESS_SCOPE_ID))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  static void added(Session session, Resource network, String subnetId) {
    List<String> ids = new ArrayList<>(network.get(Networks.SUBNETS, List.of()));
    ids.add(subnetId);
    store(session, network, ids);
  }

  static void removed(Session session, String networkId, String subnetId) {
    session
        .tables()
        .find(Networks.TYPE, networkId)
        .ifPresent(network -> {
          List<String> ids = new ArrayList<>(network.get(Networks.SUBNETS, List.of()));
          ids.remove(subnetId);
          store(session, network, ids);
        });
  }

  private static void store(Session session, Resource network, List<String> ids) {
    session.store(
        network, session.changes(Networks.TYPE).set(Networks.SUBNETS, List.copyOf(ids)).build());
  }
}
