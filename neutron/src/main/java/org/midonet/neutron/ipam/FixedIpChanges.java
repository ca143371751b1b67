package org.midonet.neutron.ipam;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a port's addresses keeps, gives back and asks for anew; immutable.
 *
 * @param keep the addresses that stay
 * @param remove the addresses to give back
 * @param add the requests that no present address satisfies
 */
record FixedIpChanges(List<FixedIp> keep, List<FixedIp> remove, List<FixedIpRequest> add) {

  /**
   * Compares what is with what is wanted. A request for any address of a subnet is satisfied by one
   * the port has there, unless that was made from its MAC, which may have changed.
   *
   * @param current the port's addresses
   * @param requests those it shall have, null for no change of them
   * @param macChanged whether addresses made from the MAC must go
   * @param sticky whether addresses of that subnet stay though the request does not name them: the
   *     automatic ones of ports that are not a router's
   */
  static FixedIpChanges between(
      List<FixedIp> current,
      @Nullable List<FixedIpRequest> requests,
      boolean macChanged,
      Predicate<String> sticky) {
    Set<String> remade =
        current.stream()
            .filter(ip -> macChanged && ip.isEui64())
            .map(FixedIp::subnetId)
            .collect(Collectors.toSet());
    List<FixedIpRequest> wanted =
        (requests != null ? requests : current.stream().map(FixedIpRequest::of).toList())
            .stream().filter(r -> r.subnetId() == null || !remade.contains(r.subnetId())).toList();
    List<FixedIp> keep = new ArrayList<>();
    List<FixedIp> loose = new ArrayList<>();
    List<FixedIpRequest> add = new ArrayList<>();
    List<FixedIp> unnamed = matchAddresses(current, wanted, keep, add);
    matchSubnets(unnamed, wanted, keep, add, loose);
    List<FixedIp> remove = new ArrayList<>();
    for (FixedIp ip : loose) {
      boolean stays = sticky.test(ip.subnetId()) && !remade.contains(ip.subnetId());
      (stays ? keep : remove).add(ip);
    }
    return new FixedIpChanges(keep, remove, add);
  }

  /**
   * Settles the requests for certain addresses and returns the present addresses that none of them
   * names.
   */
  private static List<FixedIp> matchAddresses(
      List<FixedIp> current,
      List<FixedIpRequest> wanted,
      List<FixedIp> keep,
      List<FixedIpRequest> add) {
    Map<Object, FixedIp> byAddress = new LinkedHashMap<>();
    current.forEach(ip -> byAddress.put(ip.address(), ip));
    for (FixedIpRequest request : wanted) {
      if (request.address() != null) {
        FixedIp present = byAddress.remove(request.address());
        if (present != null) {
          keep.add(present);
        } else {
          add.add(request);
        }
      }
    }
    return List.copyOf(byAddress.values());
  }

  /** Settles the requests for any address of a subnet; what no request wants is loose. */
  private static void matchSubnets(
      List<FixedIp> unnamed,
      List<FixedIpRequest> wanted,
      List<FixedIp> keep,
      List<FixedIpRequest> add,
      List<FixedIp> loose) {
    Map<String, Deque<FixedIp>> bySubnet = new LinkedHashMap<>();
    unnamed.forEach(ip -> bySubnet.computeIfAbsent(ip.subnetId(), s -> new ArrayDeque<>()).add(ip));
    List<FixedIp> remade = new ArrayList<>();
    for (FixedIpRequest request : wanted) {
      if (request.address() == null) {
        Deque<FixedIp> present = bySubnet.get(String.valueOf(request.subnetId()));
        FixedIp reused = present == null ? null : present.pollLast();
        if (reused == null) {
          add.add(request);
        } else if (reused.isEui64()) {
          add.add(request);
          remade.add(reused);
        } else {
          keep.add(reused);
        }
      }
    }
    bySubnet.values().forEach(loose::addAll);
    loose.addAll(remade);
  }
}
