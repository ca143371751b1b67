package org.midonet.cluster.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.core.TableEndpoints.Entry;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.ObjectType;

/** The table of a router port with a VNI: behind which VTEP a MAC address is; stateless. */
final class PeeringTable implements TableEndpoints.Table<Mac, Ipv4Address> {
  @Override
  public List<StateTable<Mac, Ipv4Address>> tables(View view, Call call) {
    return List.of(StateTable.peerings(view.need(ObjectType.PORT, call.id("id", "Port")).id()));
  }

  @Override
  public Entry<Mac, Ipv4Address> read(Map<String, @Nullable Object> json, View view, Call call) {
    ArpTable.Pair pair = ArpTable.Pair.read(json);
    return new Entry<>(pair.mac(), pair.ip());
  }

  @Override
  public @Nullable Entry<Mac, Ipv4Address> parse(String key) {
    int separator = key.indexOf('_');
    if (separator < 0) {
      return null;
    }
    Mac mac = Mac.tryParse(key.substring(0, separator)).orElse(null);
    return mac != null
            && IpAddress.tryParse(key.substring(separator + 1)).orElse(null)
                instanceof Ipv4Address ip
        ? new Entry<>(mac, ip)
        : null;
  }

  @Override
  public String key(Mac mac, Ipv4Address ip) {
    return mac.toString().replace(':', '-') + "_" + ip;
  }

  @Override
  public Map<String, @Nullable Object> show(
      StateTable<Mac, Ipv4Address> table, Mac mac, Ipv4Address ip, View view) {
    String port = "/ports/" + table.owner();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("mac", mac.toString());
    json.put("ip", ip.toString());
    json.put("port", view.links().to(port));
    json.put("uri", view.links().to(port + "/peering_table/" + key(mac, ip)));
    return json;
  }
}
