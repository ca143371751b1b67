package org.midonet.neutron.ipam;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv6Address;

/**
 * Which addresses a port takes, before any is taken: a pure function of the port, the network's
 * subnets and the request; immutable.
 */
final class AddressPlan {
  private final PortNeeds needs;
  private final List<IpamSubnet> candidates;
  private final Consumer<String> requireSubnet;

  /**
   * Narrows the network's subnets to those that serve the port, service subnets first.
   *
   * @param subnets all of the network
   * @param requireSubnet throws if there is no such subnet anywhere that the caller may see
   */
  AddressPlan(PortNeeds needs, List<IpamSubnet> subnets, Consumer<String> requireSubnet) {
    this.needs = needs;
    this.requireSubnet = requireSubnet;
    this.candidates =
        subnets.stream()
            .filter(s -> s.serves(needs.deviceOwner()))
            .sorted(Comparator.comparing(s -> s.serviceTypes().isEmpty()))
            .toList();
    if (candidates.isEmpty() && !subnets.isEmpty()) {
      throw IpamErrors.noMatchingSubnet(needs.networkId(), needs.deviceOwner());
    }
  }

  /**
   * What a port takes that asks for nothing: one address of each IP version, and those made from
   * its MAC.
   */
  List<Slot> unasked() {
    List<Slot> slots = new ArrayList<>();
    for (int version : new int[] {4, 6}) {
      List<IpamSubnet> choice =
          candidates.stream().filter(s -> s.version() == version && !s.automatic()).toList();
      if (!choice.isEmpty()) {
        slots.add(new Slot(choice, null));
      }
    }
    slots.addAll(automatic(Set.of()));
    return slots;
  }

  /**
   * What a port takes that asks for these; certain addresses come first, lest they be taken as any.
   */
  List<Slot> asked(List<FixedIpRequest> requests) {
    List<Slot> slots = new ArrayList<>();
    requests.forEach(request -> ask(request, slots));
    slots.sort(Comparator.comparing(slot -> slot.address() == null));
    return slots;
  }

  private void ask(FixedIpRequest request, List<Slot> slots) {
    IpamSubnet subnet = subnetOf(request);
    IpAddress address = request.address();
    if (address != null) {
      if (subnet.automatic() && !DeviceOwners.ROUTER_INTERFACES.contains(needs.deviceOwner())) {
        throw IpamErrors.automaticSubnet(address, subnet.id());
      }
      slots.add(Slot.of(subnet, address));
    } else if (!subnet.automatic()
        || DeviceOwners.ROUTER_INTERFACES_AND_SNAT.contains(needs.deviceOwner())) {
      slots.add(Slot.of(subnet, null));
    }
  }

  private IpamSubnet subnetOf(FixedIpRequest request) {
    if (candidates.isEmpty()) {
      throw IpamErrors.noSubnets();
    }
    IpAddress address = request.address();
    String subnetId = request.subnetId();
    if (subnetId == null) {
      return subnetWith(address);
    }
    for (IpamSubnet subnet : candidates) {
      if (subnet.id().equals(subnetId)) {
        if (address != null && !subnet.admits(address, needs.deviceOwner())) {
          throw IpamErrors.invalidForSubnet(address);
        }
        return subnet;
      }
    }
    requireSubnet.accept(subnetId);
    throw IpamErrors.foreignSubnet(needs.networkId(), subnetId);
  }

  private IpamSubnet subnetWith(@org.jspecify.annotations.Nullable IpAddress address) {
    if (address == null) {
      throw IpamErrors.neitherSubnetNorAddress();
    }
    return candidates.stream()
        .filter(s -> s.admits(address, needs.deviceOwner()))
        .findFirst()
        .orElseThrow(() -> IpamErrors.invalidForNetwork(address));
  }

  /**
   * The addresses made from the MAC, on all automatic subnets but these; router interfaces have
   * none.
   */
  List<Slot> automatic(Collection<String> except) {
    if (DeviceOwners.ROUTER_INTERFACES_AND_SNAT.contains(needs.deviceOwner())) {
      return List.of();
    }
    return candidates.stream()
        .filter(s -> s.automatic() && !except.contains(s.id()))
        .map(s -> Slot.of(s, needs.mac().slaac((Ipv6Address) s.cidr().network())))
        .toList();
  }
}
