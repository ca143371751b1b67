package org.midonet.neutron.ipam;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.packets.IpAddress;

/**
 * An address that a request asks for: a certain one, any of a subnet, or a certain one of a certain
 * subnet; immutable.
 *
 * @param subnetId the subnet, null for the one the address belongs to
 * @param address the address, null for any
 */
record FixedIpRequest(@Nullable String subnetId, @Nullable IpAddress address) {
  static List<FixedIpRequest> ofRaw(List<? extends Map<String, ?>> raw) {
    return raw.stream()
        .map(ip ->
            new FixedIpRequest(
                ip.get("subnet_id") instanceof String subnet ? subnet : null,
                ip.get("ip_address") instanceof String address ? IpAddress.parse(address) : null))
        .toList();
  }

  static FixedIpRequest of(FixedIp ip) {
    return new FixedIpRequest(ip.subnetId(), ip.address());
  }
}
