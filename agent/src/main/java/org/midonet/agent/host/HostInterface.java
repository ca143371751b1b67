package org.midonet.agent.host;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Mac;
import tools.jackson.databind.json.JsonMapper;

/**
 * A network interface of this host. Immutable, safe to share.
 *
 * @param isUp whether it was switched on
 * @param addresses its own
 */
public record HostInterface(
    String name, Mac mac, int mtu, boolean isUp, boolean isVirtual, List<IpAddress> addresses) {
  private static final int UP = 1;
  private static final int CARRIER = 2;

  public HostInterface {
    addresses = List.copyOf(addresses);
  }

  /** As agents publish them and the API shows them (spec/midonet.md App. A, Interface). */
  static String toJson(Collection<HostInterface> interfaces) {
    return JsonMapper.shared()
        .writeValueAsString(interfaces.stream().map(HostInterface::toMap).toList());
  }

  private Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("mac", mac.toString());
    map.put("mtu", mtu);
    map.put("type", isVirtual ? "Virtual" : "Physical");
    map.put("endpoint", isVirtual ? "UNKNOWN" : "PHYSICAL");
    map.put("status", isUp ? UP | CARRIER : 0);
    map.put("addresses", addresses.stream().map(IpAddress::toString).toList());
    return map;
  }
}
