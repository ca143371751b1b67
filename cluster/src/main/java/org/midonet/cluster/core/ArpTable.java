package org.midonet.cluster.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.midonet.cluster.api.ApiException;
import org.midonet.cluster.api.Call;
import org.midonet.cluster.api.Violation;
import org.midonet.cluster.core.TableEndpoints.Entry;
import org.midonet.nsdb.StateTable;
import org.midonet.packets.IpAddress;
import org.midonet.packets.Ipv4Address;
import org.midonet.packets.Mac;
import org.midonet.topology.ObjectType;

/** The table of a bridge by which ARP requests are answered; stateless. */
final class ArpTable implements TableEndpoints.Table<Ipv4Address, Mac> {
  @Override
  public List<StateTable<Ipv4Address, Mac>> tables(View view, Call call) {
    return List.of(
        StateTable.arps(
            view.need(ObjectType.BRIDGE, call.id("id", ObjectType.BRIDGE.name())).id()));
  }

  @Override
  public Entry<Ipv4Address, Mac> read(Map<String, @Nullable Object> json, View view, Call call) {
    Pair pair = Pair.read(json);
    return new Entry<>(pair.ip(), pair.mac());
  }

  @Override
  public @Nullable Entry<Ipv4Address, Mac> parse(String key) {
    int separator = key.indexOf('_');
    if (separator < 0) {
      return null;
    }
    Mac mac = Mac.tryParse(key.substring(separator + 1)).orElse(null);
    return mac != null
            && IpAddress.tryParse(key.substring(0, separator)).orElse(null)
                instanceof Ipv4Address ip
        ? new Entry<>(ip, mac)
        : null;
  }

  @Override
  public String key(Ipv4Address ip, Mac mac) {
    return ip + "_" + mac.toString().replace(':', '-');
  }

  @Override
  public Map<String, @Nullable Object> show(
      StateTable<Ipv4Address, Mac> table, Ipv4Address ip, Mac mac, View view) {
    String bridge = "/bridges/" + table.owner();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("ip", ip.toString());
    json.put("mac", mac.toString());
    json.put("bridge", view.links().to(bridge));
    json.put("uri", view.links().to(bridge + "/arp_table/" + key(ip, mac)));
    return json;
  }

  /** An IPv4 address and a MAC address, as two fields. */
  record Pair(Ipv4Address ip, Mac mac) {
    static Pair read(Map<String, @Nullable Object> json) {
      Object rawIp = json.get("ip");
      Object rawMac = json.get("mac");
      Ipv4Address ip = rawIp == null ? null : Kind.IPV4_ONLY.read(rawIp);
      Mac mac = rawMac == null ? null : Kind.MAC.read(rawMac);
      List<Violation> violations = new ArrayList<>();
      if (ip == null) {
        violations.add(
            new Violation("ip", rawIp == null ? "may not be null" : "is an invalid IPv4 format"));
      }
      if (mac == null) {
        violations.add(
            new Violation("mac", rawMac == null ? "may not be null" : "is not a MAC address"));
      }
      if (ip == null || mac == null) {
        throw ApiException.invalid(violations);
      }
      return new Pair(ip, mac);
    }
  }
}
