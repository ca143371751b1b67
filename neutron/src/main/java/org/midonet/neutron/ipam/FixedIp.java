package org.midonet.neutron.ipam;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.midonet.packets.IpAddress;

/**
 * An address that a port has; immutable.
 *
 * @param subnetId the subnet it is from
 * @param address the address
 */
public record FixedIp(String subnetId, IpAddress address) {
  private static final long EUI64_MASK = 0xff_ff00_0000L;
  private static final long EUI64_MARK = 0xff_fe00_0000L;

  /** The addresses of a port's {@code fixed_ips}. */
  public static List<FixedIp> ofRaw(List<? extends Map<String, ?>> raw) {
    return raw.stream()
        .map(ip ->
            new FixedIp(
                String.valueOf(ip.get("subnet_id")),
                IpAddress.parse(String.valueOf(ip.get("ip_address")))))
        .toList();
  }

  /** The addresses as a port's {@code fixed_ips}. */
  public static List<Map<String, Object>> toRaw(List<FixedIp> ips) {
    return ips.stream().map(FixedIp::raw).toList();
  }

  private Map<String, Object> raw() {
    Map<String, Object> raw = new LinkedHashMap<>();
    raw.put("subnet_id", subnetId);
    raw.put("ip_address", address.toString());
    return raw;
  }

  /**
   * Whether the address looks made from a MAC (RFC 4291, appendix A): ff:fe in the middle of the
   * interface identifier.
   */
  boolean isEui64() {
    return address.version() == 6
        && (address.toBigInteger().longValue() & EUI64_MASK) == EUI64_MARK;
  }
}
