package org.midonet.neutron.ipavailability;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.midonet.neutron.ipam.Allocations;
import org.midonet.neutron.network.Networks;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.resource.Standard;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.service.Tables;
import org.midonet.neutron.subnet.AllocationPools;
import org.midonet.neutron.subnet.Subnets;

/** Counts the addresses of networks, in three queries whatever their number; stateless. */
final class AddressCounts {
  private static final BigInteger MOST_LONG = BigInteger.valueOf(Long.MAX_VALUE);
  private static final int MOST_LISTED = 500;

  private AddressCounts() {}

  /**
   * Counts.
   *
   * @param which the networks
   * @param counted the subnets to count of them
   * @param onlyWithSubnets whether to leave networks out of which no subnet is counted
   * @return one for each network, in the order of their identifiers
   */
  static List<Resource> of(
      Session session, Condition which, Condition counted, boolean onlyWithSubnets) {
    List<Resource> networks = session.tables().list(Networks.TYPE, which);
    List<String> ids = networks.stream().map(Resource::id).toList();
    Condition some =
        ids.size() > MOST_LISTED ? DSL.noCondition() : Tables.text(Subnets.NETWORK_ID).in(ids);
    List<Resource> subnets = session.tables().list(Subnets.TYPE, some.and(counted));
    Map<String, Integer> used =
        Allocations.countBySubnet(session, subnets.stream().map(Resource::id).toList());
    Map<String, List<Resource>> byNetwork =
        subnets.stream()
            .sorted(Comparator.comparing(Resource::id))
            .collect(Collectors.groupingBy(s -> s.get(Subnets.NETWORK_ID)));
    return networks.stream()
        .sorted(Comparator.comparing(Resource::id))
        .filter(n -> !onlyWithSubnets || byNetwork.containsKey(n.id()))
        .map(n -> summary(session, n, byNetwork.getOrDefault(n.id(), List.of()), used))
        .toList();
  }

  private static Resource summary(
      Session session, Resource network, List<Resource> subnets, Map<String, Integer> used) {
    BigInteger total = BigInteger.ZERO;
    long taken = 0;
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Resource subnet : subnets) {
      BigInteger size = size(subnet);
      long takenHere = used.getOrDefault(subnet.id(), 0);
      total = total.add(size);
      taken += takenHere;
      entries.add(entry(subnet, takenHere, size));
    }
    return Resource.builder(session.definition(IpAvailabilities.TYPE))
        .set(IpAvailabilities.NETWORK_ID, network.id())
        .set(IpAvailabilities.NETWORK_NAME, network.get(Standard.NAME))
        .set(IpAvailabilities.TENANT_ID, network.projectId())
        .set(IpAvailabilities.PROJECT_ID, network.projectId())
        .set(IpAvailabilities.SUBNETS, entries)
        .set(IpAvailabilities.USED_IPS, taken)
        .set(IpAvailabilities.TOTAL_IPS, number(total))
        .build();
  }

  private static Map<String, Object> entry(Resource subnet, long used, BigInteger size) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("subnet_id", subnet.id());
    entry.put("ip_version", subnet.get(Subnets.IP_VERSION));
    entry.put("cidr", subnet.get(Subnets.CIDR).toString());
    entry.put("subnet_name", subnet.get(Standard.NAME));
    entry.put("used_ips", used);
    entry.put("total_ips", number(size));
    return entry;
  }

  /** A subnet without pools counts with all its addresses, as Neutron has it. */
  private static BigInteger size(Resource subnet) {
    List<Map<String, Object>> pools = subnet.get(Subnets.ALLOCATION_POOLS);
    return pools.isEmpty()
        ? subnet.get(Subnets.CIDR).size()
        : AllocationPools.size(AllocationPools.parse(pools));
  }

  private static Number number(BigInteger value) {
    if (value.compareTo(MOST_LONG) > 0) {
      return value;
    }
    return value.longValue();
  }
}
