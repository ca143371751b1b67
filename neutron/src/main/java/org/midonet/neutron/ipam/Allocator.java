package org.midonet.neutron.ipam;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.midonet.neutron.service.Session;
import org.midonet.neutron.store.RetryTransaction;
import org.midonet.packets.IpAddress;
import org.midonet.packets.IpRange;

/**
 * Takes free addresses. A few random picks come first: in a subnet that is not nearly full one of
 * them is free, and two requests seldom pick the same. Then the used addresses are read in order
 * from a random place until a gap shows, so a nearly full subnet costs no more than the distance to
 * the next gap. Stateless.
 */
final class Allocator {
  private static final int PICKS = 4;
  private static final int FIRST_READ = 32;
  private static final int LONGEST_READ = 4096;

  /** More lost races in a row mean that the subnet has gone, or that old data is read. */
  private static final int MOST_RACES = 16;

  private Allocator() {}

  /** Takes the address that the slot names, or any of its subnets. */
  static FixedIp take(Session session, PortNeeds needs, Slot slot) {
    IpAddress address = slot.address();
    if (address != null) {
      String subnetId = slot.subnets().getFirst().id();
      if (!Allocations.take(session, needs, subnetId, address)) {
        throw IpamErrors.alreadyAllocated(address, subnetId);
      }
      return new FixedIp(subnetId, address);
    }
    for (IpamSubnet subnet : slot.subnets()) {
      Optional<IpAddress> taken = takeAny(session, needs, subnet);
      if (taken.isPresent()) {
        return new FixedIp(subnet.id(), taken.get());
      }
    }
    throw IpamErrors.noMoreAddresses(needs.networkId());
  }

  private static Optional<IpAddress> takeAny(Session session, PortNeeds needs, IpamSubnet subnet) {
    AddressSpace space = new AddressSpace(subnet.pools());
    if (space.isEmpty()) {
      return Optional.empty();
    }
    if (DeviceOwners.takesFirstFree(needs.deviceOwner())) {
      return takeFirst(session, needs, subnet.id(), space.fromStart());
    }
    RandomGenerator random = new SplittableRandom(needs.portId().hashCode() ^ System.nanoTime());
    IpAddress picked = space.random(random);
    for (int i = 0; i < PICKS; i++) {
      if (Allocations.take(session, needs, subnet.id(), picked)) {
        return Optional.of(picked);
      }
      picked = space.random(random);
    }
    return takeFirst(session, needs, subnet.id(), space.from(picked));
  }

  private static Optional<IpAddress> takeFirst(
      Session session, PortNeeds needs, String subnetId, List<IpRange> ranges) {
    for (IpRange range : ranges) {
      Optional<IpAddress> taken = takeFirst(session, needs, subnetId, range);
      if (taken.isPresent()) {
        return taken;
      }
    }
    return Optional.empty();
  }

  private static Optional<IpAddress> takeFirst(
      Session session, PortNeeds needs, String subnetId, IpRange range) {
    int read = FIRST_READ;
    int races = 0;
    IpRange rest = range;
    while (true) {
      List<String> used = Allocations.keysInUse(session, subnetId, rest, read);
      IpAddress free = rest.first();
      for (String key : used) {
        if (!key.equals(free.sortKey())) {
          break;
        }
        if (free.equals(rest.last())) {
          return Optional.empty();
        }
        free = free.plus(1);
      }
      boolean gap = used.size() < read || !used.getLast().equals(free.plus(-1).sortKey());
      if (gap && Allocations.take(session, needs, subnetId, free)) {
        return Optional.of(free);
      }
      if (gap && ++races > MOST_RACES) {
        throw new RetryTransaction(IpamErrors.noMoreAddresses(needs.networkId()));
      }
      if (gap && free.equals(rest.last())) {
        return Optional.empty();
      }
      rest = new IpRange(gap ? free.plus(1) : free, rest.last());
      read = Math.min(2 * read, LONGEST_READ);
    }
  }
}
