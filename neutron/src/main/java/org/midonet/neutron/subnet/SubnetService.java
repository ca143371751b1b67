package org.midonet.neutron.subnet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.auth.RequestContext;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.rbac.Sharing;
import org.midonet.neutron.resource.Attribute;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.ResourceType;
import org.midonet.neutron.service.ResourceService;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.store.ReferenceViolation;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpRange;

/** The rules of subnets; stateless. */
final class SubnetService implements ResourceService {
  private final SubnetRules rules;

  SubnetService(SubnetSettings settings) {
    this.rules = new SubnetRules(settings);
  }

  @Override
  public ResourceType type() {
    return Subnets.TYPE;
  }

  @Override
  public Resource create(Session session, Resource input) {
    Resource network = session.get(Networks.TYPE, input.get(Subnets.NETWORK_ID));
    SubnetPrefix prefix = SubnetPrefix.settle(session, input, rules);
    NetworkSubnets.admit(session, network, prefix.cidr(), prefix.pool());
    Resource.Builder row =
        input.toBuilder()
            .set(Subnets.CIDR, prefix.cidr().toString())
            .set(Subnets.GATEWAY_IP, text(prefix.gateway()))
            .set(Subnets.ALLOCATION_POOLS, AllocationPools.toRaw(prefix.pools()))
            .set(Subnets.SUBNETPOOL_ID, prefix.pool() == null ? null : prefix.pool().id());
    for (Attribute<?> mode : List.of(Subnets.IPV6_RA_MODE, Subnets.IPV6_ADDRESS_MODE)) {
      row.set(mode, input.find(mode));
    }
    if (input.find(Subnets.SERVICE_TYPES) == null) {
      row.set(Subnets.SERVICE_TYPES, List.of());
    }
    Resource stored = session.insert(row.build());
    NetworkSubnets.added(session, network, stored.id());
    // Whoever is told of the addresses must know the subnet.
    session.afterwards(() -> SubnetPorts.addAutomaticAddresses(session, stored));
    return stored;
  }

  @Override
  public Resource update(Session session, Resource current, Resource changes) {
    rules.checkUpdate(current, changes);
    IpAddress before = current.find(Subnets.GATEWAY_IP);
    IpAddress after = changes.has(Subnets.GATEWAY_IP) ? changes.find(Subnets.GATEWAY_IP) : before;
    if (before != null && after != null && !after.equals(before)) {
      SubnetPorts.refuseIfGatewayInUse(session, current, before);
    }
    Resource.Builder row = changes.toBuilder();
    List<Map<String, Object>> raw = changes.find(Subnets.ALLOCATION_POOLS);
    if (raw != null) {
      List<IpRange> pools = AllocationPools.parse(raw);
      AllocationPools.check(pools, current.get(Subnets.CIDR));
      AllocationPools.checkGateway(after, pools);
      row.set(Subnets.ALLOCATION_POOLS, AllocationPools.toRaw(pools));
    } else {
      row.set(Subnets.ALLOCATION_POOLS, Resource.UNSET);
      if (changes.differs(current, Subnets.GATEWAY_IP)) {
        AllocationPools.checkGateway(
            after, AllocationPools.parse(current.get(Subnets.ALLOCATION_POOLS)));
      }
    }
    if (changes.has(Subnets.SERVICE_TYPES) && changes.find(Subnets.SERVICE_TYPES) == null) {
      row.set(Subnets.SERVICE_TYPES, List.of());
    }
    return session.store(current, row.build());
  }

  @Override
  public void delete(Session session, Resource current) {
    SubnetPorts.releaseAddresses(session, current);
    try {
      session
          .transaction()
          .savepoint(transaction -> {
            session.remove(current);
            return current;
          });
    } catch (ReferenceViolation e) {
      throw SubnetErrors.inUse(current.id());
    }
    NetworkSubnets.removed(session, current.get(Subnets.NETWORK_ID), current.id());
  }

  @Override
  public Condition sharing(RequestContext context) {
    return Tables.text(Subnets.NETWORK_ID).in(Sharing.objects("network", context, Sharing.SHARED));
  }

  @Override
  public void derive(Session session, List<Resource.Builder> rows) {
    Set<Object> networks =
        rows.stream().map(r -> r.raw(Subnets.NETWORK_ID)).collect(Collectors.toSet());
    Set<String> shared =
        Sharing.sharedWith(
            session,
            "network",
            Sharing.SHARED,
            networks.size() > 50 ? DSL.noCondition() : Sharing.OBJECT_ID.in(networks));
    for (Resource.Builder row : rows) {
      row.set(Subnets.SHARED, shared.contains(row.raw(Subnets.NETWORK_ID)));
    }
  }

  private static @Nullable String text(@Nullable IpAddress address) {
    return address == null ? null : address.toString();
  }
}
