package org.midonet.neutron.ipam;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.midonet.neutron.resource.Resource;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.subnet.Subnets;

/**
 * Gives addresses to ports, changes them and takes them back, inside the transaction of the
 * request; stateless.
 */
public final class Ipam {
  private Ipam() {}

  /**
   * Takes the addresses of a new port: what the request asks for, or else one of each IP version,
   * and in either case those that are made from the MAC.
   *
   * @param requested the port's {@code fixed_ips} as the request gave it: {@code subnet_id}, {@code
   *     ip_address} or both each; null if it gave none. An empty list asks for none
   * @return the addresses in the order in which the port shows them
   */
  public static List<FixedIp> allocate(
      Session session, PortNeeds needs, @Nullable List<Map<String, Object>> requested) {
    AddressPlan plan = plan(session, needs);
    List<Slot> slots;
    if (requested == null) {
      slots = plan.unasked();
    } else {
      slots = new ArrayList<>(plan.asked(FixedIpRequest.ofRaw(requested)));
      slots.addAll(plan.automatic(Set.of()));
    }
    return take(session, needs, slots);
  }

  /**
   * Changes the addresses of a port to what a request asks for. Automatic addresses stay unless the
   * port is a router's, and are made anew if the MAC changed.
   *
   * @param needs the port as it will be
   * @param macChanged whether the request changes the MAC
   * @param current the addresses it has
   * @param requested the port's {@code fixed_ips} as the request gave it, null if it gave none
   * @return the addresses it has now
   */
  public static List<FixedIp> update(
      Session session,
      PortNeeds needs,
      boolean macChanged,
      List<FixedIp> current,
      @Nullable List<Map<String, Object>> requested) {
    if (requested == null && (!macChanged || current.stream().noneMatch(FixedIp::isEui64))) {
      return current;
    }
    List<IpamSubnet> subnets = subnets(session, needs.networkId());
    FixedIpChanges changes =
        FixedIpChanges.between(
            current,
            requested == null ? null : FixedIpRequest.ofRaw(requested),
            macChanged,
            subnetId -> isSticky(subnets, subnetId, needs.deviceOwner()));
    AddressPlan plan = new AddressPlan(needs, subnets, id -> session.get(Subnets.TYPE, id));
    List<Slot> slots = new ArrayList<>(plan.asked(changes.add()));
    slots.addAll(plan.automatic(handled(changes, macChanged)));
    changes.remove().forEach(ip -> Allocations.release(session, ip));
    List<FixedIp> now = new ArrayList<>(changes.keep());
    now.addAll(take(session, needs, slots));
    return now;
  }

  /** Takes back all addresses of a port. */
  public static void release(Session session, String portId) {
    Allocations.release(session, portId);
  }

  /** Whether ports have addresses made from their MAC on that subnet (SLAAC, stateless DHCPv6). */
  public static boolean isAutomatic(Resource subnet) {
    return IpamSubnet.isAutomatic(subnet);
  }

  private static boolean isSticky(List<IpamSubnet> subnets, String subnetId, String deviceOwner) {
    return !DeviceOwners.ROUTER_INTERFACES_AND_SNAT.contains(deviceOwner)
        && subnets.stream().anyMatch(s -> s.id().equals(subnetId) && s.automatic());
  }

  /**
   * The subnets that need no automatic address besides; one that was removed because of the MAC
   * does.
   */
  private static Set<String> handled(FixedIpChanges changes, boolean macChanged) {
    Set<String> handled = new HashSet<>();
    changes.keep().forEach(ip -> handled.add(ip.subnetId()));
    if (!macChanged) {
      changes.remove().forEach(ip -> handled.add(ip.subnetId()));
    }
    return handled;
  }

  private static AddressPlan plan(Session session, PortNeeds needs) {
    return new AddressPlan(
        needs, subnets(session, needs.networkId()), id -> session.get(Subnets.TYPE, id));
  }

  private static List<IpamSubnet> subnets(Session session, String networkId) {
    return session.tables().list(Subnets.TYPE, Subnets.NETWORK_ID, networkId).stream()
        .map(IpamSubnet::of)
        .sorted(Comparator.comparing(IpamSubnet::id))
        .toList();
  }

  private static List<FixedIp> take(Session session, PortNeeds needs, List<Slot> slots) {
    List<FixedIp> taken = new ArrayList<>(slots.size());
    slots.forEach(slot -> taken.add(Allocator.take(session, needs, slot)));
    return taken;
  }
}
