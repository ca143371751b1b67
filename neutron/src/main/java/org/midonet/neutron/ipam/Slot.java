package org.midonet.neutron.ipam;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;

/**
 * One address to take; immutable.
 *
 * @param subnets where from: the first with a free address
 * @param address which one, null for any
 */
record Slot(List<IpamSubnet> subnets, @Nullable IpAddress address) {
  static Slot of(IpamSubnet subnet, @Nullable IpAddress address) {
    return new Slot(List.of(subnet), address);
  }
}
